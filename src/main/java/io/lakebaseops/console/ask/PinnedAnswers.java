package io.lakebaseops.console.ask;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Notice;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.answer.AnswerJson;
import io.lakebaseops.state.Conversations;
import io.lakebaseops.state.Conversations.Item;
import io.lakebaseops.state.Conversations.Pinned;

import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/// The answers pinned to a plan or an alert, shown where that is looked at. Nothing is shown where
/// there are none.
public final class PinnedAnswers extends VBox {
    private static final Logger LOG = LoggerFactory.getLogger(PinnedAnswers.class);
    private static final int MOST = 3;

    private final ConsoleSession session;
    private final Conversations conversations;
    private @Nullable Item about;

    public PinnedAnswers(ConsoleSession session, Conversations conversations) {
        super(4);
        this.session = session;
        this.conversations = conversations;
        setId("pinned-answers");
        getStyleClass().add("pinned-answers");
        managedProperty().bind(visibleProperty());
        setVisible(false);
    }

    /// @param next null when nothing is looked at
    public void about(@Nullable Item next) {
        if (next == null) {
            about = null;
            setVisible(false);
            return;
        }
        if (!next.equals(about)) {
            about = next;
            setVisible(false);
        }
        session.background().execute(() -> read(next));
    }

    // A boundary: what cannot be read is said in the place of it.
    private void read(Item item) {
        try {
            var found = conversations.pinnedTo(item, MOST);
            session.screen().execute(() -> show(item, found));
        } catch (RuntimeException e) {
            LOG.warn("The answers pinned to {} were not read", item, e);
            session.screen().execute(() -> say(item, Notice.words(e)));
        }
    }

    private void say(Item item, String trouble) {
        if (item.equals(about)) {
            getChildren().setAll(Nodes.wrapped(Texts.of("Pinned answers: %s", trouble), "row-sub"));
            setVisible(true);
        }
    }

    private void show(Item item, List<Pinned> found) {
        if (!item.equals(about)) {
            return;
        }
        getChildren().clear();
        found.forEach(p -> getChildren().add(line(p)));
        setVisible(!found.isEmpty());
    }

    private HBox line(Pinned pinned) {
        var open =
                Nodes.button(
                        pinned.question(),
                        () -> session.goTo(Destination.conversation(pinned.conversation())),
                        "link");
        var verdict = Nodes.label(AnswerJson.verdict(pinned.answer()), "row-sub");
        verdict.setMinWidth(0);
        verdict.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(verdict, Priority.ALWAYS);
        var by =
                Nodes.label(
                        Texts.of(
                                "pinned by %s, %s",
                                session.named(pinned.by()),
                                Texts.clock(pinned.at(), session.now(), session.zone())),
                        "row-sub");
        by.setMinWidth(USE_PREF_SIZE);
        return Nodes.row(Nodes.icon(Feather.BOOKMARK, Role.INFO), open, verdict, by);
    }
}

package io.lakebaseops.console.connect;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.NoticeBar;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.VerdictLine;

import javafx.fxml.FXML;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

/// The Connections screen: what is watched, and the page on which connections are added and edited.
public final class ConnectionsView extends ScreenView<ConnectionsViewModel> {
    private final ConnectPage page;
    @FXML private VBox content;
    @FXML private VerdictLine verdict;

    // FXML fills the annotated fields before initialize().
    @SuppressWarnings("NullAway.Init")
    public ConnectionsView(ConsoleSession session, ConnectionsViewModel model) {
        super(session, model);
        page = new ConnectPage(model.page());
    }

    @FXML
    private void initialize() {
        VBox.setVgrow(page, Priority.ALWAYS);
        content.getChildren().addAll(new NoticeBar(model, session), page);
        verdict.whileUnread(
                model, Texts.of("Reading the connections …"), Messages.of("state.unread"));
        model.dataProperty().addListener((_, _, saved) -> show(saved));
        show(model.dataProperty().get());
        model.page().lookAround();
    }

    private void show(ConnectionDesk.@Nullable Saved saved) {
        if (saved == null) {
            return;
        }
        page.show(saved);
        long bad =
                saved.lines().stream()
                        .filter(l -> l.condition() != null && ConnectWords.troubled(l.condition()))
                        .count();
        if (!saved.troubles().isEmpty()) {
            verdict.say(
                    Role.WARNING,
                    Texts.of("An entry of connections.yaml cannot be read; the others can."));
        } else if (bad > 0) {
            verdict.say(
                    Role.CRITICAL,
                    bad == 1
                            ? Texts.of("%s does not answer.", Texts.count(bad, "connection"))
                            : Texts.of("%s do not answer.", Texts.count(bad, "connection")));
        } else if (saved.lines().isEmpty()) {
            verdict.say(Role.INFO, Texts.of("No server of your own is connected yet."));
        } else {
            verdict.say(
                    Role.OK,
                    Texts.of("%s of your own.", Texts.count(saved.lines().size(), "connection")));
        }
    }
}

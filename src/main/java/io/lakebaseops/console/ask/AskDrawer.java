package io.lakebaseops.console.ask;

import io.lakebaseops.console.AskServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.framework.AgentFramework;

import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Ask as a drawer over any screen: a question about what is selected there, without leaving it.
public final class AskDrawer extends VBox {
    private static final double WIDTH = 560;

    private final AskThread thread;
    private final ThreadView threadView;
    private final Composer composer;
    private final Runnable close;

    /// @param close what puts the drawer away
    public AskDrawer(
            ConsoleSession session,
            AskServices services,
            AgentFramework framework,
            Runnable close) {
        this.close = close;
        thread = new AskThread(session, services, framework, () -> {});
        threadView = new ThreadView(thread, session);
        composer = new Composer(thread, session, null, "drawer-question");
        setId("ask-drawer");
        getStyleClass().add("ask-drawer");
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxWidth(WIDTH);
        var whole = Nodes.button(Texts.of("Open in Ask"), this::openScreen, "small");
        whole.setGraphic(new FontIcon(Feather.MAXIMIZE_2));
        whole.setId("open-in-ask");
        whole.disableProperty()
                .bind(
                        thread.runningProperty()
                                .isNotNull()
                                .or(javafx.beans.binding.Bindings.isEmpty(thread.turns())));
        var fresh = Nodes.iconButton(Feather.PLUS, Texts.of("New conversation"), thread::fresh);
        var cross = Nodes.iconButton(Feather.X, Texts.of("Close (Esc)"), close);
        var head =
                Nodes.row(
                        Nodes.label(Texts.of("Ask"), "pane-title"),
                        Nodes.spacer(),
                        whole,
                        fresh,
                        cross);
        head.getStyleClass().add("drawer-head");
        VBox.setVgrow(threadView, Priority.ALWAYS);
        var place = new StackPane(composer);
        place.getStyleClass().add("composer-place");
        getChildren().addAll(head, threadView, place);
        session.targetProperty()
                .addListener(
                        (_, _, now) -> {
                            if (!thread.targetProperty().get().equals(now)) {
                                thread.fresh();
                            }
                        });
        thread.inBackground(
                () -> services.answerer().examples(session.target()), threadView::examples);
    }

    /// @param selection of the screen below
    public void opened(@Nullable Subject selection) {
        composer.about(selection);
        composer.focus();
    }

    private void openScreen() {
        close.run();
        thread.goTo(Destination.conversation(thread.conversationProperty().get()));
    }

    /// A key while the focus is inside; true when it meant something here.
    public boolean onKey(KeyEvent key) {
        if (key.getCode() == KeyCode.ESCAPE) {
            if (thread.runningProperty().get() != null) {
                thread.stop();
            } else {
                close.run();
            }
            return true;
        }
        boolean typing = key.getTarget() instanceof TextInputControl;
        if (key.isAltDown() || key.isShortcutDown() || (typing && !composer.empty())) {
            return false;
        }
        if (AskKeys.choice(key) > 0) {
            return threadView.choose(AskKeys.choice(key));
        }
        if (typing) {
            return false;
        }
        switch (key.getCode()) {
            case J -> thread.step(1);
            case K -> thread.step(-1);
            default -> {
                return false;
            }
        }
        return true;
    }
}

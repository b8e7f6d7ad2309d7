package io.lakebaseops.console.parts;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.console.ScreenState;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.javafx.FontIcon;

import java.util.List;

/// The lines above a screen's content: that it is stale or could not be read (what is below is
/// greyed), and what a command that failed said, until that is dismissed. Until something was read
/// of the server looked at, what is below is hidden: it would be of another one.
public final class StateBanner extends VBox {
    private final FontIcon icon = Nodes.icon(Role.WARNING.icon(), Role.WARNING);
    private final Label text = Nodes.wrapped("", "banner-text");
    private final HBox line = new HBox(10);
    private final ScreenModel<?> model;
    private final ConsoleSession session;
    private final List<Node> greyed;
    private List<Node> others = List.of();

    public StateBanner(ScreenModel<?> model, ConsoleSession session, Node... greyed) {
        super(8);
        this.model = model;
        this.session = session;
        this.greyed = List.of(greyed);
        line.setId("state-banner");
        line.getStyleClass().addAll("banner");
        Button retry = Nodes.button(Messages.of("state.retry"), model::tryAgain, "small");
        HBox.setHgrow(text, Priority.ALWAYS);
        text.setMaxWidth(Double.MAX_VALUE);
        line.getChildren().addAll(icon, text, retry);
        var notice = new NoticeBar(model, session);
        getChildren().addAll(line, notice);
        managedProperty().bind(line.visibleProperty().or(notice.visibleProperty()));
        model.stateProperty().addListener((_, _, next) -> show(next));
        model.dataProperty().addListener((_, _, _) -> show(model.stateProperty().get()));
        model.troubleProperty().addListener((_, _, _) -> show(model.stateProperty().get()));
        show(model.stateProperty().get());
    }

    /// @param nodes what is never old, but hidden as the rest is until something was read
    public StateBanner hiding(List<Node> nodes) {
        others = List.copyOf(nodes);
        show(model.stateProperty().get());
        return this;
    }

    private void show(ScreenState state) {
        boolean on = state == ScreenState.STALE || state == ScreenState.FAILED;
        line.setVisible(on);
        line.setManaged(on);
        boolean unread = model.dataProperty().get() == null;
        Nodes.stale(on && !unread, greyed);
        Nodes.unread(unread, greyed);
        Nodes.unread(unread, others);
        var role = state == ScreenState.FAILED ? Role.CRITICAL : Role.WARNING;
        icon.setIconCode(role.icon());
        Nodes.role(icon, role);
        Nodes.role(line, role);
        if (state == ScreenState.FAILED) {
            text.setText(Messages.of("state.failed", model.troubleProperty().get()));
        } else if (state == ScreenState.STALE) {
            var reason = session.age().reason();
            var own = model.staleWords();
            text.setText(
                    !own.isEmpty()
                            ? own
                            : Messages.of(
                                    reason.isEmpty() ? "state.silent" : "state.lost",
                                    session.age().textProperty().get(),
                                    reason));
        }
    }
}

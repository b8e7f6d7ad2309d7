package io.lakebaseops.console;

import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.notify.Message;
import io.lakebaseops.state.Outbox.Act;

import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.layout.VBox;
import javafx.stage.Popup;
import javafx.stage.PopupWindow.AnchorLocation;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.util.Duration;

import org.kordamp.ikonli.feather.Feather;

import java.util.function.Consumer;

/// Messages about alerts in the corner of the display, also while the window is behind others. They
/// come and go without moving.
public final class DesktopNotices {
    private static final Duration SHOWN = Duration.seconds(20);
    private static final double MARGIN = 16;
    private static final int AT_ONCE = 4;

    private DesktopNotices() {}

    /// From any thread; returns at once.
    ///
    /// @param follow what a click does with the message's link
    public static void show(Message message, Consumer<String> follow) {
        Platform.runLater(() -> open(message, follow));
    }

    private static void open(Message message, Consumer<String> follow) {
        var windows = Window.getWindows().stream().filter(w -> w instanceof Stage && w.isShowing());
        var owner = (Stage) windows.findFirst().orElse(null);
        if (owner == null) {
            return;
        }
        var corner =
                (Popup) owner.getProperties().computeIfAbsent(DesktopNotices.class, _ -> corner());
        var all = (VBox) corner.getContent().getFirst();
        var card = card(message);
        Runnable close =
                () -> {
                    all.getChildren().remove(card);
                    if (all.getChildren().isEmpty()) {
                        corner.hide();
                    }
                };
        card.setOnMouseClicked(
                _ -> {
                    close.run();
                    raise(owner);
                    follow.accept(message.link());
                });
        all.getChildren().add(card);
        if (all.getChildren().size() > AT_ONCE) {
            all.getChildren().removeFirst();
        }
        var over = new PauseTransition(SHOWN);
        over.setOnFinished(_ -> close.run());
        over.play();
        var display = javafx.stage.Screen.getPrimary().getVisualBounds();
        corner.show(owner, display.getMaxX() - MARGIN, display.getMaxY() - MARGIN);
    }

    private static Popup corner() {
        var corner = new Popup();
        corner.setAnchorLocation(AnchorLocation.CONTENT_BOTTOM_RIGHT);
        corner.setAutoFix(false);
        corner.getContent().add(new VBox(8));
        return corner;
    }

    private static Node card(Message message) {
        boolean over = message.act() == Act.RESOLVE;
        var role =
                over
                        ? Role.OK
                        : message.severity() == Severity.CRITICAL ? Role.CRITICAL : Role.WARNING;
        var icon = over ? Feather.CHECK_CIRCLE : Feather.ALERT_TRIANGLE;
        var card =
                new VBox(
                        4,
                        Nodes.row(Nodes.icon(icon, role), Nodes.label(message.source(), "row-sub")),
                        Nodes.wrapped(message.headline(), "row-title"));
        card.getStyleClass().addAll("popover", "desktop-notice");
        card.setPrefWidth(360);
        return card;
    }

    private static void raise(Stage window) {
        window.setIconified(false);
        window.toFront();
        window.requestFocus();
    }
}

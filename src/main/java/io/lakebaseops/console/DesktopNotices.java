package io.lakebaseops.console;

import io.lakebaseops.domain.Severity;
import io.lakebaseops.notify.Message;
import io.lakebaseops.state.Outbox.Act;

import javafx.application.Platform;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.util.Duration;

import org.controlsfx.control.Notifications;

import java.util.function.Consumer;

/// Messages about alerts in the corner of the screen, also while the window is behind others.
public final class DesktopNotices {
    private static final Duration SHOWN = Duration.seconds(20);

    private DesktopNotices() {}

    /// From any thread; returns at once.
    ///
    /// @param follow what a click does with the message's link
    public static void show(Message message, Consumer<String> follow) {
        Platform.runLater(() -> open(message, follow));
    }

    private static void open(Message message, Consumer<String> follow) {
        var windows = Window.getWindows().stream().filter(w -> w instanceof Stage && w.isShowing());
        var owner = windows.findFirst().orElse(null);
        if (owner == null) {
            return;
        }
        var notice =
                Notifications.create()
                        .title(message.source())
                        .text(message.headline())
                        .hideAfter(SHOWN)
                        .onAction(
                                _ -> {
                                    raise((Stage) owner);
                                    follow.accept(message.link());
                                });
        if (message.act() == Act.RESOLVE) {
            notice.showInformation();
        } else if (message.severity() == Severity.CRITICAL) {
            notice.showError();
        } else {
            notice.showWarning();
        }
    }

    private static void raise(Stage window) {
        window.setIconified(false);
        window.toFront();
        window.requestFocus();
    }
}

package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.notify.Message;
import io.lakebaseops.state.Outbox.Act;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.control.Labeled;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.stage.PopupWindow;
import javafx.stage.Window;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

@ScreenTest
final class DesktopNoticesUiTest {
    @TempDir private Path dir;
    private final List<String> followed = new CopyOnWriteArrayList<>();

    private static Message message(Act act, Severity severity) {
        return new Message(
                UUID.randomUUID(),
                act,
                severity,
                "lakebaseops/a1",
                "a session waits 140 s for a lock",
                "shop/production",
                "shop",
                new LinkedHashMap<>(),
                List.of(),
                "lakebaseops://p/shop/production/overview",
                FakeShop.NOW,
                false);
    }

    @Test
    void anAlertIsShownInTheCornerOfTheScreenAndSoIsItsEnd() {
        try (var _ = new OpenConsole(FakeShop.busyDay(), dir, 1280, 720)) {
            DesktopNotices.show(message(Act.TRIGGER, Severity.CRITICAL), followed::add);
            awaitText("Critical: a session waits 140 s for a lock");
            FxToolkit.call(() -> click("Critical: a session waits 140 s for a lock"));
            assertThat(followed).containsExactly("lakebaseops://p/shop/production/overview");
            DesktopNotices.show(message(Act.RESOLVE, Severity.CRITICAL), followed::add);
            awaitText("Recovered: a session waits 140 s for a lock");
        }
    }

    private static boolean click(String text) {
        var label =
                Window.getWindows().stream()
                        .filter(w -> w instanceof PopupWindow)
                        .flatMap(w -> w.getScene().getRoot().lookupAll("*").stream())
                        .filter(n -> n instanceof Labeled l && text.equals(l.getText()))
                        .findFirst()
                        .orElseThrow();
        // What a click does is an event handler of the notification around the label.
        label.fireEvent(
                new MouseEvent(
                        MouseEvent.MOUSE_CLICKED,
                        0,
                        0,
                        0,
                        0,
                        MouseButton.PRIMARY,
                        1,
                        false,
                        false,
                        false,
                        false,
                        true,
                        false,
                        false,
                        true,
                        false,
                        true,
                        null));
        return true;
    }

    private static void awaitText(String text) {
        await().atMost(Patience.LONG)
                .untilAsserted(() -> assertThat(FxToolkit.call(() -> texts())).contains(text));
    }

    private static List<String> texts() {
        return Window.getWindows().stream()
                .filter(w -> w instanceof PopupWindow)
                .flatMap(w -> w.getScene().getRoot().lookupAll("*").stream())
                .filter(n -> n instanceof Labeled)
                .map(n -> ((Labeled) n).getText())
                .toList();
    }
}

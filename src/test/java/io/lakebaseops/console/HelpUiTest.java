package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.help.HelpPage;
import io.lakebaseops.testing.ScreenTest;

import javafx.event.EventTarget;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `?` opens the help of the screen shown, the palette finds what it explains, and each key it
/// names is one.
@ScreenTest
@Timeout(180)
final class HelpUiTest {
    private static final Map<String, KeyCode> NAMED =
            Map.of(
                    "[", KeyCode.OPEN_BRACKET,
                    "]", KeyCode.CLOSE_BRACKET,
                    "/", KeyCode.SLASH,
                    "ENTER", KeyCode.ENTER,
                    "LEFT", KeyCode.LEFT,
                    "RIGHT", KeyCode.RIGHT);

    @TempDir private Path dir;
    private OpenConsole console;

    @AfterEach
    void close() {
        console.close();
    }

    private List<String> helpText() {
        return FxToolkit.call(
                () ->
                        console.frame.scene().lookup("#help").lookupAll(".label").stream()
                                .map(n -> ((Labeled) n).getText())
                                .toList());
    }

    @Test
    void help_is_about_the_screen_shown_and_found_by_what_it_explains() {
        console = new OpenConsole(FakeShop.busyDay(), dir, 1600, 900);
        console.goTo(Destination.vacuum());
        console.robot.press(KeyCode.F1).release(KeyCode.F1);
        console.until(() -> console.node("#help") != null);
        console.settle();
        assertThat(helpText())
                .contains("Help: Vacuum", "Bloat", "Keys everywhere", "Ctrl P")
                .anyMatch(t -> t.contains("warning 500 M, critical 1 B"));
        console.robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        console.until(() -> console.node("#help") == null);

        console.robot.press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        console.until(() -> console.node("#palette") != null);
        console.robot.write("scale to zero help");
        console.robot.press(KeyCode.ENTER).release(KeyCode.ENTER);
        console.until(() -> console.node("#help") != null);
        console.settle();
        assertThat(helpText()).contains("Help: Cost", "Scale to zero");
    }

    @Test
    void each_key_that_help_names_is_one() {
        console = new OpenConsole(FakeShop.busyDay(), dir, 1600, 900);
        var unknown = new ArrayList<String>();
        for (var screen : console.frame.screens()) {
            console.goTo(screen.home());
            console.settle();
            var page = HelpPage.of(screen.id()).orElseThrow();
            for (var part : page.parts()) {
                for (var item : part.items()) {
                    if (item.key() && !works(screen.id(), item.term())) {
                        unknown.add(screen.id() + ": " + item.term());
                    }
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    /// A range of keys goes by its first.
    private boolean works(String screen, String key) {
        var words = List.of(key.split(" …")[0].toUpperCase(Locale.ROOT).split(" "));
        var last = words.getLast();
        var code = NAMED.getOrDefault(last, KeyCode.getKeyCode(last));
        boolean taken =
                FxToolkit.call(
                        () -> {
                            EventTarget nowhere = new Label();
                            return console.frame
                                    .view(screen)
                                    .onKey(
                                            new KeyEvent(
                                                    nowhere,
                                                    nowhere,
                                                    KeyEvent.KEY_PRESSED,
                                                    "",
                                                    "",
                                                    code,
                                                    words.contains("SHIFT"),
                                                    words.contains("CTRL"),
                                                    false,
                                                    false));
                        });
        console.settle();
        return taken;
    }
}

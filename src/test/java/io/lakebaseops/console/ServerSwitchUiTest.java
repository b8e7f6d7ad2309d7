package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.text.Text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Under the name of one server no figure of the one looked at before is left, however long the
/// first read takes.
@ScreenTest
@Timeout(180)
final class ServerSwitchUiTest {
    @TempDir private Path dir;

    @Test
    void nothing_of_the_server_before_is_shown_while_the_next_is_read() {
        Map<String, Set<String>> unread;
        try (var console = new OpenConsole(FakeShop.busyDay(), dir, 1280, 720)) {
            console.hold();
            unread = textsOfAll(console);
        }
        var left = new TreeMap<String, Set<String>>();
        try (var console = new OpenConsole(StatePictures.day(), dir, 1280, 720)) {
            for (var screen : console.frame.screens()) {
                console.goTo(screen.home());
                console.settle();
            }
            console.hold();
            lookAt(console, FakeShop.STAGING);
            textsOfAll(console)
                    .forEach(
                            (screen, texts) -> {
                                texts.removeAll(unread.get(screen));
                                if (!texts.isEmpty()) {
                                    left.put(screen, texts);
                                }
                            });
        }
        assertThat(left).isEmpty();
    }

    /// Of all screens that show one server, which has not been read.
    private static Map<String, Set<String>> textsOfAll(OpenConsole console) {
        var all = new HashMap<String, Set<String>>();
        for (var screen : console.frame.screens()) {
            FxToolkit.call(
                    () -> {
                        console.frame.session().goTo(screen.home());
                        return screen;
                    });
            console.settle();
            var view = FxToolkit.call(() -> console.frame.view(screen.id()));
            if (!view.model().aboutOneServer()) {
                continue;
            }
            // The Overview is read while the window opens.
            if (view.model().dataProperty().get() != null) {
                lookAt(console, FakeShop.STAGING);
                console.settle();
            }
            assertThat(view.model().stateProperty().get()).isEqualTo(ScreenState.LOADING);
            var texts = new TreeSet<String>();
            FxToolkit.call(() -> read(view.root(), texts));
            all.put(screen.id(), texts);
        }
        assertThat(all).hasSizeGreaterThan(6);
        return all;
    }

    private static void lookAt(OpenConsole console, io.lakebaseops.domain.TargetId target) {
        FxToolkit.call(
                () -> {
                    console.frame.session().lookAt(target);
                    return target;
                });
    }

    private static Set<String> read(Node node, Set<String> into) {
        if (node.isVisible() && node.getOpacity() > 0) {
            if (node instanceof Text text && !text.getText().isBlank()) {
                into.add(text.getText());
            }
            if (node instanceof Parent parent) {
                parent.getChildrenUnmodifiable().forEach(child -> read(child, into));
            }
        }
        return into;
    }
}

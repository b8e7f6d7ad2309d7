package io.lakebaseops.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.console.Practice;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

@ScreenTest
final class PracticeUiTest {
    @TempDir Path dir;

    @Test
    void thePracticeIsSaidWhileItGoesOnAndWhatItWasAtItsEnd() {
        FxToolkit.headless();
        FxToolkit.start();
        FxToolkit.call(
                () -> {
                    var shop = FakeShop.busyDay();
                    var services = shop.services(Runnable::run, dir.resolve("memory.json"));
                    var told = new ArrayList<Practice.Result>();
                    try (var session =
                            new ConsoleSession(services, FakeShop.PRODUCTION, Runnable::run)) {
                        var bar = new PracticeBar(session, shop.practice, told::add);
                        var scene = new Scene(new StackPane(bar));
                        assertThat(bar.isVisible()).isFalse();
                        shop.practice.fails = new IllegalStateException("no room on the disk");
                        bar.begin();
                        assertThat(text(scene)).contains("no room on the disk");
                        shop.practice.fails = null;
                        bar.begin();
                        bar.show();
                        assertThat(text(scene)).contains("something will go wrong there");
                        ((Button) scene.lookup("#practice-end")).fire();
                        bar.show();
                        assertThat(bar.isVisible()).isFalse();
                        assertThat(told).containsExactly(shop.practice.result);
                    }
                    return null;
                });
    }

    private static String text(Scene scene) {
        return ((Label) scene.lookup("#practice-says")).getText();
    }

    @Test
    void theEndSaysCauseDetectionDiagnosisAndRepair() {
        FxToolkit.headless();
        FxToolkit.start();
        var words =
                FxToolkit.call(
                        () -> {
                            var fault = FakeShop.busyDay().practice.result;
                            var decoy =
                                    new Practice.Result(
                                            "A session holds a lock for a moment.",
                                            false,
                                            List.of("running_statement_blocks"),
                                            null,
                                            null,
                                            Duration.ofSeconds(3),
                                            null,
                                            null,
                                            null,
                                            "The server is healthy.");
                            return words(new PracticePane(fault, () -> {}, () -> {}))
                                    + words(new PracticePane(decoy, () -> {}, () -> {}));
                        });
        assertThat(words)
                .contains(
                        "It was a fault",
                        "idle transaction blocks",
                        "after 9 s: A session waits for a lock for 34 s",
                        "after 41 s: named right",
                        "End session 4711",
                        "Nothing was wrong",
                        "after 3 s: called healthy",
                        "no alert",
                        "no plan was carried out and verified");
    }

    private static String words(Node node) {
        var text = new StringBuilder();
        if (node instanceof Label label) {
            text.append(label.getText()).append('\n');
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> text.append(words(child)));
        }
        return text.toString();
    }
}

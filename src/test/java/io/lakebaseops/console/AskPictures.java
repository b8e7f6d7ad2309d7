package io.lakebaseops.console;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.testing.SampleAnswers;

import javafx.scene.input.KeyCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/// Draws the Ask screen and its drawer with answers of every kind: `AskPictures DIR [light-1600]`.
public final class AskPictures {
    private final Path dir;

    private AskPictures(Path dir) {
        this.dir = dir;
    }

    public static void main(String[] args) throws IOException {
        var pictures = new AskPictures(Files.createDirectories(Path.of(args[0])));
        for (var theme : Theme.values()) {
            for (int[] size : new int[][] {{1600, 900}, {1280, 720}, {2560, 1440}}) {
                boolean wanted =
                        args.length < 2
                                || "%s-%d".formatted(theme, size[0]).equalsIgnoreCase(args[1]);
                if (wanted) {
                    pictures.draw(theme, size);
                }
            }
        }
        System.exit(0);
    }

    private void draw(Theme theme, int[] size) throws IOException {
        var name = "-%s-%d.png".formatted(theme.name().toLowerCase(Locale.ROOT), size[0]);
        var shop = FakeShop.busyDay();
        shop.threads = TaskExecutor.open(shop.clock);
        past(shop);
        try (var console = new OpenConsole(shop, dir, size[0], size[1], theme)) {
            console.goTo(Destination.ask());
            shot(console, "empty" + name);
            ask(console, SampleAnswers.WHY_SLOW);
            shot(console, "long" + name);
            ask(console, "and is it getting worse on staging?");
            shot(console, "clarify" + name);
            console.robot.push(KeyCode.DIGIT2);
            idle(console);
            shot(console, "table" + name);
            ask(console, "What will the weather be?");
            shot(console, "outside" + name);
            ask(console, "Is autovacuum keeping up?");
            shot(console, "failed" + name);
            var hold = new CountDownLatch(1);
            shop.ask.pause = hold;
            type(console, "Who is blocking whom?");
            console.until(() -> console.node("#stop") != null);
            shot(console, "running" + name);
            console.robot.push(KeyCode.ESCAPE);
            shop.ask.pause = null;
            shot(console, "stopped" + name);
            shop.ask.model.switchOn();
            type(console, "Which indexes waste space?");
            console.until(() -> console.node(".consent-text") != null);
            shot(console, "consent" + name);
            shop.ask.model.desk().agree(true);
            shop.ask.pause = new CountDownLatch(1);
            type(console, "Which indexes waste space?");
            console.until(() -> console.node(".answer-words") != null);
            shot(console, "streaming" + name);
            console.robot.push(KeyCode.ESCAPE);
            shop.ask.pause = null;
            shot(console, "model-stopped" + name);
            ask(console, "Which indexes waste space?");
            shot(console, "model" + name);
            shop.ask.model.desk().save(io.lakebaseops.config.ModelSettings.OFF);
            shop.clock.forward(Duration.ofMinutes(20));
            console.goTo(Destination.vacuum());
            console.robot.push(KeyCode.CONTROL, KeyCode.J);
            console.until(() -> console.shown("#drawer-question"));
            shot(console, "drawer-empty" + name);
            console.robot.write("Which indexes are unused?");
            console.robot.push(KeyCode.ENTER);
            console.until(() -> console.node("#ask-drawer #answer-1") != null);
            console.robot.write(SampleAnswers.WHY_SLOW);
            console.robot.push(KeyCode.ENTER);
            console.until(() -> console.node("#ask-drawer #answer-2") != null);
            shot(console, "drawer" + name);
        } finally {
            shop.threads.close();
        }
    }

    /// Conversations of other days.
    private static void past(FakeShop shop) {
        Object[][] all = {
            {"Who is blocking whom?", shop.ask.samples.withText(), 3},
            {"Which indexes are unused?", shop.ask.samples.unusedIndexes(), 4},
            {"What will the weather be?", shop.ask.samples.weather(), 26},
            {"Why is checkout slower than yesterday?", shop.ask.samples.slowCheckout(), 30},
            {"Is autovacuum keeping up?", shop.ask.samples.failed(), 80},
            {"Which tables grow fastest, and since when?", shop.ask.samples.withText(), 100},
        };
        for (var one : all) {
            shop.ask.kept.put(
                    "mira",
                    FakeShop.PRODUCTION,
                    java.util.UUID.randomUUID(),
                    new io.lakebaseops.state.Conversations.Exchange(
                            java.util.UUID.randomUUID(),
                            1,
                            (String) one[0],
                            false,
                            FakeShop.NOW.minus(Duration.ofHours((int) one[2])),
                            (io.lakebaseops.domain.answer.Answer) one[1],
                            java.util.Map.of()));
        }
    }

    private static void type(OpenConsole console, String question) {
        FxToolkit.call(
                () -> {
                    console.frame.scene().lookup("#question").requestFocus();
                    return true;
                });
        console.robot.write(question);
        console.robot.push(KeyCode.ENTER);
    }

    private static void ask(OpenConsole console, String question) {
        type(console, question);
        idle(console);
    }

    private static void idle(OpenConsole console) {
        console.until(() -> console.node("#stop") == null);
    }

    private void shot(OpenConsole console, String file) throws IOException {
        for (int i = 0; i < 6; i++) {
            LockSupport.parkNanos(80_000_000);
            console.settle();
        }
        Screens.write(
                FxToolkit.call(() -> console.frame.scene().snapshot(null)), dir.resolve(file));
    }
}

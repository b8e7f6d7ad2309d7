package io.lakebaseops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.console.connect.ConnectionDesk;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.testing.ScreenTest;

import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

@ScreenTest
@Timeout(180)
final class StartUiTest {
    @TempDir Path dir;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch visible = new CountDownLatch(1);
    private final CountDownLatch usable = new CountDownLatch(1);
    private final AtomicReference<Console.Opened> opened = new AtomicReference<>();

    @BeforeEach
    void headless() {
        FxToolkit.headless();
        FxToolkit.start();
    }

    @AfterEach
    void close() {
        FxToolkit.call(
                () -> {
                    window().ifPresent(Stage::hide);
                    return true;
                });
        background.close();
    }

    @Test
    void each_part_is_shown_while_it_comes_up_and_then_the_screens() throws Exception {
        var gate = new CountDownLatch(1);
        var shop = new FakeShop();
        var console =
                open(
                        news -> {
                            news.telling("Own database", () -> {}).run();
                            news.telling("Local Lakebase", () -> hold(gate)).run();
                            return ready(shop);
                        });

        awaitText("#start", "Local Lakebase");
        assertThat(lines()).contains("Own database").contains("LakebaseOps is starting");
        visible.await();
        assertThat(usable.getCount()).isEqualTo(1);

        gate.countDown();
        usable.await();
        assertThat(shows("#start")).isFalse();
        assertThat(lines()).contains("Waiting for you").contains("Open alerts");

        hide();
        console.join();
    }

    @Test
    void a_first_start_brings_nothing_up_until_somebody_tries_it() throws Exception {
        var begun = new AtomicBoolean();
        var shop = new FakeShop();
        var console =
                open(
                        new Startup() {
                            @Override
                            public Ready open(News news) {
                                begun.set(true);
                                news.telling("Local Lakebase", () -> {}).run();
                                return ready(shop);
                            }

                            @Override
                            public ConnectionDesk firstStart() {
                                return new FakeConnections();
                            }
                        });
        visible.await();
        await().until(() -> focused().equals("connect-paste"));
        assertThat(begun).as("the machine is left alone").isFalse();
        assertThat(shows("#first-start")).isTrue();
        press("#first-demo");
        usable.await();
        assertThat(begun).isTrue();
        assertThat(shows("#first-start")).isFalse();
        assertThat(lines()).contains("Waiting for you");

        hide();
        console.join();
    }

    private String focused() {
        return FxToolkit.call(
                () -> {
                    var owner = window().orElseThrow().getScene().getFocusOwner();
                    return owner == null ? "" : String.valueOf(owner.getId());
                });
    }

    @Test
    void a_start_that_fails_says_why_and_can_be_tried_again() throws Exception {
        var tries = new AtomicInteger();
        var shop = new FakeShop();
        var console =
                open(
                        news -> {
                            news.begun("Own database");
                            if (tries.incrementAndGet() == 1) {
                                throw new OpsException(
                                        OpsException.Kind.UNREACHABLE,
                                        "Own database",
                                        "no space left on device",
                                        "free some space");
                            }
                            return ready(shop);
                        });

        awaitText("#start", "no space left on device — free some space");
        press("#start-again");
        usable.await();
        assertThat(tries).hasValue(2);
        assertThat(shows("#start-trouble")).isFalse();

        hide();
        console.join();
    }

    @Test
    void the_causes_of_an_unexpected_failure_are_shown_and_quit_ends_it() {
        var console =
                open(
                        _ -> {
                            throw new IllegalStateException(
                                    "cannot start in /x", new java.io.IOException("read only"));
                        });

        awaitText("#start", "cannot start in /x: read only");
        press("#start-quit");
        console.join();
    }

    @Test
    void a_window_closed_during_the_start_waits_for_what_was_begun() {
        var gate = new CountDownLatch(1);
        var done = new AtomicBoolean();
        var console =
                open(
                        news -> {
                            news.begun("Own database");
                            hold(gate);
                            done.set(true);
                            return ready(new FakeShop());
                        });
        awaitText("#start", "Own database");
        hide();
        await().during(Duration.ofMillis(200)).until(() -> !console.isDone());

        gate.countDown();
        console.join();
        assertThat(done).isTrue();
    }

    @Test
    void a_second_start_brings_the_window_back() throws Exception {
        var console = open(_ -> ready(new FakeShop()));
        usable.await();
        FxToolkit.call(
                () -> {
                    window().orElseThrow().setIconified(true);
                    return true;
                });
        opened.get().raise();
        await().until(() -> FxToolkit.call(() -> !window().orElseThrow().isIconified()));
        hide();
        console.join();
    }

    @Test
    void the_window_opens_inside_the_display() throws Exception {
        var console = open(_ -> ready(new FakeShop()));
        usable.await();
        var inside =
                FxToolkit.call(
                        () -> {
                            var w = window().orElseThrow();
                            return javafx.stage.Screen.getPrimary()
                                    .getVisualBounds()
                                    .contains(w.getX(), w.getY(), w.getWidth(), w.getHeight());
                        });
        assertThat(inside).isTrue();
        opened.get().close();
        console.join();
    }

    private CompletableFuture<Void> open(Startup startup) {
        return CompletableFuture.runAsync(
                () ->
                        Console.show(
                                dir.resolve("w.json"),
                                background,
                                startup,
                                visible::countDown,
                                usable::countDown,
                                opened::set),
                background);
    }

    private Startup.Ready ready(FakeShop shop) {
        return new Startup.Ready(
                shop.services(background, dir.resolve("memory.json")), FakeShop.PRODUCTION);
    }

    private static void hold(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitText(String selector, String text) {
        await().until(() -> shows(selector) && lines().contains(text));
    }

    private static boolean shows(String selector) {
        return FxToolkit.call(() -> window().map(w -> w.getScene().lookup(selector)).isPresent());
    }

    private static void press(String selector) {
        FxToolkit.call(
                () -> {
                    ((Button) window().orElseThrow().getScene().lookup(selector)).fire();
                    return true;
                });
    }

    private static void hide() {
        FxToolkit.call(
                () -> {
                    window().orElseThrow().hide();
                    return true;
                });
    }

    /// All words in the window.
    private static String lines() {
        return FxToolkit.call(
                () -> {
                    var said = new StringBuilder();
                    window().orElseThrow().getScene().getRoot().lookupAll(".label").stream()
                            .filter(Labeled.class::isInstance)
                            .forEach(n -> said.append(((Labeled) n).getText()).append('\n'));
                    return said.toString();
                });
    }

    private static Optional<Stage> window() {
        return Stage.getWindows().stream()
                .filter(Stage.class::isInstance)
                .map(Stage.class::cast)
                .filter(w -> "LakebaseOps".equals(w.getTitle()) && w.isShowing())
                .findFirst();
    }
}

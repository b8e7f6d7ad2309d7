package io.lakebaseops.console;

import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.agents.performance.maintenance.QuietHours;
import io.lakebaseops.agents.performance.maintenance.SampleVacuum;
import io.lakebaseops.console.fx.FxExecutor;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.shell.Frame;
import io.lakebaseops.domain.OpsException;

import javafx.event.Event;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// Draws what one rarely sees: stale, failed, empty, HIGH, forms, layers. `CornerPictures DIR [PART
/// OF THE NAME]`.
public final class CornerPictures {
    private static Path dir = Path.of(".");
    private static String only = "";
    private static Executor background = Runnable::run;

    public static void main(String[] args) throws Exception {
        FxToolkit.headless();
        FxToolkit.start();
        Thread.currentThread()
                .setUncaughtExceptionHandler(
                        (_, e) -> {
                            e.printStackTrace();
                            System.exit(1);
                        });
        dir = Files.createDirectories(Path.of(args[0]));
        only = args.length > 1 ? args[1] : "";
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            background = threads;
            var stale = FakeShop.busyDay();
            stale.measuredAt = FakeShop.NOW.minusSeconds(95);
            stale.outage =
                    new HealthBoard.Outage(
                            FakeShop.NOW.minusSeconds(90), "the server closed the connection");
            draw("stale-overview", stale, Theme.DARK, _ -> {});
            var failed = FakeShop.busyDay();
            failed.broken =
                    new OpsException(
                            OpsException.Kind.UNREACHABLE,
                            "Reading the state database",
                            "connection refused at 127.0.0.1:5433",
                            "start it, or look at Settings");
            draw("failed-overview", failed, Theme.LIGHT, _ -> {});
            draw("empty-overview", new FakeShop(), Theme.DARK, _ -> {});
            draw(
                    "empty-approvals",
                    new FakeShop(),
                    Theme.LIGHT,
                    f -> f.session().goTo(Destination.approvals()));
            draw(
                    "high",
                    FakeShop.busyDay(),
                    Theme.DARK,
                    f -> f.session().goTo(Destination.plan(SampleDay.FULL)));
            draw(
                    "done",
                    FakeShop.busyDay(),
                    Theme.LIGHT,
                    f -> f.session().goTo(Destination.plan(SampleDay.VACUUMED)));
            draw(
                    "evidence",
                    FakeShop.busyDay(),
                    Theme.DARK,
                    f -> click(f, "#gauge-max_dead_tuple_ratio"));
            var asked = FakeShop.busyDay();
            asked.tools.answers.put("diagnose_root_cause", _ -> SampleCause.heldBack());
            draw(
                    "cause",
                    asked,
                    Theme.DARK,
                    f -> {
                        click(f, "#gauge-max_dead_tuple_ratio");
                        fireWhenThere(f, "#find-cause");
                    });
            draw(
                    "tool",
                    FakeShop.busyDay(),
                    Theme.DARK,
                    f -> f.session().goTo(Destination.tool("terminate_idle_connections")));
            var running = FakeShop.busyDay();
            SampleRuns.waiting(running);
            draw("running", running, Theme.DARK, f -> f.session().goTo(Destination.approvals()));
            var narrow = FakeShop.busyDay();
            SampleRuns.waiting(narrow);
            draw(
                    "running-1280",
                    narrow,
                    Theme.LIGHT,
                    1280,
                    720,
                    f -> f.session().goTo(Destination.plan(SampleDay.FULL)));
            draw(
                    "evidence-1280",
                    FakeShop.busyDay(),
                    Theme.LIGHT,
                    1280,
                    720,
                    f -> click(f, "#gauge-max_dead_tuple_ratio"));
            draw(
                    "overview-2560",
                    FakeShop.busyDay(),
                    Theme.DARK,
                    2560,
                    1440,
                    f -> click(f, "#gauge-max_dead_tuple_ratio"));
            vacuum();
            draw("palette", FakeShop.busyDay(), Theme.DARK, f -> press(f, KeyCode.K, true));
            draw("help", FakeShop.busyDay(), Theme.LIGHT, f -> press(f, KeyCode.F1, false));
            var busy = FakeShop.busyDay();
            busy.work.add(
                    new FakeWork<>(
                            "Index analysis on production", 0.4, "4 of 10 tables", false, 1));
            busy.work.add(new FakeWork<>("Vacuum shop.orders", -1, "scanning heap", false, 1));
            draw(
                    "work",
                    busy,
                    Theme.DARK,
                    f -> ((javafx.scene.control.Button) f.scene().lookup("#work")).fire());
        }
        System.exit(0);
    }

    private static void vacuum() throws Exception {
        Consumer<Frame> open = f -> f.session().goTo(Destination.vacuum());
        var calm = FakeShop.busyDay();
        calm.vacuum.round = SampleVacuum.calm(FakeShop.NOW);
        draw("empty-vacuum", calm, Theme.DARK, open);
        var standby = FakeShop.busyDay();
        standby.vacuum.round = SampleVacuum.standby(FakeShop.NOW);
        draw("standby-vacuum", standby, Theme.LIGHT, open);
        var partly = FakeShop.busyDay();
        partly.vacuum.round = SampleVacuum.partly(FakeShop.NOW);
        partly.vacuum.quiet = QuietHours.UNKNOWN;
        draw("partly-vacuum", partly, Theme.DARK, open);
        var old = FakeShop.busyDay();
        old.measuredAt = FakeShop.NOW.minusSeconds(95);
        old.outage =
                new HealthBoard.Outage(
                        FakeShop.NOW.minusSeconds(90), "the server closed the connection");
        draw("stale-vacuum", old, Theme.LIGHT, open);
        var reset = FakeShop.busyDay();
        reset.vacuum.round = SampleVacuum.reset(FakeShop.NOW);
        draw("reset-vacuum", reset, Theme.DARK, 1280, 720, open);
        draw("wide-vacuum", FakeShop.busyDay(), Theme.DARK, 2560, 1440, open);
    }

    static void click(Frame f, String id) {
        var node = f.scene().lookup(id);
        Event.fireEvent(
                node,
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
                        false,
                        false,
                        true,
                        null));
    }

    /// The pane fills in the background.
    private static void fireWhenThere(Frame f, String id) {
        if (f.scene().lookup(id) instanceof javafx.scene.control.Button button) {
            button.fire();
        } else {
            javafx.application.Platform.runLater(() -> fireWhenThere(f, id));
        }
    }

    static void press(Frame f, KeyCode code, boolean ctrl) {
        Event.fireEvent(
                f.scene().getRoot(),
                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, ctrl, false, false));
    }

    private static void draw(String name, FakeShop shop, Theme theme, Consumer<Frame> act)
            throws Exception {
        draw(name, shop, theme, 1600, 900, act);
    }

    private static void draw(
            String name, FakeShop shop, Theme theme, int width, int height, Consumer<Frame> act)
            throws Exception {
        if (!name.contains(only)) {
            return;
        }
        var services = shop.services(background, dir.resolve("memory.json"));
        var frame =
                FxToolkit.call(
                        () ->
                                new Frame(
                                        services,
                                        FakeShop.PRODUCTION,
                                        new FxExecutor(),
                                        theme,
                                        width,
                                        height));
        Thread.sleep(700);
        FxToolkit.call(
                () -> {
                    frame.scene().getRoot().applyCss();
                    frame.scene().getRoot().layout();
                    act.accept(frame);
                    return frame;
                });
        Thread.sleep(Duration.ofMillis(900));
        for (int i = 0; i < 6; i++) {
            FxToolkit.call(
                    () -> {
                        frame.scene().getRoot().applyCss();
                        frame.scene().getRoot().layout();
                        return frame;
                    });
            Thread.sleep(60);
        }
        Screens.write(
                FxToolkit.call(() -> frame.scene().snapshot(null)), dir.resolve(name + ".png"));
        FxToolkit.call(
                () -> {
                    frame.close();
                    return new TextField();
                });
    }
}

package io.lakebaseops.console;

import io.lakebaseops.agents.performance.maintenance.SampleVacuum;
import io.lakebaseops.agents.performance.maintenance.VacuumRound;
import io.lakebaseops.agents.performance.maintenance.VacuumRound.Part;
import io.lakebaseops.agents.performance.maintenance.VacuumTable;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.framework.OpsEvent;

import javafx.animation.AnimationTimer;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// How smooth the console is and what it keeps: `ConsoleBench [SECONDS] [WEEKS]`, with
/// `-Dahead=true` after the screens were made ahead as the window does in idle moments.
///
/// How long each screen takes to open, the first time and later; the pulses of each screen while
/// 200 rounds of measuring a second arrive, with 10,000 tables to vacuum; and the heap after
/// simulated weeks, a day being every screen visited thirty times with a round before each, the
/// server changed and the palette opened. The processor time of the screen's thread says what a
/// loaded machine does not.
public final class ConsoleBench {
    private static final int TABLES = 10_000;
    private static final int EVENTS_A_SECOND = 200;
    private static final int VISITS_A_DAY = 30;
    private static final int OPENINGS = 5;

    private final FakeShop shop = StatePictures.day();

    private ConsoleBench() {}

    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int weeks = args.length > 1 ? Integer.parseInt(args[1]) : 2;
        new ConsoleBench().run(Duration.ofSeconds(seconds), weeks);
        System.exit(0);
    }

    private void run(Duration time, int weeks) throws Exception {
        fill();
        try (var console =
                new OpenConsole(shop, Files.createTempDirectory("bench"), 1600, 900, Theme.DARK)) {
            if (Boolean.getBoolean("ahead")) {
                ahead(console);
            }
            openings(console);
            try (var second =
                    new OpenConsole(
                            shop, Files.createTempDirectory("bench"), 1600, 900, Theme.DARK)) {
                System.out.println("in a second window");
                openings(second);
            }
            if (time.isPositive()) {
                pulses(console, time);
            }
            weeks(console, weeks);
        }
    }

    private void fill() throws IOException {
        shop.lake = QueriesPictures.lake();
        var tables = new ArrayList<VacuumTable>();
        for (int i = 0; i < TABLES; i++) {
            tables.add(
                    SampleVacuum.table(
                            FakeShop.NOW,
                            "shop",
                            "part_%05d".formatted(i),
                            false,
                            100_000,
                            i % 40_000,
                            20_050,
                            null,
                            0.1,
                            0.2,
                            -1,
                            0.01,
                            0.02,
                            60 + i % 600,
                            90,
                            false));
        }
        var busyRound = SampleVacuum.busy(FakeShop.NOW);
        shop.vacuum.round =
                new VacuumRound(
                        busyRound.at(),
                        busyRound.database(),
                        null,
                        true,
                        busyRound.horizon(),
                        busyRound.running(),
                        Part.of(new VacuumRound.Tables(tables, FakeShop.NOW)),
                        busyRound.wraparound());
    }

    private static void ahead(OpenConsole console) throws Exception {
        var timer = new Pulses();
        long since = System.nanoTime();
        var made =
                FxToolkit.call(
                        () -> {
                            timer.start();
                            return console.frame.prepareScreens();
                        });
        made.get(5, TimeUnit.MINUTES);
        FxToolkit.call(
                () -> {
                    timer.stop();
                    return timer;
                });
        System.out.printf(
                "made ahead in %.0f ms; the screen's thread in a pulse meanwhile, ms: %s%n",
                (System.nanoTime() - since) / 1e6, spread(timer.busy));
    }

    private record Opening(double wall, double cpu) {}

    private void openings(OpenConsole console) throws Exception {
        System.out.println("opening a screen, ms           first (its thread)  later (its thread)");
        var all = new ArrayList<List<Opening>>();
        for (int round = 0; round <= OPENINGS; round++) {
            for (var screen : console.frame.screens()) {
                if (round == 0) {
                    all.add(new ArrayList<>());
                }
                all.get(console.frame.screens().indexOf(screen)).add(open(console, screen.home()));
                Thread.sleep(100);
            }
        }
        for (int i = 0; i < all.size(); i++) {
            var first = all.get(i).getFirst();
            var later = all.get(i).subList(1, all.get(i).size());
            System.out.printf(
                    "%-30s %5.0f (%.0f)  %13.0f (%.0f)%n",
                    console.frame.screens().get(i).id(),
                    first.wall(),
                    first.cpu(),
                    later.stream().mapToDouble(Opening::wall).max().orElse(0),
                    later.stream().mapToDouble(Opening::cpu).max().orElse(0));
        }
    }

    /// From the request to the end of the pulse that shows what was read.
    private static Opening open(OpenConsole console, Destination to) throws Exception {
        var shown = new CompletableFuture<Opening>();
        FxToolkit.call(
                () -> {
                    long begin = System.nanoTime();
                    long cpu = cpu();
                    var scene = console.frame.scene();
                    console.frame.session().goTo(to);
                    var model = console.frame.view(to.screen()).model();
                    scene.addPostLayoutPulseListener(
                            new Runnable() {
                                @Override
                                public void run() {
                                    if (model.stateProperty().get() == ScreenState.LOADING) {
                                        return;
                                    }
                                    scene.removePostLayoutPulseListener(this);
                                    shown.complete(
                                            new Opening(
                                                    (System.nanoTime() - begin) / 1e6,
                                                    (cpu() - cpu) / 1e6));
                                }
                            });
                    javafx.application.Platform.requestNextPulse();
                    return to;
                });
        return shown.get(60, TimeUnit.SECONDS);
    }

    private void pulses(OpenConsole console, Duration time) throws Exception {
        System.out.println("the screen's thread in a pulse while it is watched, ms");
        var all = new ArrayList<Double>();
        try (var events = Executors.newSingleThreadScheduledExecutor()) {
            events.scheduleAtFixedRate(
                    this::round, 0, 1_000_000 / EVENTS_A_SECOND, TimeUnit.MICROSECONDS);
            for (var screen : console.frame.screens()) {
                open(console, screen.home());
                console.settle();
                var timer = new Pulses();
                FxToolkit.call(
                        () -> {
                            timer.start();
                            return timer;
                        });
                Thread.sleep(time);
                FxToolkit.call(
                        () -> {
                            timer.stop();
                            return timer;
                        });
                System.out.printf("%-12s %s%n", screen.id(), spread(timer.busy));
                all.addAll(timer.busy);
            }
            events.shutdownNow();
        }
        System.out.println("all          " + spread(all));
    }

    private void round() {
        shop.measuredAt = shop.clock.instant();
        shop.bus.publish(new OpsEvent.HealthMeasured(FakeShop.PRODUCTION, shop.measuredAt));
    }

    private static final class Pulses extends AnimationTimer {
        private final List<Double> busy = new ArrayList<>();
        private long before;

        @Override
        public void handle(long now) {
            long cpu = cpu();
            if (before > 0) {
                busy.add((cpu - before) / 1e6);
            }
            before = cpu;
        }
    }

    private static String spread(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return "median %5.1f, 99 %% %5.1f, most %5.1f, %4d of %5d within 16.7"
                .formatted(
                        sorted.get(sorted.size() / 2),
                        sorted.get(sorted.size() * 99 / 100),
                        sorted.getLast(),
                        sorted.stream().filter(v -> v <= 16.7).count(),
                        sorted.size());
    }

    private void weeks(OpenConsole console, int weeks) {
        for (int day = 1; day <= weeks * 7; day++) {
            for (int visit = 0; visit < VISITS_A_DAY; visit++) {
                for (var screen : console.frame.screens()) {
                    round();
                    console.goTo(screen.home());
                }
                shop.clock.forward(Duration.ofDays(1).dividedBy(VISITS_A_DAY));
            }
            for (var server : List.of(FakeShop.STAGING, FakeShop.PRODUCTION)) {
                FxToolkit.call(
                        () -> {
                            console.frame.session().lookAt(server);
                            return server;
                        });
                console.goTo(Destination.overview());
            }
            if (day % 2 == 0) {
                System.out.printf("day %2d: heap %.1f MB%n", day, heap() / 1048576.0);
            }
        }
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /// Of the thread that calls.
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}

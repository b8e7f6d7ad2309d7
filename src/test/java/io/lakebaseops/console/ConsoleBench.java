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
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// How smooth the console is and what it keeps: `ConsoleBench [SECONDS] [WEEKS]`.
///
/// Pulses while 200 rounds of measuring a second arrive and each screen is visited in turn, with
/// 10,000 tables to vacuum; how long each screen takes to open; and the heap after simulated weeks,
/// a day being every screen visited thirty times with a round before each. The processor time of
/// the screen's thread says what a loaded machine does not.
public final class ConsoleBench {
    private static final int TABLES = 10_000;
    private static final int EVENTS_A_SECOND = 200;
    private static final int VISITS_A_DAY = 30;

    private final FakeShop shop = StatePictures.day();
    private final List<Double> intervals = new ArrayList<>();
    private final List<Double> busy = new ArrayList<>();

    private ConsoleBench() {}

    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 30;
        int weeks = args.length > 1 ? Integer.parseInt(args[1]) : 2;
        new ConsoleBench().run(Duration.ofSeconds(seconds), weeks);
        System.exit(0);
    }

    private void run(Duration time, int weeks) throws Exception {
        fill();
        try (var console =
                new OpenConsole(shop, Files.createTempDirectory("bench"), 1600, 900, Theme.DARK)) {
            for (var way : List.of("first", "again")) {
                for (var screen : console.frame.screens()) {
                    long begin = System.nanoTime();
                    long cpu = cpu();
                    console.goTo(screen.home());
                    System.out.printf(
                            "%-12s %s: %.0f ms, of them %.0f ms of the screen's thread%n",
                            screen.id(),
                            way,
                            (System.nanoTime() - begin) / 1e6,
                            (cpu() - cpu) / 1e6);
                }
            }
            pulses(console, time);
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

    private void pulses(OpenConsole console, Duration time) throws InterruptedException {
        var timer = new Pulses();
        FxToolkit.call(
                () -> {
                    timer.start();
                    return timer;
                });
        try (var events = Executors.newSingleThreadScheduledExecutor()) {
            events.scheduleAtFixedRate(
                    this::round, 0, 1_000_000 / EVENTS_A_SECOND, TimeUnit.MICROSECONDS);
            long end = System.nanoTime() + time.toNanos();
            for (int i = 0; System.nanoTime() < end; i++) {
                var screens = console.frame.screens();
                console.goTo(screens.get(i % screens.size()).home());
                Thread.sleep(500);
            }
            events.shutdownNow();
        }
        FxToolkit.call(
                () -> {
                    timer.stop();
                    return timer;
                });
        System.out.println("between pulses, ms:             " + spread(intervals));
        System.out.println("screen's thread in a pulse, ms: " + spread(busy));
    }

    private void round() {
        shop.measuredAt = shop.clock.instant();
        shop.bus.publish(new OpsEvent.HealthMeasured(FakeShop.PRODUCTION, shop.measuredAt));
    }

    private final class Pulses extends AnimationTimer {
        private long before;
        private long cpuBefore;

        @Override
        public void handle(long now) {
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            if (before > 0) {
                intervals.add((now - before) / 1e6);
                busy.add((cpu - cpuBefore) / 1e6);
            }
            before = now;
            cpuBefore = cpu;
        }
    }

    private static String spread(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return "median %.1f, 99 %% %.1f, most %.1f of %d"
                .formatted(
                        sorted.get(sorted.size() / 2),
                        sorted.get(sorted.size() * 99 / 100),
                        sorted.getLast(),
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
            if (day % 2 == 0) {
                System.out.printf("day %2d: heap %.0f MB%n", day, heap() / 1048576.0);
            }
        }
    }

    private static long heap() {
        System.gc();
        System.gc();
        MemoryUsage usage = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return usage.getUsed();
    }

    private static long cpu() {
        return FxToolkit.call(() -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }
}

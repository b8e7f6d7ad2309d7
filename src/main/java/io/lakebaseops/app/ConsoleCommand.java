package io.lakebaseops.app;

import io.lakebaseops.console.Console;
import io.lakebaseops.local.LocalOptions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Opens the console on Local Lakebase and keeps it until its window is closed.
final class ConsoleCommand {
    private static final Logger log = LoggerFactory.getLogger(ConsoleCommand.class);

    private static final Duration WINDOW_PATIENCE = Duration.ofSeconds(15);

    private ConsoleCommand() {}

    static int run(Home home, LocalOptions local) {
        // Filling the shop takes a processor for seconds; the window comes first.
        var open = new CountDownLatch(1);
        try (var wiring = new Wiring(home, local.withBeforeDemo(() -> await(open)))) {
            var start =
                    new ConsoleStart(
                            wiring, local.room().cacheDir(), home.window(), wiring.background());
            Console.show(
                    home.window(),
                    wiring.background(),
                    start,
                    () -> {
                        usable();
                        open.countDown();
                        wiring.aside("agents", () -> takeUpWork(wiring));
                    });
        }
        return 0;
    }

    private static void takeUpWork(Wiring wiring) {
        wiring.startAgents();
        wiring.watchAll();
        wiring.jobs().start();
        InitialJobRun.run(wiring.jobs(), wiring.connections());
    }

    private static void await(CountDownLatch open) {
        try {
            if (!open.await(WINDOW_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                log.info("The window is late; the shop is filled meanwhile");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void usable() {
        var started = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        log.info(
                "Console usable {} ms after start",
                Duration.between(started, Instant.now()).toMillis());
    }
}

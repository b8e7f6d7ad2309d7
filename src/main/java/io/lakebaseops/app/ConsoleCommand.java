package io.lakebaseops.app;

import io.lakebaseops.console.Console;
import io.lakebaseops.console.DesktopNotices;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.local.LocalOptions;
import io.lakebaseops.sqltext.SqlParser;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Opens the console on Local Lakebase and keeps it until its window is closed.
final class ConsoleCommand {
    private static final Logger log = LoggerFactory.getLogger(ConsoleCommand.class);

    private static final Duration WINDOW_PATIENCE = Duration.ofSeconds(15);

    private ConsoleCommand() {}

    /// @param another a second window is wanted on purpose
    /// @param link to a place in the console, shown once it is open; null for none
    static int run(Home home, LocalOptions local, boolean another, @Nullable String link) {
        // Filling the shop takes a processor for seconds; the window comes first.
        var open = new CountDownLatch(1);
        try (var wiring = new Wiring(home, local.withBeforeDemo(() -> await(open)))) {
            var instance = ConsoleInstance.first(home.dir(), wiring.background()).orElse(null);
            try (instance) {
                if (instance == null && !another && ConsoleInstance.raiseOther(home.dir(), link)) {
                    log.info(
                            "LakebaseOps is open already: its window was brought to the front;"
                                    + " {} opens another one",
                            Main.NEW_WINDOW);
                    return 0;
                }
                show(wiring, home, local, open, instance, link);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The console's lock in " + home.dir(), e);
        }
        return 0;
    }

    /// Opens the window, says when it could be seen and used, and closes it: for the figures of
    /// the start, and to train the installers' cache of loaded classes. On a home of its own.
    ///
    /// @param windowOnly close it as soon as it can be seen, and start nothing behind it
    static int measureStart(Home home, LocalOptions local, boolean windowOnly) {
        if (!Display.present()) {
            FxToolkit.headless();
        }
        try (var wiring = new Wiring(home, local)) {
            var window = new AtomicReference<Console.@Nullable Opened>();
            Runnable leave = () -> Objects.requireNonNull(window.get()).close();
            var exit = new AtomicInteger(1);
            var seen = new CountDownLatch(1);
            var start =
                    new ConsoleStart(
                            wiring, local.room().cacheDir(), home.window(), wiring.background());
            Console.show(
                    home.window(),
                    wiring.background(),
                    news -> {
                        if (windowOnly) {
                            await(seen);
                            throw new OpsException(
                                    OpsException.Kind.CANCELLED,
                                    "Starting Local Lakebase",
                                    "only the window was wanted",
                                    "",
                                    null);
                        }
                        try {
                            return start.open(news);
                        } catch (RuntimeException e) {
                            System.err.println("The start failed: " + e.getMessage());
                            leave.run();
                            throw e;
                        }
                    },
                    () -> {
                        say("visible");
                        if (windowOnly) {
                            exit.set(0);
                            leave.run();
                            seen.countDown();
                        }
                    },
                    () -> {
                        say("usable");
                        exit.set(0);
                        leave.run();
                    },
                    window::set);
            return exit.get();
        }
    }

    private static void say(String state) {
        System.out.printf(Locale.ROOT, "window %s after %d ms%n", state, sinceStart());
    }

    private static void show(
            Wiring wiring,
            Home home,
            LocalOptions local,
            CountDownLatch open,
            @Nullable ConsoleInstance instance,
            @Nullable String link) {
        var opened = new AtomicReference<Console.@Nullable Opened>();
        var start =
                new ConsoleStart(
                        wiring, local.room().cacheDir(), home.window(), wiring.background());
        Console.show(
                home.window(),
                wiring.background(),
                start,
                () -> log.info("Window visible {} ms after start", sinceStart()),
                () -> {
                    log.info("Console usable {} ms after start", sinceStart());
                    open.countDown();
                    wiring.aside(
                            "agents",
                            () -> takeUpWork(wiring, Objects.requireNonNull(opened.get())));
                },
                window -> {
                    opened.set(window);
                    if (link != null) {
                        window.open(link);
                    }
                    if (instance != null) {
                        instance.onRaise(
                                next -> {
                                    if (next == null) {
                                        window.raise();
                                    } else {
                                        window.open(next);
                                    }
                                });
                    }
                });
    }

    private static void takeUpWork(Wiring wiring, Console.Opened window) {
        // The first plan needs the grammar: a second of processor, on a thread of its own, which
        // the screens had need of until now.
        SqlParser.warmUp();
        wiring.notifications().showWith(message -> DesktopNotices.show(message, window::open));
        wiring.startAgents();
        wiring.watchAll();
        InitialJobRun.awaitData(wiring.connections());
        try {
            wiring.makePast();
        } catch (OpsException e) {
            log.warn("The demo goes on without a past", e);
        }
        wiring.jobs().start();
        InitialJobRun.run(wiring.jobs());
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

    private static long sinceStart() {
        var started = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        return Duration.between(started, Instant.now()).toMillis();
    }
}

package io.lakebaseops.app;

import io.lakebaseops.cli.TargetChoice;
import io.lakebaseops.console.Console;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.local.LocalOptions;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;

/// Opens the console on Local Lakebase and keeps it until its window is closed.
final class ConsoleCommand {
    private static final Logger log = LoggerFactory.getLogger(ConsoleCommand.class);

    private ConsoleCommand() {}

    static int run(Home home, LocalOptions local) {
        try (var wiring = new Wiring(home, local)) {
            // JavaFX, our own database and the demo server start side by side.
            var ready = wiring.warmUp(FxToolkit::start);
            var target = wiring.connections().target(new TargetChoice.Local(null));
            ready.join();
            var services = wiring.consoleServices();
            wiring.startAgents();
            wiring.jobs().start();
            wiring.aside(
                    "first look", () -> FirstLook.run(wiring.jobs(), wiring.connections().local()));
            Console.show(services, target, ConsoleCommand::visible);
        }
        return 0;
    }

    private static void visible() {
        var started = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        log.info(
                "Console visible {} ms after start",
                Duration.between(started, Instant.now()).toMillis());
    }
}

package io.lakebaseops.agents.health.archival;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import io.lakebaseops.change.archival.ArchiveRunner;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.postgres.WritePermit;
import io.lakebaseops.state.ArchivalStore;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateJson;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;
import io.lakebaseops.testing.TestTargets;

import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/// Another console, which carries one archive step out in a process of its own, so that it can be
/// killed by the operating system. It says each moment on a line.
final class ArchivingProcess {
    static final String READY = "ready";

    private ArchivingProcess() {}

    static Process start(String database, String state, Path lake, Path step) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ArchivingProcess.class.getName(),
                        database,
                        state,
                        lake.toString(),
                        step.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] args) throws IOException {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        var clock = Clock.systemUTC();
        var step =
                (Step.ArchiveStep) StateJson.read(Files.readString(Path.of(args[3])), Step.class);
        var plan = UUID.randomUUID();
        WritePermit permit = () -> plan;
        try (var targets = TestTargets.of(args[0], Pg17.DBA, Pg17.DBA_PASSWORD);
                var state = StateDb.open(StateDatabases.settings(args[1]));
                var lakehouse = LocalLakehouse.open(Path.of(args[2]), clock)) {
            var runner =
                    new ArchiveRunner(
                            targets.targets(),
                            new ArchivalStore(state, clock),
                            new DeltaColdStore(lakehouse, clock),
                            (_, moment) -> System.out.println(moment));
            System.out.println(READY);
            runner.run(targets.target(), permit, step, Deadline.in(Duration.ofMinutes(5)));
        }
        System.exit(0);
    }
}

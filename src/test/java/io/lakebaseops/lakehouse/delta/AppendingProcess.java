package io.lakebaseops.lakehouse.delta;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.WriteId;

import org.slf4j.LoggerFactory;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/// Another console: appends to a lakehouse from a process of its own, one line per stored row.
public final class AppendingProcess {
    /// A writer of this name is killed between its data file and its commit.
    static final String DIES = "dies";

    private AppendingProcess() {}

    static Process start(Path lakehouse, String writer, int appends) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingProcess.class.getName(),
                        lakehouse.toString(),
                        writer,
                        Integer.toString(appends))
                .redirectErrorStream(true)
                .redirectOutput(lakehouse.resolve(writer + ".out").toFile())
                .start();
    }

    static File output(Path lakehouse, String writer) {
        return lakehouse.resolve(writer + ".out").toFile();
    }

    public static void main(String[] args) {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        var writer = args[1];
        var clock = writer.startsWith(DIES) ? new FatalClock() : Clock.systemUTC();
        try (var lake = LocalLakehouse.open(Path.of(args[0]), clock)) {
            for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                var row =
                        AppendAndQueryTest.metric(
                                Clock.systemUTC().instant(), writer + "-" + i, 1.0);
                lake.append(
                        OpsTables.LAKEBASE_METRICS.name(), List.of(row), new WriteId(writer, i));
                System.out.println("stored " + i);
            }
        }
    }

    /// Every file gets its time just before it appears: the first is the data file, the second the
    /// commit.
    private static final class FatalClock extends Clock {
        private int files;

        @Override
        public Instant instant() {
            if (++files == 2) {
                Runtime.getRuntime().halt(137);
            }
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}

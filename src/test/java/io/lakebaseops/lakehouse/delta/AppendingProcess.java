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
import java.util.List;

/// Another console: appends to a lakehouse from a process of its own, one line per stored row.
public final class AppendingProcess {
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
        try (var lake = LocalLakehouse.open(Path.of(args[0]), Clock.systemUTC())) {
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
}

package io.lakebaseops.lakehouse.delta;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real Spark with one generation of Delta, in a process of its own; there only under `-Dspark`,
/// which resolves its class path.
///
/// @param generation the folder of its dependencies below `src/test/spark`
public record Spark(String generation, String classPath) {
    static final Path FOLDER = Path.of("src/test/spark");

    /// Both generations; none unless the build was asked for them.
    public static Stream<Spark> all() throws IOException {
        if (!Boolean.getBoolean("lakebaseops.spark")) {
            return Stream.empty();
        }
        var found = new ArrayList<Spark>();
        for (var generation : List.of("delta-4.0", "delta-4.4")) {
            var classPath = Path.of("target", generation + ".classpath");
            found.add(new Spark(generation, Files.readString(classPath).strip()));
        }
        return found.stream();
    }

    /// What the statements returned, as `SparkSql` writes it down.
    public List<String> run(String script, Path scratch) throws IOException, InterruptedException {
        var in = Files.writeString(scratch.resolve("script.sql"), script);
        var out = scratch.resolve("result.txt");
        Files.deleteIfExists(out);
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "--enable-native-access=ALL-UNNAMED"));
        for (var open :
                List.of(
                        "java.lang",
                        "java.lang.invoke",
                        "java.lang.reflect",
                        "java.io",
                        "java.net",
                        "java.nio",
                        "java.util",
                        "java.util.concurrent",
                        "sun.nio.ch",
                        "sun.nio.cs",
                        "sun.security.action",
                        "sun.util.calendar")) {
            command.add("--add-opens=java.base/" + open + "=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", classPath, FOLDER.resolve("SparkSql.java").toString()));
        command.addAll(List.of(in.toString(), out.toString(), scratch.resolve("hive").toString()));
        var log = scratch.resolve("spark.log").toFile();
        var process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
        try {
            if (!process.waitFor(45, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException("Spark failed: " + Files.readString(log.toPath()));
            }
        } finally {
            process.destroyForcibly();
        }
        return Files.readAllLines(out);
    }
}

package io.lakebaseops.lakehouse.delta;

import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.TableName;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// History tables to which a real Spark did what its users do: one per feature of Delta and
/// generation of Spark, made by `SparkTablesTest` and kept in an archive of the test resources.
final class ForeignTables {
    static final TableName METRICS = OpsTables.LAKEBASE_METRICS.name();
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    static final Path ARCHIVES = Path.of("src/test/resources/delta");

    private static final String COUNTED = "counted.txt";

    private ForeignTables() {}

    /// What Spark counted in a table.
    ///
    /// @param text rows and the sum of `metric_value`, as `6|94.0`
    record Counted(String text) {
        long rows() {
            return Long.parseLong(text.split("\\|", -1)[0]);
        }

        double sum() {
            return Double.parseDouble(text.split("\\|", -1)[1]);
        }
    }

    /// A lakehouse of five rows, as the product makes it.
    static void base(Path root) {
        var clock = new TestClock(START);
        try (var lake =
                LocalLakehouse.open(root, clock, MaintenancePolicy.DEFAULT, /* forced= */ false)) {
            lake.ensureTables(List.of(OpsTables.LAKEBASE_METRICS));
            for (int day = 0; day < 2; day++) {
                var rows = new ArrayList<Map<String, Object>>();
                for (int i = 1; i <= 3 - day; i++) {
                    var value = Math.pow(2, 3 * day + i - 1);
                    rows.add(AppendAndQueryTest.metric(clock.instant(), "m" + i, value));
                }
                lake.append(METRICS, rows);
                clock.advance(Duration.ofDays(1));
            }
        }
    }

    static Path table(Path root) {
        return TablePaths.below(root.resolve(TableName.CATALOG), METRICS);
    }

    /// Writes the tables, each below the name of its feature, with what Spark counted in them.
    static void write(String generation, Map<String, Path> tables, Map<String, String> counted)
            throws IOException {
        Files.createDirectories(ARCHIVES);
        try (var out =
                new ZipOutputStream(Files.newOutputStream(ARCHIVES.resolve(generation + ".zip")))) {
            out.setLevel(9);
            for (var entry : new TreeMap<>(tables).entrySet()) {
                put(
                        out,
                        entry.getKey() + "/" + COUNTED,
                        counted.get(entry.getKey()).getBytes(StandardCharsets.UTF_8));
                for (var file : files(entry.getValue())) {
                    var name = entry.getValue().relativize(file).toString().replace('\\', '/');
                    if (!name.endsWith(".crc")) {
                        put(out, entry.getKey() + "/" + name, Files.readAllBytes(file));
                    }
                }
            }
        }
    }

    private static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
        var entry = new ZipEntry(name);
        entry.setLastModifiedTime(FileTime.from(START));
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }

    static List<Path> files(Path directory) throws IOException {
        try (var found = Files.walk(directory)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /// The features there is a table for.
    static List<String> features(String generation) throws IOException {
        var features = new ArrayList<String>();
        try (var in = new ZipInputStream(archive(generation))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().endsWith("/" + COUNTED)) {
                    features.add(entry.getName().substring(0, entry.getName().indexOf('/')));
                }
            }
        }
        return features;
    }

    /// Lays the table of a feature where a lakehouse below `root` looks for its metrics.
    static Counted lay(String generation, String feature, Path root) throws IOException {
        String counted = null;
        try (var in = new ZipInputStream(archive(generation))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.getName().startsWith(feature + "/")) {
                    continue;
                }
                var name = entry.getName().substring(feature.length() + 1);
                if (name.equals(COUNTED)) {
                    counted = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    continue;
                }
                var file = table(root).resolve(name);
                Files.createDirectories(file.getParent());
                Files.copy(in, file);
            }
        }
        if (counted == null) {
            throw new IllegalArgumentException("No table of " + feature);
        }
        return new Counted(counted);
    }

    private static InputStream archive(String generation) throws IOException {
        return Files.newInputStream(ARCHIVES.resolve(generation + ".zip"));
    }
}

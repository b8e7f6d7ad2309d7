package io.lakebaseops.lakehouse.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.TableName;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// The product and a real Spark work on the same tables in turn, and always count the same: every
/// history table as the product makes it, and every table with a feature of Delta. `mvn test
/// -Dspark -Dtest=SparkRoundTripTest`.
final class SparkRoundTripTest {

    @TempDir Path dir;
    private final TestClock clock = new TestClock(ForeignTables.START);

    /// A table and the lakehouse it lies in.
    private record Shared(String title, Path root, TableDef def) {
        Path path() {
            return TablePaths.below(root.resolve(TableName.CATALOG), def.name());
        }

        String spark(String sql) {
            return sql.replace("{t}", "delta.`" + path() + "`");
        }
    }

    @Test
    void the_product_and_spark_count_the_same_in_turns() throws Exception {
        var sparks = Spark.all().toList();
        assumeTrue(!sparks.isEmpty());
        for (var spark : sparks) {
            var home = Files.createDirectories(dir.resolve(spark.generation()));
            var tables = new ArrayList<>(history(home));
            tables.addAll(foreign(spark.generation(), home));
            var first = product(tables);
            assertThat(spark(spark, tables, "", home)).as("read by Spark").isEqualTo(first);
            var theirs =
                    spark(
                            spark,
                            tables,
                            "INSERT INTO {t} SELECT * FROM {t} WHERE run_id = 'ours';\n"
                                    + "DELETE FROM {t} WHERE run_id = 'gone';\n"
                                    + "OPTIMIZE {t};\n",
                            home);
            var read = new LinkedHashMap<String, String>();
            for (var table : tables) {
                read.put(table.title(), count(table));
            }
            assertThat(read).as("read by the product").isEqualTo(theirs);
            var last = product(tables);
            assertThat(spark(spark, tables, "", home)).as("read at the end").isEqualTo(last);
            System.out.println(spark.generation() + ": " + tables.size() + " tables, " + last);
        }
    }

    @Test
    void the_way_out_of_every_refusal_works_in_spark() throws Exception {
        var sparks = Spark.all().toList();
        assumeTrue(!sparks.isEmpty());
        for (var spark : sparks) {
            var home = Files.createDirectories(dir.resolve(spark.generation() + "-out"));
            var refused = new LinkedHashMap<Shared, String>();
            for (var feature : ForeignTables.features(spark.generation())) {
                var root = home.resolve(feature);
                ForeignTables.lay(spark.generation(), feature, root);
                var table = new Shared(feature, root, OpsTables.LAKEBASE_METRICS);
                var sql = waysOut(table);
                if (!sql.isEmpty()) {
                    refused.put(table, sql);
                }
            }
            var said = spark.run(String.join("", refused.values()), home);
            System.out.println(String.join("\n", said));
            assertThat(said).noneMatch(line -> line.startsWith("!"));
            assertThat(refused).hasSizeGreaterThan(5);
            for (var table : refused.keySet()) {
                assertThat(waysOut(table)).as(table.title()).isEmpty();
                try (var lake = LocalLakehouse.open(table.root(), clock)) {
                    append(lake, table.def());
                    lake.maintain(table.def().name(), "round", Deadline.in(Duration.ofMinutes(1)));
                }
            }
        }
    }

    private String waysOut(Shared table) {
        var delta = new DeltaTable(table.def().name(), table.path(), new LocalEngine(clock, false));
        var sql = new LinkedHashSet<String>();
        for (var use : FeatureGate.Use.values()) {
            FeatureGate.refusal(delta, delta.latest(), use)
                    .ifPresent(r -> sql.add(r.wayOut().replace("; ", ";\n") + ";\n"));
        }
        return String.join("", sql);
    }

    /// What the product counts after it appended and merged.
    private Map<String, String> product(List<Shared> tables) {
        var counted = new LinkedHashMap<String, String>();
        for (var table : tables) {
            try (var lake = LocalLakehouse.open(table.root(), clock)) {
                var name = table.def().name();
                unlessRefused(() -> append(lake, table.def()));
                unlessRefused(
                        () -> lake.maintain(name, "round", Deadline.in(Duration.ofMinutes(1))));
            }
            counted.put(table.title(), count(table));
        }
        return counted;
    }

    private void append(LocalLakehouse lake, TableDef def) {
        for (var run : List.of("ours", "gone")) {
            lake.append(def.name(), List.of(HistoryRows.row(def, clock.instant(), run)));
        }
    }

    private static void unlessRefused(Runnable work) {
        try {
            work.run();
        } catch (OpsException e) {
            assertThat(e.kind()).as(e.getMessage()).isEqualTo(OpsException.Kind.UNSUPPORTED);
        }
    }

    private String count(Shared table) {
        try (var lake = LocalLakehouse.open(table.root(), clock)) {
            var query =
                    new LakeQuery(
                            "count",
                            "SELECT count(*) AS n, count(DISTINCT run_id) AS runs,"
                                    + " sum(length(project_id)) AS letters FROM {t}");
            var row =
                    lake.query(
                                    query.at("t", table.def().name()),
                                    Map.of(),
                                    ReadScope.ALL,
                                    Deadline.in(Duration.ofMinutes(1)))
                            .list()
                            .getFirst();
            return "%s|%s|%s".formatted(row.get("n"), row.get("runs"), row.get("letters"));
        }
    }

    private static Map<String, String> spark(
            Spark spark, List<Shared> tables, String doing, Path scratch)
            throws IOException, InterruptedException {
        var script = new StringBuilder();
        for (var table : tables) {
            boolean growsOnly = table.title().equals("with appendOnly");
            script.append(table.spark(growsOnly ? doing.replaceAll("DELETE.*\n", "") : doing));
            script.append(
                    table.spark(
                            "SELECT '%s', count(*), count(DISTINCT run_id), sum(length(project_id))"
                                            .formatted(table.title())
                                    + " FROM {t};\n"));
        }
        var counted = new LinkedHashMap<String, String>();
        for (var line : spark.run(script.toString(), scratch)) {
            assertThat(line).doesNotStartWith("!");
            for (var table : tables) {
                var start = "= " + table.title() + "|";
                if (line.startsWith(start)) {
                    counted.put(table.title(), line.substring(start.length()));
                }
            }
        }
        return counted;
    }

    private List<Shared> history(Path home) {
        var tables = new ArrayList<Shared>();
        try (var lake = LocalLakehouse.open(home.resolve("history"), clock)) {
            lake.ensureTables(OpsTables.ALL);
            for (var def : OpsTables.ALL) {
                for (int day = 0; day < 3; day++) {
                    lake.append(
                            def.name(),
                            List.of(
                                    HistoryRows.row(def, clock.instant(), "r" + day),
                                    HistoryRows.row(def, clock.instant(), "ours")));
                }
                tables.add(new Shared(def.name().table(), home.resolve("history"), def));
            }
        }
        return tables;
    }

    private static List<Shared> foreign(String generation, Path home) throws IOException {
        var tables = new ArrayList<Shared>();
        for (var feature : ForeignTables.features(generation)) {
            // What cannot be read cannot be counted either: ForeignTablesTest sees to it.
            if (!feature.equals("variantType") && !feature.equals("columnMappingId")) {
                var root = home.resolve(feature);
                ForeignTables.lay(generation, feature, root);
                tables.add(new Shared("with " + feature, root, OpsTables.LAKEBASE_METRICS));
            }
        }
        return tables;
    }
}

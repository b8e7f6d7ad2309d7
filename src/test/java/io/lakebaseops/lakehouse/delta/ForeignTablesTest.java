package io.lakebaseops.lakehouse.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakehouse.ColumnDef;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.MaintenanceReport;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.TableStatus.Outcome;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Every feature that a real Spark switched on in a history table is honoured by every operation,
/// or refused by name with the way out while nothing is written.
final class ForeignTablesTest {
    private static final String OK = "ok";
    private static final MaintenancePolicy TWO_ARE_MANY =
            new MaintenancePolicy(
                    64L << 20, 16L << 20, 2, Duration.ofDays(1), Duration.ofDays(2), 50);

    /// Reading, appending, merging, expiring, adding a column. What is not `ok` is part of the
    /// refusal.
    private static final Map<String, List<String>> EXPECTED =
            Map.ofEntries(
                    all("plain", OK),
                    all("deletionVectors", OK),
                    all("columnMapping", OK),
                    all("columnMappingId", "columnMapping by id"),
                    all("typeWidening", OK),
                    Map.entry("checkConstraints", newRows("checkConstraints")),
                    Map.entry("generatedColumns", newRows("generatedColumns")),
                    Map.entry("identityColumns", newRows("identityColumns")),
                    Map.entry("allowColumnDefaults", newRows("allowColumnDefaults")),
                    Map.entry("appendOnly", List.of(OK, OK, OK, "appendOnly", OK)),
                    Map.entry("changeDataFeed", List.of(OK, OK, OK, "changeDataFeed", OK)),
                    all("rowTracking", OK),
                    all("v2Checkpoint", OK),
                    all("inCommitTimestamp", OK),
                    all("clustering", OK),
                    all("timestampNtz", OK),
                    all("variantType", "variant in column extra"),
                    all("nestedTypes", OK),
                    Map.entry("icebergCompatV2", iceberg()),
                    all("checkpointProtection", OK),
                    all("vacuumProtocolCheck", OK),
                    all("materializePartitionColumns", OK));

    @TempDir Path dir;

    private static Map.Entry<String, List<String>> all(String feature, String result) {
        return Map.entry(feature, List.of(result, result, result, result, result));
    }

    private static List<String> newRows(String feature) {
        return List.of(OK, feature, OK, OK, feature);
    }

    private static List<String> iceberg() {
        return List.of(
                OK, "icebergCompatV2", "icebergCompatV2", "icebergCompatV2", "icebergCompatV2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"delta-4.0", "delta-4.4"})
    void features_of_delta_are_honoured_or_refused_by_name(String generation) throws IOException {
        var found = new TreeMap<String, List<String>>();
        var expected = new TreeMap<String, List<String>>();
        for (var feature : ForeignTables.features(generation)) {
            expected.put(feature, EXPECTED.get(feature));
            var row = new ArrayList<String>();
            for (var operation : Operation.values()) {
                row.add(attempt(generation, feature, operation, EXPECTED.get(feature)));
            }
            found.put(feature, row);
        }
        System.out.println(table(generation, found));
        assertThat(found).isEqualTo(expected);
    }

    private enum Operation {
        READ,
        APPEND,
        MERGE,
        EXPIRE,
        ADD_COLUMN
    }

    /// A name with what Kernel's paths and URIs take for more than it is.
    private String attempt(
            String generation, String feature, Operation operation, List<String> expected)
            throws IOException {
        var root =
                Files.createDirectories(
                        dir.resolve(generation + " 100% " + feature + " " + operation));
        var counted = ForeignTables.lay(generation, feature, root);
        var before = ForeignTables.files(root);
        var clock = new TestClock(ForeignTables.START.plus(Duration.ofDays(3)));
        try (var lake = LocalLakehouse.open(root, clock, TWO_ARE_MANY)) {
            try {
                run(lake, clock, operation, counted, partitionedBy(feature));
                return OK;
            } catch (OpsException e) {
                var wanted = expected.get(operation.ordinal());
                if (!String.valueOf(e.getMessage()).contains(wanted)) {
                    return "failed: " + e.getMessage();
                }
                assertThat(e.remedy())
                        .as(feature)
                        .containsAnyOf("ALTER TABLE delta.`", "TABLE delta.`");
                assertThat(ForeignTables.files(root)).as("nothing written").isEqualTo(before);
                return wanted;
            } catch (AssertionError | RuntimeException e) {
                return "failed: " + e;
            }
        }
    }

    private static void run(
            LocalLakehouse lake,
            TestClock clock,
            Operation operation,
            ForeignTables.Counted counted,
            List<String> partitionedBy) {
        switch (operation) {
            case READ -> holds(lake, counted.rows(), counted.sum());
            case APPEND -> {
                var row = AppendAndQueryTest.metric(clock.instant(), "ours", 1000.0);
                lake.append(ForeignTables.METRICS, List.of(row));
                lake.append(ForeignTables.METRICS, List.of(row));
                holds(lake, counted.rows() + 2, counted.sum() + 2000);
            }
            case MERGE -> {
                var report = maintain(lake);
                assertThat(report.filesMerged()).isPositive();
                assertThat(report.after().rows()).isEqualTo(counted.rows());
                holds(lake, counted.rows(), counted.sum());
            }
            case EXPIRE -> {
                // The first day and a part of the second get too old.
                clock.advance(Duration.ofDays(87).plusMinutes(30));
                var old = count(lake, ReadScope.between(ForeignTables.START, cutoff(clock)));
                var kept = count(lake, ReadScope.since(cutoff(clock)));
                maintain(lake);
                assertThat(old.rows()).isPositive();
                holds(lake, kept.rows(), kept.sum());
            }
            case ADD_COLUMN -> {
                var def = OpsTables.LAKEBASE_METRICS;
                var columns = new ArrayList<>(def.columns());
                columns.add(ColumnDef.text("note", "added later"));
                var wider =
                        new TableDef(
                                def.name(),
                                def.comment(),
                                columns,
                                partitionedBy,
                                def.retentionDays());
                var status = lake.ensureTables(List.of(wider)).getFirst();
                if (status.outcome() != Outcome.EXTENDED) {
                    var notes = String.join("; ", status.notes());
                    throw new OpsException(OpsException.Kind.UNSUPPORTED, "", notes, notes);
                }
                var row = AppendAndQueryTest.metric(clock.instant(), "ours", 1000.0);
                row.put("note", "new");
                lake.append(ForeignTables.METRICS, List.of(row));
                holds(lake, counted.rows() + 1, counted.sum() + 1000);
            }
        }
    }

    private static List<String> partitionedBy(String feature) {
        return feature.equals("clustering") ? List.of() : List.of(TableDef.DATE);
    }

    private static Instant cutoff(TestClock clock) {
        return clock.instant().minus(Duration.ofDays(OpsTables.HISTORY_DAYS));
    }

    private static MaintenanceReport maintain(LocalLakehouse lake) {
        return lake.maintain(
                ForeignTables.METRICS, "run-of-test", Deadline.in(Duration.ofMinutes(2)));
    }

    private static void holds(LocalLakehouse lake, long rows, double sum) {
        assertThat(count(lake, ReadScope.ALL))
                .isEqualTo(new ForeignTables.Counted(rows + "|" + sum));
        assertThat(lake.rowCount(ForeignTables.METRICS)).isEqualTo(rows);
        // Every row still has its name, its day and its run: no column was read as another.
        assertThat(
                        count(
                                        lake,
                                        ReadScope.ALL,
                                        " WHERE metric_name IS NOT NULL AND run_id LIKE 'r_' AND unit IS NOT"
                                                + " NULL AND date = CAST(recorded_at AS DATE)")
                                .rows())
                .isEqualTo(rows);
    }

    private static ForeignTables.Counted count(LocalLakehouse lake, ReadScope scope) {
        return count(lake, scope, "");
    }

    private static ForeignTables.Counted count(
            LocalLakehouse lake, ReadScope scope, String condition) {
        var query =
                new LakeQuery(
                        "count",
                        "SELECT count(*) AS n, sum(metric_value) AS s FROM {lakebase_metrics}"
                                + condition);
        var row = lake.query(query, Map.of(), scope, Deadline.in(Duration.ofMinutes(1))).list();
        return new ForeignTables.Counted(row.getFirst().get("n") + "|" + row.getFirst().get("s"));
    }

    private static String table(String generation, Map<String, List<String>> found) {
        var text = new StringBuilder("\n");
        text.append("%-28s".formatted(generation));
        for (var operation : Operation.values()) {
            text.append(" %-22s".formatted(operation));
        }
        found.forEach(
                (feature, results) -> {
                    text.append("\n%-28s".formatted(feature));
                    results.forEach(r -> text.append(" %-22s".formatted(shown(r))));
                });
        return text.append('\n').toString();
    }

    private static String shown(String result) {
        return result.equals(OK) ? OK : "refused";
    }
}

package io.lakebaseops.lakehouse.delta;

import static io.lakebaseops.lakehouse.delta.FeatureGate.Use.APPEND;
import static io.lakebaseops.lakehouse.delta.FeatureGate.Use.CHANGE_SCHEMA;
import static io.lakebaseops.lakehouse.delta.FeatureGate.Use.EXPIRE;
import static io.lakebaseops.lakehouse.delta.FeatureGate.Use.MERGE;
import static io.lakebaseops.lakehouse.delta.FeatureGate.Use.READ;

import io.delta.kernel.Snapshot;
import io.lakebaseops.lakehouse.TableName;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Refuses what a table's Delta features would make wrong, before anything is read or written.
///
/// Other programs switch features on in tables of ours. Those named here are honoured but for the
/// uses that a rule refuses; one that is not named is refused wherever the protocol says that it
/// matters: to writers, or to readers too.
final class FeatureGate {
    private static final int FEATURES_BY_NAME = 7;

    private static final Set<Use> WRITING = EnumSet.of(APPEND, MERGE, EXPIRE, CHANGE_SCHEMA);
    private static final Set<Use> ALL = EnumSet.allOf(Use.class);
    private static final Set<Use> NEW_ROWS = EnumSet.of(APPEND, CHANGE_SCHEMA);

    /// Honoured in full: by reading, by Kernel's transactions, or because they ask nothing of us.
    private static final Set<String> HONOURED =
            Set.of(
                    "appendOnly",
                    "changeDataFeed",
                    "checkpointProtection",
                    "clustering",
                    "columnMapping",
                    "deletionVectors",
                    "domainMetadata",
                    "inCommitTimestamp",
                    "materializePartitionColumns",
                    "rowTracking",
                    "timestampNtz",
                    "typeWidening",
                    "typeWidening-preview",
                    "v2Checkpoint",
                    "vacuumProtocolCheck");

    /// What is refused of a feature that is in use.
    ///
    /// @param wayOut SQL a person runs in Spark, `{table}` being the table
    private record Rule(
            String feature, Set<Use> refused, Predicate<Snapshot> inUse, String wayOut) {}

    private static final List<Rule> RULES =
            List.of(
                    new Rule(
                            "appendOnly",
                            EnumSet.of(EXPIRE),
                            s -> isOn(s, "delta.appendOnly"),
                            "ALTER TABLE {table} SET TBLPROPERTIES ('delta.appendOnly' = 'false')"),
                    new Rule(
                            "changeDataFeed",
                            EnumSet.of(EXPIRE),
                            s -> isOn(s, "delta.enableChangeDataFeed"),
                            "ALTER TABLE {table} SET TBLPROPERTIES"
                                    + " ('delta.enableChangeDataFeed' = 'false')"),
                    new Rule(
                            "columnMapping by id",
                            ALL,
                            s -> "id".equals(property(s, "delta.columnMapping.mode")),
                            "ALTER TABLE {table} SET TBLPROPERTIES"
                                    + " ('delta.columnMapping.mode' = 'none')"),
                    new Rule(
                            "checkConstraints",
                            NEW_ROWS,
                            s ->
                                    s.getTableProperties().keySet().stream()
                                            .anyMatch(k -> k.startsWith("delta.constraints.")),
                            "ALTER TABLE {table} DROP CONSTRAINT, for each of DESCRIBE DETAIL"),
                    new Rule(
                            "invariants",
                            NEW_ROWS,
                            s -> inColumn(s, "delta.invariants"),
                            "ALTER TABLE {table} DROP FEATURE invariants"),
                    new Rule(
                            "generatedColumns",
                            NEW_ROWS,
                            s -> inColumn(s, "delta.generationExpression"),
                            "ALTER TABLE {table} DROP FEATURE generatedColumns"),
                    new Rule(
                            "identityColumns",
                            NEW_ROWS,
                            s -> inColumn(s, "delta.identity.start"),
                            "ALTER TABLE {table} DROP FEATURE identityColumns"),
                    new Rule(
                            "allowColumnDefaults",
                            NEW_ROWS,
                            s -> inColumn(s, "CURRENT_DEFAULT"),
                            "ALTER TABLE {table} ALTER COLUMN … DROP DEFAULT"),
                    iceberg("icebergCompatV1", "delta.enableIcebergCompatV1"),
                    iceberg("icebergCompatV2", "delta.enableIcebergCompatV2"),
                    iceberg("icebergCompatV3", "delta.enableIcebergCompatV3"),
                    iceberg("icebergWriterCompatV1", "delta.enableIcebergWriterCompatV1"),
                    iceberg("icebergWriterCompatV3", "delta.enableIcebergWriterCompatV3"));

    private FeatureGate() {}

    /// What somebody wants to do with a table.
    enum Use {
        READ("reading"),
        APPEND("appending"),
        MERGE("merging files"),
        EXPIRE("removing expired rows"),
        CHANGE_SCHEMA("adding columns");

        private final String words;

        Use(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /// @param feature as Delta names it
    /// @param wayOut what a person can do about it
    record Refusal(String feature, Use use, String wayOut) {
        String reason() {
            return "the table uses the Delta feature %s, which the product does not support for %s"
                    .formatted(feature, use.words());
        }
    }

    static void check(TableName table, Snapshot snapshot, Use use) {
        var refusal = refusal(table, snapshot, use);
        if (refusal.isPresent()) {
            throw LakeFailures.feature(table, refusal.get());
        }
    }

    static Optional<Refusal> refusal(TableName table, Snapshot snapshot, Use use) {
        for (var rule : RULES) {
            if (rule.refused().contains(use) && rule.inUse().test(snapshot)) {
                var wayOut = rule.wayOut().replace("{table}", table.toString());
                return Optional.of(new Refusal(rule.feature(), use, "in Spark: " + wayOut));
            }
        }
        var unknown = new ArrayList<>(unknown(snapshot, use));
        if (!unknown.isEmpty()) {
            return Optional.of(unknown(table, unknown, use));
        }
        return unsupportedType(table, snapshot, use);
    }

    /// The refusal of features nobody here knows.
    static Refusal unknown(TableName table, Iterable<String> features, Use use) {
        var names = String.join(", ", features);
        return new Refusal(
                names, use, "in Spark: ALTER TABLE %s DROP FEATURE %s".formatted(table, names));
    }

    private static Set<String> unknown(Snapshot snapshot, Use use) {
        var protocol = KernelInternals.protocol(snapshot);
        var asked = use == READ ? protocol.readerFeatures() : protocol.writerFeatures();
        var left = new TreeSet<>(asked);
        left.removeAll(HONOURED);
        RULES.forEach(rule -> left.remove(rule.feature()));
        if (protocol.writer() > FEATURES_BY_NAME && use != READ) {
            left.add("writer version " + protocol.writer());
        }
        return left;
    }

    private static Optional<Refusal> unsupportedType(TableName table, Snapshot snapshot, Use use) {
        boolean renamed = !"none".equals(property(snapshot, "delta.columnMapping.mode"));
        for (var field : snapshot.getSchema().fields()) {
            boolean nested = DeltaTypes.isNested(field.getDataType());
            if (!DeltaTypes.isSupported(field.getDataType()) || (renamed && nested)) {
                var type = field.getDataType().toString().toLowerCase(Locale.ROOT);
                var what = "%s in column %s".formatted(type, field.getName());
                return Optional.of(
                        new Refusal(
                                what,
                                use,
                                "keep such data in a table of its own: copy %s without the column"
                                        .formatted(table)));
            }
        }
        return Optional.empty();
    }

    private static Rule iceberg(String feature, String property) {
        return new Rule(
                feature,
                WRITING,
                s -> isOn(s, property),
                "ALTER TABLE {table} SET TBLPROPERTIES ('" + property + "' = 'false')");
    }

    private static String property(Snapshot snapshot, String name) {
        return snapshot.getTableProperties().getOrDefault(name, "none").toLowerCase(Locale.ROOT);
    }

    private static boolean isOn(Snapshot snapshot, String property) {
        return "true".equals(property(snapshot, property));
    }

    private static boolean inColumn(Snapshot snapshot, String key) {
        return snapshot.getSchema().fields().stream().anyMatch(f -> f.getMetadata().contains(key));
    }
}

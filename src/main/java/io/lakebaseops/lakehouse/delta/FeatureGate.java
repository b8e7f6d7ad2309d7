package io.lakebaseops.lakehouse.delta;

import static io.lakebaseops.lakehouse.delta.FeatureGate.Use.APPEND;
import static io.lakebaseops.lakehouse.delta.FeatureGate.Use.CHANGE_SCHEMA;
import static io.lakebaseops.lakehouse.delta.FeatureGate.Use.EXPIRE;
import static io.lakebaseops.lakehouse.delta.FeatureGate.Use.MERGE;
import static io.lakebaseops.lakehouse.delta.FeatureGate.Use.READ;

import io.delta.kernel.Snapshot;
import io.delta.kernel.types.StructField;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Refuses what a table's Delta features would make wrong, before anything is read or written.
///
/// Other programs switch features on in tables of ours. Those named here are honoured but for the
/// uses that a rule refuses; one that is not named is refused wherever the protocol says that it
/// matters: to writers, or to readers too.
final class FeatureGate {
    private static final String CONSTRAINT = "delta.constraints.";
    private static final String DEFAULT = "CURRENT_DEFAULT";

    private static final Set<Use> WRITING = EnumSet.of(APPEND, MERGE, EXPIRE, CHANGE_SCHEMA);
    private static final Set<Use> ALL = EnumSet.allOf(Use.class);
    private static final Set<Use> NEW_ROWS = EnumSet.of(APPEND, CHANGE_SCHEMA);

    /// Honoured in full: by reading, by Kernel's transactions, or because they ask nothing of us
    /// but not to use a type.
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
                    "vacuumProtocolCheck",
                    "variantType");

    /// What is refused of a feature that is in use.
    ///
    /// @param wayOut SQL a person runs in Spark, `{table}` being the table
    private record Rule(
            String feature,
            Set<Use> refused,
            Predicate<Snapshot> inUse,
            Function<Snapshot, String> wayOut) {}

    private static final List<Rule> RULES =
            List.of(
                    property("appendOnly", EnumSet.of(EXPIRE), "delta.appendOnly"),
                    property("changeDataFeed", EnumSet.of(EXPIRE), "delta.enableChangeDataFeed"),
                    new Rule(
                            "columnMapping by id",
                            ALL,
                            s -> "id".equals(property(s, "delta.columnMapping.mode")),
                            _ -> set("delta.columnMapping.mode", "none")),
                    new Rule(
                            "checkConstraints",
                            NEW_ROWS,
                            s -> !constraints(s).isEmpty(),
                            s -> each("ALTER TABLE {table} DROP CONSTRAINT %s", constraints(s))),
                    new Rule(
                            "allowColumnDefaults",
                            NEW_ROWS,
                            s -> !columns(s, DEFAULT).isEmpty(),
                            s ->
                                    each(
                                            "ALTER TABLE {table} ALTER COLUMN %s DROP DEFAULT",
                                            columns(s, DEFAULT))),
                    column("invariants", "delta.invariants"),
                    column("generatedColumns", "delta.generationExpression"),
                    column("identityColumns", "delta.identity.start"),
                    property("icebergCompatV1", WRITING, "delta.enableIcebergCompatV1"),
                    property("icebergCompatV2", WRITING, "delta.enableIcebergCompatV2"),
                    property("icebergCompatV3", WRITING, "delta.enableIcebergCompatV3"),
                    property("icebergWriterCompatV1", WRITING, "delta.enableIcebergWriterCompatV1"),
                    property(
                            "icebergWriterCompatV3", WRITING, "delta.enableIcebergWriterCompatV3"));

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
    /// @param wayOut SQL that ends it, run in Spark
    record Refusal(String feature, Use use, String wayOut) {
        String reason() {
            return "the table uses the Delta feature %s, which the product does not support for %s"
                    .formatted(feature, use.words());
        }
    }

    static void check(DeltaTable table, Snapshot snapshot, Use use) {
        var refusal = refusal(table, snapshot, use);
        if (refusal.isPresent()) {
            throw LakeFailures.feature(table.name(), refusal.get());
        }
    }

    static Optional<Refusal> refusal(DeltaTable table, Snapshot snapshot, Use use) {
        for (var rule : RULES) {
            if (rule.refused().contains(use) && rule.inUse().test(snapshot)) {
                var wayOut = rule.wayOut().apply(snapshot);
                return Optional.of(new Refusal(rule.feature(), use, of(table, wayOut)));
            }
        }
        var unknown = unknown(snapshot, use);
        return unknown.isEmpty()
                ? unsupportedType(table, snapshot, use)
                : Optional.of(unknown(table, unknown, use));
    }

    /// The refusal of features nobody here knows.
    static Refusal unknown(DeltaTable table, Collection<String> features, Use use) {
        return new Refusal(
                String.join(", ", features),
                use,
                of(table, each("ALTER TABLE {table} DROP FEATURE %s", features)));
    }

    private static Set<String> unknown(Snapshot snapshot, Use use) {
        var protocol = KernelInternals.protocol(snapshot);
        var asked = use == READ ? protocol.readerFeatures() : protocol.writerFeatures();
        var left = new TreeSet<>(asked);
        left.removeAll(HONOURED);
        RULES.forEach(rule -> left.remove(rule.feature()));
        return left;
    }

    private static Optional<Refusal> unsupportedType(DeltaTable table, Snapshot snapshot, Use use) {
        boolean renamed = !"none".equals(property(snapshot, "delta.columnMapping.mode"));
        for (var field : snapshot.getSchema().fields()) {
            boolean nested = DeltaTypes.isNested(field.getDataType());
            if (!DeltaTypes.isSupported(field.getDataType()) || (renamed && nested)) {
                var type = field.getDataType().toString().toLowerCase(Locale.ROOT);
                var name = field.getName();
                var copy = copy(snapshot, "* EXCEPT (%s)".formatted(backquoted(name)));
                return Optional.of(
                        new Refusal("%s in column %s".formatted(type, name), use, of(table, copy)));
            }
        }
        return Optional.empty();
    }

    private static Rule property(String feature, Set<Use> refused, String property) {
        return new Rule(feature, refused, s -> isOn(s, property), _ -> set(property, "false"));
    }

    private static Rule column(String feature, String key) {
        return new Rule(feature, NEW_ROWS, s -> !columns(s, key).isEmpty(), s -> copy(s, "*"));
    }

    private static String of(DeltaTable table, String sql) {
        return sql.replace("{table}", "delta.`" + table.directory() + "`");
    }

    private static String set(String property, String value) {
        return "ALTER TABLE {table} SET TBLPROPERTIES ('%s' = '%s')".formatted(property, value);
    }

    private static String each(String sql, Collection<String> names) {
        return names.stream()
                .map(name -> sql.formatted(backquoted(name)))
                .collect(Collectors.joining("; "));
    }

    /// What only a new table can get rid of.
    private static String copy(Snapshot snapshot, String columns) {
        var partitions = String.join(", ", snapshot.getPartitionColumnNames());
        return "CREATE OR REPLACE TABLE {table} USING delta%s AS SELECT %s FROM {table}"
                .formatted(
                        partitions.isEmpty() ? "" : " PARTITIONED BY (" + partitions + ")",
                        columns);
    }

    private static String backquoted(String name) {
        return name.matches("[A-Za-z_]\\w*") ? name : "`" + name.replace("`", "``") + "`";
    }

    private static List<String> constraints(Snapshot snapshot) {
        return snapshot.getTableProperties().keySet().stream()
                .filter(k -> k.startsWith(CONSTRAINT))
                .map(k -> k.substring(CONSTRAINT.length()))
                .sorted()
                .toList();
    }

    private static List<String> columns(Snapshot snapshot, String key) {
        return snapshot.getSchema().fields().stream()
                .filter(f -> f.getMetadata().contains(key))
                .map(StructField::getName)
                .toList();
    }

    private static String property(Snapshot snapshot, String name) {
        return snapshot.getTableProperties().getOrDefault(name, "none").toLowerCase(Locale.ROOT);
    }

    private static boolean isOn(Snapshot snapshot, String property) {
        return "true".equals(property(snapshot, property));
    }
}

package io.lakebaseops.agents.health.sync;

import io.lakebaseops.reconcile.DifferenceClass;
import io.lakebaseops.reconcile.DifferingKey;
import io.lakebaseops.reconcile.TablePair;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// The statement that would make rows of a Delta table as PostgreSQL has them, for a person to run
/// in Databricks: our hands are off a table that a pipeline writes.
public final class MergeText {
    private MergeText() {}

    /// The statement in short, without the rows.
    public static String outline(TablePair pair, List<String> keyColumns, List<DifferingKey> keys) {
        long gone = count(keys, DifferenceClass.EXTRA);
        long come = count(keys, DifferenceClass.MISSING);
        return """
        MERGE INTO %s t
        USING repair s ON %s
        WHEN MATCHED AND s.gone THEN DELETE  -- %d
        WHEN MATCHED THEN UPDATE SET *  -- %d
        WHEN NOT MATCHED THEN INSERT *  -- %d
        """
                .formatted(name(pair), on(keyColumns), gone, keys.size() - gone - come, come)
                .strip();
    }

    /// With the rows, ready to be run.
    public static String of(
            TablePair pair,
            List<String> columns,
            List<String> keyColumns,
            List<DifferingKey> keys) {
        var rows =
                keys.stream()
                        .map(
                                k -> {
                                    // A key that differs stands on one side at least.
                                    var row =
                                            Objects.requireNonNull(
                                                    k.source() == null ? k.delta() : k.source());
                                    return "("
                                            + row.stream()
                                                    .map(MergeText::literal)
                                                    .collect(Collectors.joining(", "))
                                            + ", "
                                            + (k.source() == null)
                                            + ")";
                                })
                        .collect(Collectors.joining(",\n  "));
        var names = columns.stream().map(MergeText::quoted).collect(Collectors.joining(", "));
        var set =
                columns.stream()
                        .map(c -> quoted(c) + " = s." + quoted(c))
                        .collect(Collectors.joining(", "));
        var values = columns.stream().map(c -> "s." + quoted(c)).collect(Collectors.joining(", "));
        return """
        MERGE INTO %s t
        USING (VALUES
          %s
        ) AS s (%s, gone)
        ON %s
        WHEN MATCHED AND s.gone THEN DELETE
        WHEN MATCHED THEN UPDATE SET %s
        WHEN NOT MATCHED AND NOT s.gone THEN INSERT (%s) VALUES (%s);
        """
                .formatted(name(pair), rows, names, on(keyColumns), set, names, values);
    }

    private static long count(List<DifferingKey> keys, DifferenceClass kind) {
        return keys.stream().filter(k -> k.kind() == kind).count();
    }

    private static String name(TablePair pair) {
        return quoted(pair.mirror().schema()) + "." + quoted(pair.mirror().table());
    }

    private static String on(List<String> key) {
        return key.stream()
                .map(k -> "t." + quoted(k) + " = s." + quoted(k))
                .collect(Collectors.joining(" AND "));
    }

    private static String quoted(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : "`" + name.replace("`", "``") + "`";
    }

    private static String literal(@Nullable String value) {
        return value == null ? "NULL" : "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}

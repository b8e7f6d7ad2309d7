package io.lakebaseops.reconcile;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// A key whose row is not the same on both sides, with what each side holds.
///
/// @param key its values in the order of the key
/// @param columns those that differ; empty for a whole row
/// @param source all compared columns in PostgreSQL; null when the row is not there
/// @param delta all compared columns in Delta; null when the row is not there
/// @param bucket where it lies, of the 1,024 that are shown
/// @param xmin the transaction that wrote the row in PostgreSQL
/// @param changedAt when that was committed, where the server keeps it
public record DifferingKey(
        List<String> key,
        DifferenceClass kind,
        List<String> columns,
        @Nullable List<@Nullable String> source,
        @Nullable List<@Nullable String> delta,
        int bucket,
        @Nullable Long xmin,
        @Nullable Instant changedAt) {
    public DifferingKey {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }

    public String keyText() {
        return String.join(", ", key);
    }

    /// Keys alike in this are shown as one group.
    public String alike() {
        return kind + " " + columns;
    }
}

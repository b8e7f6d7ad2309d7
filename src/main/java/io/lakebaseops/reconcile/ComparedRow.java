package io.lakebaseops.reconcile;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One row of one side, column by column.
///
/// @param canonical what is compared
/// @param shown for people; null for NULL
/// @param xmin the transaction that wrote it, in PostgreSQL alone
/// @param committedAt where the server keeps commit times
record ComparedRow(
        List<@Nullable Object> canonical,
        List<@Nullable Object> shown,
        @Nullable Long xmin,
        @Nullable Instant committedAt) {

    static ComparedRow of(Map<String, @Nullable Object> row) {
        return new ComparedRow(
                list(row.get("canonical")),
                list(row.get("shown")),
                row.get("xmin") instanceof String x ? Long.valueOf(x) : null,
                row.get("committed_at") instanceof Instant at ? at : null);
    }

    @SuppressWarnings("unchecked") // arrays come as lists, of texts here
    private static List<@Nullable Object> list(@Nullable Object value) {
        return (List<@Nullable Object>) Objects.requireNonNull(value);
    }

    @Nullable String shown(int column) {
        var value = shown.get(column);
        return value == null ? null : value.toString();
    }
}

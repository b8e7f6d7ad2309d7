package io.lakebaseops.lakehouse;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The definition of a Delta table: columns, partitioning and retention.
///
/// @param partitionedBy columns whose values split the files; `date` is filled from `recorded_at`
/// @param retentionDays rows with an older `recorded_at` are removed; null keeps them for ever
public record TableDef(
        TableName name,
        String comment,
        List<ColumnDef> columns,
        List<String> partitionedBy,
        @Nullable Integer retentionDays) {

    /// The moment a row speaks of; retention, pruning and the partition day go by it.
    public static final String RECORDED_AT = "recorded_at";

    /// The UTC day of `recorded_at`, kept as a partition column.
    public static final String DATE = "date";

    public TableDef {
        columns = List.copyOf(columns);
        partitionedBy = List.copyOf(partitionedBy);
        var seen = new HashSet<String>();
        for (var column : columns) {
            if (!seen.add(column.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(name + " has two columns " + column.name());
            }
        }
        for (var partition : partitionedBy) {
            if (!seen.contains(partition)) {
                throw new IllegalArgumentException(name + " has no column " + partition);
            }
        }
        if (columns.size() == partitionedBy.size()) {
            throw new IllegalArgumentException(name + " has nothing but partition columns");
        }
        if (retentionDays != null && (retentionDays < 1 || !seen.contains(RECORDED_AT))) {
            throw new IllegalArgumentException(
                    name + ": retention needs recorded_at and at least one day");
        }
    }

    public Optional<ColumnDef> column(String column) {
        return columns.stream().filter(c -> c.name().equals(column)).findFirst();
    }
}

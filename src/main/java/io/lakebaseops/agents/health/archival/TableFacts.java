package io.lakebaseops.agents.health.archival;

import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What the catalog says of a table whose rows might move.
record TableFacts(
        String schema,
        String table,
        Row row,
        List<ColumnRow> columns,
        List<Referencing> referencing,
        List<PartitionRow> partitions) {
    record Row(
            boolean isPartitioned,
            boolean isTable,
            long totalBytes,
            long estimatedRows,
            boolean isRowSecurityActive,
            boolean mayDelete,
            boolean isOwner,
            boolean hasChildren,
            String triggers,
            String rules,
            String publications) {}

    /// @param numericPrecision null without one, also of a domain
    /// @param keyPlace place in the primary key; null outside
    record ColumnRow(
            String columnName,
            String typeName,
            String baseType,
            @Nullable Integer numericPrecision,
            @Nullable Integer numericScale,
            boolean isGenerated,
            boolean isIdentity,
            boolean isNotNull,
            boolean isNotNullDomain,
            @Nullable Integer keyPlace) {}

    /// @param deleteAction `a` no action, `r` restrict, `c` cascade, `n` set null, `d` set default
    record Referencing(
            String constraintName,
            String fromSchema,
            String fromTable,
            String deleteAction,
            List<String> fromColumns,
            List<String> toColumns) {
        boolean changesChildren() {
            return !(deleteAction.equals("a") || deleteAction.equals("r"));
        }
    }

    /// @param toTime null for a default partition and for other than ranges of one time column
    record PartitionRow(
            String schemaName,
            String tableName,
            @Nullable Instant fromTime,
            @Nullable Instant toTime,
            String remake,
            boolean isLeaf,
            long estimatedRows,
            long totalBytes,
            @Nullable Instant lastRead) {
        boolean isColdAt(Instant before) {
            return isLeaf && toTime != null && !toTime.isAfter(before);
        }
    }

    static @Nullable TableFacts read(ReadSession session, String schema, String table) {
        var name = Map.of("schema_name", schema, "table_name", table);
        var row = session.one(ColdSql.TABLE, name, Row.class);
        return row == null
                ? null
                : new TableFacts(
                        schema,
                        table,
                        row,
                        session.query(ColdSql.COLUMNS, name, ColumnRow.class),
                        session.query(ColdSql.REFERENCING, name, Referencing.class),
                        row.isPartitioned()
                                ? session.query(ColdSql.PARTITIONS, name, PartitionRow.class)
                                : List.of());
    }

    /// The primary key; for partitions that go as a whole also an identity column with the time,
    /// whose uniqueness the read-back proves.
    List<String> keys(String timeColumn) {
        var primary =
                columns.stream()
                        .filter(c -> c.keyPlace() != null)
                        .sorted(Comparator.comparing(ColumnRow::keyPlace))
                        .map(ColumnRow::columnName)
                        .toList();
        if (!primary.isEmpty() || !row.isPartitioned()) {
            return primary;
        }
        return columns.stream()
                .filter(c -> c.isIdentity() && c.isNotNull())
                .findFirst()
                .map(c -> List.of(c.columnName(), timeColumn))
                .orElse(List.of());
    }
}

package io.lakebaseops.agents.performance.indexes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What an index orders, holds and enforces.
///
/// @param keys what it sorts or hashes by, in order
/// @param included columns it carries without sorting by them
/// @param predicate null when it covers every row
/// @param options storage options as text
record IndexShape(
        Row row, List<Key> keys, Set<String> included, @Nullable String predicate, String options) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    IndexShape {
        keys = List.copyOf(keys);
        included = Set.copyOf(included);
    }

    /// Two keys are the same when every component is: then both sort the same values the same way.
    ///
    /// @param column null for an expression
    /// @param family operator family; with `type` it says more than the operator class, of which
    ///     several mean the same (`text_ops`, `varchar_ops`)
    /// @param option bit 0 = DESC, bit 1 = NULLS FIRST
    /// @param options of the operator class, null when none are set
    record Key(
            @Nullable String column,
            @Nullable String expression,
            long family,
            long type,
            long collation,
            int option,
            @Nullable String options) {
        String words() {
            return column == null ? String.valueOf(expression) : column;
        }
    }

    /// As `indexes/duplicate_indexes` returns it.
    record Row(
            String schemaName,
            String tableName,
            String indexName,
            long tableOid,
            long indexOid,
            String method,
            boolean isUnique,
            boolean nullsNotDistinct,
            boolean isImmediate,
            boolean isUsable,
            boolean isReplicaIdentity,
            boolean isClustered,
            @Nullable String constraintName,
            @Nullable String constraintType,
            boolean servesForeignKey,
            boolean isUnknown,
            @Nullable String predicate,
            String keys,
            List<String> included,
            String options,
            boolean isAttached,
            boolean isPartitioned,
            boolean isTablePartitioned,
            long indexBytes,
            long scans,
            @Nullable Instant lastIdxScan,
            boolean mayChange) {}

    static IndexShape of(Row row) {
        try {
            var keys = List.of(JSON.readValue(row.keys(), Key[].class));
            return new IndexShape(
                    row, keys, new HashSet<>(row.included()), row.predicate(), row.options());
        } catch (JsonProcessingException e) {
            throw new OpsException(
                    OpsException.Kind.INTERNAL,
                    "Reading the keys of index " + row.indexName(),
                    String.valueOf(e.getMessage()),
                    "report this as a fault of the console",
                    e);
        }
    }

    boolean btree() {
        return row.method().equals("btree");
    }

    /// Every column a scan can get out of it without visiting the table.
    Set<String> columns() {
        var all = new HashSet<>(included);
        keys.forEach(
                k -> {
                    if (k.column() != null) {
                        all.add(k.column());
                    }
                });
        return all;
    }

    /// Nothing that is not an index itself would go with it: no foreign key relies on it, logical
    /// replication does not name rows by it, no partitioned index holds it.
    boolean free() {
        return !row.isReplicaIdentity() && !row.servesForeignKey() && !row.isAttached();
    }

    /// `(status, lower(name))`.
    String keyWords() {
        return "(" + String.join(", ", keys.stream().map(Key::words).toList()) + ")";
    }
}

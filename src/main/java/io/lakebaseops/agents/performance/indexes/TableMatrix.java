package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.sqltext.Token;
import io.lakebaseops.sqltext.Tokens;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One table with all its indexes side by side, as a grid of keys shows them, read at one moment.
///
/// @param columns of the table in their order, those of no index left out
/// @param indexWrites entries written into each index since the statistics began
/// @param hotShare of its updates that touched no index, 0 to 1; null without updates
/// @param countedSince when its counters began; null when they were never reset
public record TableMatrix(
        String database,
        String schema,
        String table,
        Instant at,
        long rowCount,
        long bytes,
        List<String> columns,
        long updates,
        long indexWrites,
        @Nullable Double hotShare,
        @Nullable Instant countedSince,
        List<Entry> indexes) {
    public TableMatrix {
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
    }

    /// @param constraint it backs, null for none
    /// @param writeShare of the bytes that writes of the table bring into its indexes, 0 to 1,
    ///     estimated from how many entries of which size it holds
    /// @param bloat null where it cannot be estimated
    /// @param covered by another index of the table; null when it is not
    public record Entry(
            String schema,
            String name,
            String method,
            List<Key> keys,
            List<String> included,
            @Nullable String predicate,
            List<String> predicateColumns,
            boolean unique,
            boolean valid,
            @Nullable String constraint,
            @Nullable String constraintType,
            long bytes,
            long scans,
            @Nullable Instant lastScan,
            double writeShare,
            @Nullable Bloat bloat,
            @Nullable Covered covered) {
        public Entry {
            keys = List.copyOf(keys);
            included = List.copyOf(included);
            predicateColumns = List.copyOf(predicateColumns);
        }
    }

    /// @param column null for an expression
    public record Key(@Nullable String column, String words) {}

    /// @param share of the file that a rebuild would free, 0 to 1, estimated between two bounds
    public record Bloat(double share, double least, double most) {}

    /// @param by the index that does its work
    /// @param kind `same`, `narrower`, `prefix` or `referenced`
    public record Covered(String by, String kind) {}

    /// Reads the catalog of this table alone; null when there is no such table.
    public static @Nullable TableMatrix read(ReadSession session, String schema, String table) {
        var catalog = IndexCatalog.ofTable(session, schema, table);
        var found =
                catalog.tables().values().stream()
                        .filter(t -> t.schemaName().equals(schema) && t.tableName().equals(table))
                        .findFirst();
        return found.map(t -> of(catalog, t, bloat(session, catalog, t))).orElse(null);
    }

    private static Map<Long, IndexBloat> bloat(
            ReadSession session, IndexCatalog catalog, CatalogTable table) {
        var indexes =
                catalog.indexes().stream()
                        .filter(i -> i.row().tableOid() == table.tableOid())
                        .filter(IndexBloatCheck::estimable)
                        .toList();
        return indexes.isEmpty()
                ? Map.of()
                : IndexBloatCheck.estimates(session, indexes).stream()
                        .collect(
                                Collectors.toMap(
                                        b -> b.index().row().indexOid(), Function.identity()));
    }

    private static TableMatrix of(
            IndexCatalog catalog, CatalogTable table, Map<Long, IndexBloat> bloat) {
        var own = catalog.byTable().getOrDefault(table.tableOid(), List.of());
        var covered =
                Redundancy.among(own).stream()
                        .collect(
                                Collectors.toMap(
                                        r -> r.redundant().row().indexOid(),
                                        r ->
                                                new Covered(
                                                        r.keep().row().indexName(), r.kindWord())));
        double live = own.stream().mapToDouble(i -> live(i, bloat)).sum();
        var entries =
                own.stream()
                        .map(
                                i ->
                                        entry(
                                                i,
                                                table,
                                                live == 0 ? 0 : live(i, bloat) / live,
                                                bloat.get(i.row().indexOid()),
                                                covered.get(i.row().indexOid())))
                        .toList();
        return new TableMatrix(
                catalog.database(),
                table.schemaName(),
                table.tableName(),
                catalog.counting().at(),
                rows(catalog, table),
                bytes(catalog, table),
                table.columns().stream()
                        .filter(c -> entries.stream().anyMatch(e -> names(e, c)))
                        .toList(),
                table.updates(),
                table.indexWrites(),
                table.updates() == 0 ? null : (double) table.hotUpdates() / table.updates(),
                catalog.countedSince(),
                entries);
    }

    /// A partitioned table holds nothing itself.
    private static long rows(IndexCatalog catalog, CatalogTable table) {
        return table.isPartitioned()
                ? catalog.tables().values().stream()
                        .filter(t -> !t.isPartitioned())
                        .mapToLong(CatalogTable::rowCount)
                        .sum()
                : table.rowCount();
    }

    private static long bytes(IndexCatalog catalog, CatalogTable table) {
        return table.isPartitioned()
                ? catalog.tables().values().stream().mapToLong(CatalogTable::bytes).sum()
                : table.bytes();
    }

    private static boolean names(Entry e, String column) {
        return e.included().contains(column)
                || e.predicateColumns().contains(column)
                || e.keys().stream().anyMatch(k -> Objects.equals(k.column(), column));
    }

    /// Bytes its entries take without the bloat around them.
    private static double live(IndexShape i, Map<Long, IndexBloat> bloat) {
        var row = i.row();
        var known = bloat.get(row.indexOid());
        return row.indexBytes() * (known == null ? 1 : 1 - known.wasted());
    }

    private static Entry entry(
            IndexShape i,
            CatalogTable table,
            double writeShare,
            @Nullable IndexBloat bloat,
            @Nullable Covered covered) {
        var row = i.row();
        return new Entry(
                row.schemaName(),
                row.indexName(),
                row.method(),
                i.keys().stream().map(k -> new Key(k.column(), k.words())).toList(),
                i.included().stream().sorted().toList(),
                i.predicate(),
                columnsIn(i.predicate(), table),
                row.isUnique(),
                row.isUsable(),
                row.constraintName(),
                row.constraintType(),
                row.indexBytes(),
                row.scans(),
                row.lastIdxScan(),
                writeShare,
                bloat == null
                        ? null
                        : new Bloat(bloat.wasted(), bloat.leastWasted(), bloat.mostWasted()),
                covered);
    }

    /// The server prints predicates with each column as an identifier of its own.
    private static List<String> columnsIn(@Nullable String predicate, CatalogTable table) {
        if (predicate == null) {
            return List.of();
        }
        var names =
                Tokens.of(predicate, Tokens.Dialect.SERVER).stream()
                        .map(
                                t ->
                                        t.kind() == Token.Kind.QUOTED_IDENT
                                                ? t.text()
                                                        .substring(1, t.text().length() - 1)
                                                        .replace("\"\"", "\"")
                                                : t.kind() == Token.Kind.WORD ? t.text() : "")
                        .collect(Collectors.toSet());
        return table.columns().stream().filter(names::contains).toList();
    }
}

package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Format;
import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tables, indexes and foreign keys of one database, read once a run. All index checks judge
/// from this one picture, so that what they say fits together and the server is asked once.
///
/// @param tables by their OID
/// @param indexes ordered by table, then by age; without those that could not be read
/// @param moves what lets foreign keys refer to the primary key instead, by the index they name now
/// @param byTable the indexes of each table that has some
/// @param countedSince when the counters began; null when they were never reset
/// @param unread indexes and foreign keys that cannot be judged while their table is locked
record IndexCatalog(
        String database,
        Counting counting,
        Map<Long, CatalogTable> tables,
        List<IndexShape> indexes,
        List<ForeignKey> foreignKeys,
        Map<Long, List<ForeignKeyMove>> moves,
        List<String> unread,
        Map<Long, List<IndexShape>> byTable,
        @Nullable Instant countedSince) {
    IndexCatalog {
        tables = Map.copyOf(tables);
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
        moves = Map.copyOf(moves);
        unread = List.copyOf(unread);
        byTable = Collections.unmodifiableMap(byTable);
    }

    IndexCatalog(
            String database,
            Counting counting,
            Map<Long, CatalogTable> tables,
            List<IndexShape> indexes,
            List<ForeignKey> foreignKeys,
            Map<Long, List<ForeignKeyMove>> moves,
            List<String> unread) {
        this(
                database,
                counting,
                tables,
                indexes,
                foreignKeys,
                moves,
                unread,
                byTable(indexes),
                counting.since(
                        Stream.concat(
                                indexes.stream().map(i -> i.row().lastIdxScan()),
                                tables.values().stream().map(CatalogTable::lastSeqScan))));
    }

    /// Since when the counters count, as `indexes/catalog_counting` returns it.
    ///
    /// @param statsReset null when nobody ever reset them
    /// @param standbys that count the scans they do themselves
    record Counting(
            Instant at,
            @Nullable Instant statsReset,
            Instant serverStart,
            boolean isStandby,
            int standbys,
            int serverVersion) {
        /// Since when they count without a gap; null when they were never reset. A crash and a
        /// compute that was suspended may lose them: that they lived through the last start is
        /// shown by any scan counted before it.
        @Nullable Instant since(Stream<@Nullable Instant> scans) {
            if (scans.anyMatch(s -> s != null && s.isBefore(serverStart))) {
                return statsReset;
            }
            return statsReset == null || statsReset.isBefore(serverStart)
                    ? serverStart
                    : statsReset;
        }
    }

    private static final Comparator<CatalogIndex> BY_TABLE_AND_AGE =
            Comparator.comparingLong(CatalogIndex::tableOid)
                    .thenComparingLong(CatalogIndex::indexOid);

    private record OperatorClass(long classOid, long family, long type) {}

    static IndexCatalog read(ReadSession session) {
        var counting = counting(session);
        var tables = tables(session, null, null);
        var classes = classes(session);
        var indexes = indexes(session, tables, null);
        var keys = ForeignKeyReader.read(session, tables, indexes, classes);
        var shapes = shapes(indexes, tables, classes);
        return new IndexCatalog(
                session.database(),
                counting,
                tables,
                shapes,
                keys.list(),
                ForeignKeyMove.read(session, shapes),
                Stream.concat(
                                indexes.stream()
                                        .filter(CatalogIndex::isUnknown)
                                        .map(i -> named(tables, i)),
                                keys.unread().stream())
                        .toList());
    }

    /// One table with its partitions, without foreign keys.
    static IndexCatalog ofTable(ReadSession session, String schema, String table) {
        var counting = counting(session);
        var tables = tables(session, schema, table);
        var classes = classes(session);
        var indexes = indexes(session, tables, List.copyOf(tables.keySet()));
        return new IndexCatalog(
                session.database(),
                counting,
                tables,
                shapes(indexes, tables, classes),
                List.of(),
                Map.of(),
                indexes.stream()
                        .filter(CatalogIndex::isUnknown)
                        .map(i -> named(tables, i))
                        .toList());
    }

    private static Counting counting(ReadSession session) {
        return session.query(IndexSql.COUNTING, Map.of(), Counting.class).getFirst();
    }

    private static Map<Long, CatalogTable> tables(
            ReadSession session, @Nullable String schema, @Nullable String table) {
        var which = new HashMap<String, @Nullable Object>();
        which.put("schema_name", schema);
        which.put("table_name", table);
        return session.query(IndexSql.TABLES, which, CatalogTable.class).stream()
                .collect(
                        Collectors.toMap(
                                CatalogTable::tableOid,
                                Function.identity(),
                                (a, _) -> a,
                                LinkedHashMap::new));
    }

    private static Map<Long, IndexShape.KeyClass> classes(ReadSession session) {
        var classes = new HashMap<Long, IndexShape.KeyClass>();
        for (var c : session.query(IndexSql.OPERATOR_CLASSES, Map.of(), OperatorClass.class)) {
            classes.put(c.classOid(), new IndexShape.KeyClass(c.family(), c.type()));
        }
        return classes;
    }

    private static List<CatalogIndex> indexes(
            ReadSession session, Map<Long, CatalogTable> tables, @Nullable List<Long> oids) {
        var which = new HashMap<String, @Nullable Object>();
        which.put("table_oids", oids);
        return session.query(IndexSql.INDEXES, which, CatalogIndex.class).stream()
                .filter(i -> tables.containsKey(i.tableOid()))
                .sorted(BY_TABLE_AND_AGE)
                .toList();
    }

    private static List<IndexShape> shapes(
            List<CatalogIndex> indexes,
            Map<Long, CatalogTable> tables,
            Map<Long, IndexShape.KeyClass> classes) {
        return IndexShape.all(
                indexes.stream().filter(i -> !i.isUnknown()).toList(), tables, classes);
    }

    private static String named(Map<Long, CatalogTable> tables, CatalogIndex index) {
        var table = tables.get(index.tableOid());
        return (table == null ? "" : table.schemaName() + ".") + index.indexName();
    }

    /// In a sentence, empty when all was read.
    List<String> caveats() {
        return unread.isEmpty()
                ? List.of()
                : List.of(
                        "%s: not judged, because their tables are locked exclusively: %s"
                                .formatted(database, String.join(", ", unread)));
    }

    /// Counters that were reset within a day say little of how often something happens; empty
    /// otherwise.
    List<String> resetCaveats() {
        var reset = counting.statsReset();
        return reset == null || reset.isBefore(counting.at().minus(Duration.ofDays(1)))
                ? List.of()
                : List.of(
                        "%s: its counters began anew at %s: scans and changes before that are not known"
                                .formatted(database, Format.utc(reset)));
    }

    private static Map<Long, List<IndexShape>> byTable(List<IndexShape> indexes) {
        return indexes.stream()
                .collect(
                        Collectors.groupingBy(
                                i -> i.row().tableOid(), LinkedHashMap::new, Collectors.toList()));
    }

    /// Names of the indexes by their OID.
    Map<Long, String> names() {
        var names = new HashMap<Long, String>();
        indexes.forEach(i -> names.put(i.row().indexOid(), i.row().indexName()));
        return names;
    }

    CatalogTable tableOf(IndexShape index) {
        var table = tables.get(index.row().tableOid());
        if (table == null) {
            throw new IllegalArgumentException("of another catalog: " + index.row().indexName());
        }
        return table;
    }
}

package io.lakebaseops.agents.performance.indexes;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Builds a picture of a database by hand, as a careful DBA would describe it in a sentence: tables
/// that are read and written, indexes of 100 MB over all rows that nothing has scanned.
final class SampleCatalog {
    static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");
    private static final long MB = 1 << 20;

    private final Map<Long, CatalogTable> tables = new LinkedHashMap<>();
    private final List<CatalogIndex> indexes = new ArrayList<>();
    private final List<ForeignKey> keys = new ArrayList<>();
    private Instant at = NOW;
    private @Nullable Instant statsReset;
    private Instant serverStart = ago(100);
    private boolean standby;
    private int standbys;
    private int version = 170_011;
    private long next = 20_000;

    static Instant ago(long days) {
        return NOW.minus(Duration.ofDays(days));
    }

    /// When it is read.
    SampleCatalog at(Instant moment) {
        at = moment;
        return this;
    }

    SampleCatalog reset(Instant at) {
        statsReset = at;
        return this;
    }

    SampleCatalog started(Instant at) {
        serverStart = at;
        return this;
    }

    SampleCatalog standbys(int number) {
        standbys = number;
        return this;
    }

    SampleCatalog onStandby() {
        standby = true;
        return this;
    }

    SampleCatalog version(int number) {
        version = number;
        return this;
    }

    /// A table `name` with columns a, b, c, d, read often, last a year ago when `readLong`.
    SampleCatalog table(String name) {
        return table(name, "r", null, 1_000);
    }

    SampleCatalog table(String name, String kind, @Nullable String parent, long seqScans) {
        long oid = next++;
        tables.put(
                oid,
                new CatalogTable(
                        oid,
                        "s",
                        name,
                        kind,
                        parent == null ? null : oid(parent),
                        1_000_000,
                        500 * MB,
                        "d",
                        true,
                        true,
                        List.of("a", "b", "c", "d"),
                        seqScans,
                        seqScans * 1_000_000,
                        seqScans == 0 ? null : NOW,
                        5_000,
                        3_000,
                        1_000,
                        500));
        return this;
    }

    /// Of the last table; `keys` as `a b` or `lower(a)`, `included` behind a slash: `a / b`.
    SampleCatalog index(String name, String keys) {
        return index(name, keys, i -> i);
    }

    SampleCatalog index(String name, String keys, UnaryOperator<Facts> facts) {
        var table = List.copyOf(tables.values()).getLast();
        var f = facts.apply(new Facts());
        var parts = keys.split(" / ");
        var names = new ArrayList<>(List.of(parts[0].split(" ")));
        int count = names.size();
        if (parts.length > 1) {
            names.addAll(List.of(parts[1].split(" ")));
        }
        var expressions = names.stream().filter(n -> n.contains("(")).toList();
        indexes.add(
                new CatalogIndex(
                        next++,
                        table.tableOid(),
                        name,
                        f.parent == null ? null : indexOid(f.parent),
                        f.method,
                        table.isPartitioned(),
                        f.flags.contains("unique"),
                        false,
                        true,
                        f.flags.contains("exclusion"),
                        !f.flags.contains("invalid"),
                        true,
                        f.flags.contains("replica identity"),
                        f.flags.contains("clustered"),
                        f.constraint == null ? null : name,
                        f.constraint,
                        f.flags.contains("referenced"),
                        count,
                        join(names.stream().map(n -> number(table, n)).toList()),
                        join(names.subList(0, count).stream().map(_ -> 1).toList()),
                        join(names.subList(0, count).stream().map(_ -> 0).toList()),
                        join(names.subList(0, count).stream().map(_ -> 0).toList()),
                        expressions.isEmpty() ? null : expressions,
                        f.predicate,
                        null,
                        f.options,
                        table.isPartitioned() ? 0 : f.bytes,
                        1_000_000,
                        f.scans,
                        f.lastScan,
                        false));
        return this;
    }

    /// What is not usual about an index.
    static final class Facts {
        private String method = "btree";
        private Set<String> flags = Set.of();
        private @Nullable String constraint;
        private @Nullable String predicate;
        private @Nullable String parent;
        private String options = "";
        private long bytes = 100 * MB;
        private long scans;
        private @Nullable Instant lastScan;

        Facts method(String name) {
            method = name;
            return this;
        }

        Facts is(String... what) {
            flags = Set.of(what);
            return this;
        }

        Facts constraint(String type) {
            constraint = type;
            return this;
        }

        Facts where(String text) {
            predicate = text;
            return this;
        }

        Facts part(String of) {
            parent = of;
            return this;
        }

        Facts bytes(long size) {
            bytes = size;
            return this;
        }

        Facts options(String text) {
            options = text;
            return this;
        }

        Facts scanned(long times, Instant last) {
            scans = times;
            lastScan = last;
            return this;
        }
    }

    /// Of the last table, on these columns.
    SampleCatalog foreignKey(String name, String... columns) {
        var table = List.copyOf(tables.values()).getLast();
        keys.add(
                new ForeignKey(
                        next++,
                        null,
                        false,
                        name,
                        table.schemaName(),
                        table.tableName(),
                        table.tableOid(),
                        "s",
                        "parent",
                        table.isPartitioned(),
                        List.of(columns),
                        List.of(columns),
                        true,
                        List.of(),
                        List.of(),
                        table.rowCount(),
                        table.bytes(),
                        10,
                        10,
                        true));
        return this;
    }

    long indexOid(String name) {
        return indexes.stream()
                .filter(i -> i.indexName().equals(name))
                .findFirst()
                .orElseThrow()
                .indexOid();
    }

    private long oid(String table) {
        return tables.values().stream()
                .filter(t -> t.tableName().equals(table))
                .findFirst()
                .orElseThrow()
                .tableOid();
    }

    IndexCatalog build() {
        return new IndexCatalog(
                "db",
                new IndexCatalog.Counting(at, statsReset, serverStart, standby, standbys, version),
                tables,
                IndexShape.all(
                        indexes, tables, new HashMap<>(Map.of(1L, new IndexShape.KeyClass(1, 1)))),
                keys,
                Map.of(),
                List.of());
    }

    private static int number(CatalogTable table, String column) {
        return column.contains("(") ? 0 : table.columns().indexOf(column) + 1;
    }

    private static String join(List<?> numbers) {
        return String.join(" ", Arrays.stream(numbers.toArray()).map(String::valueOf).toList());
    }
}

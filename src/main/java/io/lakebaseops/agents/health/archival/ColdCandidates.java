package io.lakebaseops.agents.health.archival;

import io.lakebaseops.agents.health.archival.ColdCandidate.Age;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks for tables with cold rows in one database. Statistics say which tables and which column
/// could; the rows are then really counted.
record ColdCandidates(ReadSession session, SqlLibrary sql) {
    /// @param leftOut tables that were looked at and are no candidates, each with the reason
    record Found(List<ColdCandidate> candidates, List<String> leftOut) {
        Found {
            candidates = List.copyOf(candidates);
            leftOut = List.copyOf(leftOut);
        }
    }

    /// A table with one of its time columns.
    record Row(
            String schemaName,
            String tableName,
            boolean isPartitioned,
            long estimatedRows,
            long totalBytes,
            String timeColumn,
            boolean isNotNull,
            @Nullable Double correlation,
            @Nullable Double nullFrac,
            @Nullable String oldest,
            boolean isIndexed,
            boolean isPartitionKey,
            boolean hasPrimaryKey) {
        /// The partition key first; then a column that is never null, in which old rows lie
        /// together, as they do in the order they were inserted.
        double fitness() {
            return (isPartitionKey ? 100 : 0)
                    + (isNotNull ? 4 : 0)
                    + (isIndexed ? 1 : 0)
                    + (correlation == null ? 0 : 2 * Math.abs(correlation))
                    - (nullFrac == null ? 0 : 4 * nullFrac);
        }
    }

    private record Month(@Nullable Instant month, long rowCount, long coldRows) {}

    Found find(Instant before, long minRows) {
        var candidates = new ArrayList<ColdCandidate>();
        var leftOut = new ArrayList<String>();
        for (var row : tables(List.of())) {
            var name = row.schemaName() + "." + row.tableName();
            if (row.estimatedRows() < minRows) {
                continue;
            }
            var found = look(row, before);
            if (found.coldRows() >= minRows) {
                candidates.add(found);
            } else {
                leftOut.add(
                        "%s: %s rows older than the threshold by %s"
                                .formatted(
                                        name, Format.grouped(found.coldRows()), row.timeColumn()));
            }
        }
        candidates.sort(
                Comparator.comparing(ColdCandidate::ready)
                        .thenComparing(ColdCandidate::freedBytes)
                        .reversed());
        return new Found(candidates, leftOut);
    }

    /// One table, whatever it holds.
    Optional<ColdCandidate> of(String schema, String table, Instant before) {
        return tables(List.of(schema, table)).stream().findFirst().map(r -> look(r, before));
    }

    /// Each table with its fittest time column.
    private List<Row> tables(List<String> only) {
        var byTable = new LinkedHashMap<String, Row>();
        for (var row : session.query(ColdSql.CANDIDATES, Map.of(), Row.class)) {
            if (only.isEmpty() || only.equals(List.of(row.schemaName(), row.tableName()))) {
                byTable.merge(
                        row.schemaName() + "." + row.tableName(),
                        row,
                        (a, b) -> b.fitness() > a.fitness() ? b : a);
            }
        }
        return List.copyOf(byTable.values());
    }

    private ColdCandidate look(Row row, Instant before) {
        var facts = TableFacts.read(session, row.schemaName(), row.tableName());
        if (facts == null) {
            throw new IllegalStateException(row.tableName() + " went while it was looked at");
        }
        var count =
                sql.render(
                        ColdSql.COLD_ROWS,
                        Map.of(
                                "table", Ident.of(row.schemaName(), row.tableName()),
                                "time_column", Ident.of(row.timeColumn())));
        var months = session.query(count, Map.of("before", before), Month.class);
        long rows = months.stream().mapToLong(Month::rowCount).sum();
        boolean whole = row.isPartitioned() && row.isPartitionKey();
        var ages = whole ? partitions(facts, months) : months(months, rows, row.totalBytes());
        var cold =
                whole
                        ? ages.stream().filter(a -> !a.until().isAfter(before)).toList()
                        : List.<Age>of();
        long coldRows =
                whole
                        ? cold.stream().mapToLong(Age::rows).sum()
                        : months.stream().mapToLong(Month::coldRows).sum();
        long freed =
                whole
                        ? cold.stream().mapToLong(Age::bytes).sum()
                        : share(row.totalBytes(), coldRows, rows);
        var obstacles = new ArrayList<String>();
        if (row.isPartitioned() && !whole) {
            obstacles.add("it is not partitioned by ranges of a time column");
        }
        obstacles.addAll(new Obstacles(session, sql).of(facts, row.timeColumn(), before));
        return new ColdCandidate(
                session.database(),
                row.schemaName(),
                row.tableName(),
                row.timeColumn(),
                rows,
                coldRows,
                row.totalBytes(),
                freed,
                cold.size(),
                obstacles,
                facts.row().publications(),
                ages);
    }

    private static List<Age> months(List<Month> months, long rows, long bytes) {
        var ages = new ArrayList<Age>();
        for (var m : months) {
            if (m.month() != null) {
                ages.add(
                        new Age(
                                m.month(),
                                next(m.month()),
                                m.rowCount(),
                                share(bytes, m.rowCount(), rows),
                                null,
                                null));
            }
        }
        return ages;
    }

    /// Rows are counted by month; a partition takes those months that begin in it.
    private static boolean within(@Nullable Instant month, Instant from, Instant until) {
        return month != null && !month.isBefore(from) && month.isBefore(until);
    }

    private static List<Age> partitions(TableFacts facts, List<Month> months) {
        var ages = new ArrayList<Age>();
        for (var p : facts.partitions()) {
            var from = p.fromTime();
            var until = p.toTime();
            if (from == null || until == null) {
                continue;
            }
            long rows =
                    months.stream()
                            .filter(m -> within(m.month(), from, until))
                            .mapToLong(Month::rowCount)
                            .sum();
            ages.add(new Age(from, until, rows, p.totalBytes(), p.tableName(), p.lastRead()));
        }
        ages.sort(Comparator.comparing(Age::from));
        return ages;
    }

    private static Instant next(Instant month) {
        return month.atOffset(ZoneOffset.UTC).plusMonths(1).toInstant();
    }

    private static long share(long bytes, long part, long all) {
        return all == 0 ? 0 : Math.round((double) bytes * part / all);
    }
}

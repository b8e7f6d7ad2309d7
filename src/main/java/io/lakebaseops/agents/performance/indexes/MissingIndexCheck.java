package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Impact;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Which indexes would spare statements of the workload from reading whole tables. Candidates come
/// from what real plans filter by; what they would save and what each write would pay is estimated
/// with the planner's own units.
final class MissingIndexCheck {
    /// Reading less than this is cheap without an index too.
    private static final long LEAST_ROWS = 1_000;

    private static final long LEAST_BYTES = 1L << 20;

    /// An index that leaves more than a tenth of the table is rarely faster than reading it.
    private static final double MOST_SELECTED = 0.1;

    /// A column more is worth it while so many rows are left.
    private static final double FEW_ROWS = 50;

    private static final int MOST_COLUMNS = 3;

    /// At least half of the statement must be saved.
    private static final double LEAST_SAVED = 0.5;

    /// One entry written into a B-tree in memory, measured between 0.01 and 0.03 ms.
    static final double WRITE_MS = 0.03;

    /// Build only if reading saves that many times what writing costs.
    private static final double WORTH = 1.5;

    private static final double RANDOM_PAGE_COST = 4;

    private final IndexCatalog catalog;
    private final Map<Long, Map<String, ColumnStatistics>> columns;
    private final Map<Long, List<IndexShape>> indexes;

    MissingIndexCheck(IndexCatalog catalog, List<ColumnStatistics> statistics) {
        this.catalog = catalog;
        this.indexes = catalog.byTable();
        this.columns =
                statistics.stream()
                        .collect(
                                Collectors.groupingBy(
                                        ColumnStatistics::tableOid,
                                        Collectors.toMap(
                                                ColumnStatistics::columnName,
                                                c -> c,
                                                (a, _) -> a)));
    }

    /// A scan of a large table by a statement.
    record TableScan(
            WorkStatement statement, CatalogTable table, PlanScan scan, ScanFilter filter) {}

    /// @param savedShare of the statement's time, 0 to 1
    record Gain(WorkStatement statement, double savedShare) {
        double savedMs() {
            return statement.totalMs() * savedShare;
        }
    }

    /// @param rowsRead now, and `rowsFound` with the index, by the planner's estimate
    /// @param savedMsPerHour of execution time
    /// @param writeMsPerHour what maintaining it would cost
    /// @param impact its size, and what is saved less what writing costs
    record Missing(
            CatalogTable table,
            List<String> keys,
            List<Gain> gains,
            double rowsRead,
            double rowsFound,
            double savedMsPerHour,
            double writeMsPerHour,
            Impact impact) {
        Missing {
            keys = List.copyOf(keys);
            gains = List.copyOf(gains);
        }
    }

    /// Is the table large enough for a scan of it to matter?
    static boolean large(CatalogTable table) {
        return table.rowCount() >= LEAST_ROWS && table.bytes() >= LEAST_BYTES;
    }

    /// Those that save most first.
    List<Missing> judge(List<TableScan> scans) {
        var byKeys = new LinkedHashMap<String, List<Candidate>>();
        for (var scan : scans) {
            var candidate = candidate(scan);
            if (candidate != null) {
                byKeys.computeIfAbsent(
                                scan.table().tableOid() + " " + candidate.keys(),
                                _ -> new ArrayList<>())
                        .add(candidate);
            }
        }
        return merged(byKeys.values().stream().map(List::copyOf).toList()).stream()
                .map(this::missing)
                .filter(m -> m.savedMsPerHour() >= WORTH * m.writeMsPerHour())
                .sorted(Comparator.comparingDouble(Missing::savedMsPerHour).reversed())
                .toList();
    }

    private record Candidate(TableScan scan, List<String> keys, double rows) {
        double savedShare() {
            double with = 2 * RANDOM_PAGE_COST + rows * RANDOM_PAGE_COST;
            double saved = Math.max(0, scan.scan().cost() - with);
            return Math.clamp(saved / Math.max(1, scan.scan().statementCost()), 0, 1);
        }
    }

    private @Nullable Candidate candidate(TableScan scan) {
        var table = scan.table();
        double rows = table.rowCount();
        var known = columns.getOrDefault(table.tableOid(), Map.of());
        var equal =
                scan.filter().equal().stream()
                        .filter(c -> table.columns().contains(c))
                        .filter(known::containsKey)
                        .sorted(Comparator.comparingDouble(c -> rowsPerValue(known, c, table)))
                        .toList();
        var keys = new ArrayList<String>();
        double left = rows;
        for (var column : equal) {
            if (keys.size() == MOST_COLUMNS || left <= FEW_ROWS) {
                break;
            }
            keys.add(column);
            left *= rowsPerValue(known, column, table) / rows;
        }
        // One range behind the equalities: what comes after it would not narrow the scan.
        double found = Math.max(1, scan.scan().rows());
        if (left > FEW_ROWS && keys.size() < MOST_COLUMNS) {
            var range =
                    scan.filter().range().stream()
                            .filter(c -> table.columns().contains(c) && !keys.contains(c))
                            .findFirst();
            if (range.isPresent()) {
                keys.add(range.get());
                left = found;
            }
        }
        if (keys.isEmpty() || found > rows * MOST_SELECTED || exists(table, keys)) {
            return null;
        }
        var candidate = new Candidate(scan, List.copyOf(keys), Math.max(found, left));
        return candidate.savedShare() >= LEAST_SAVED ? candidate : null;
    }

    private static double rowsPerValue(
            Map<String, ColumnStatistics> known, String column, CatalogTable table) {
        var statistics = known.get(column);
        return statistics == null ? table.rowCount() : statistics.rowsPerValue(table.rowCount());
    }

    /// An index that leads with these columns is there: the planner knows it and does not use it.
    private boolean exists(CatalogTable table, List<String> keys) {
        return indexes.getOrDefault(table.tableOid(), List.of()).stream()
                .filter(i -> i.row().isUsable() && i.predicate() == null)
                .filter(i -> i.keys().size() >= keys.size() && (i.btree() || keys.size() == 1))
                .anyMatch(
                        i ->
                                new HashSet<>(
                                                i.keys().subList(0, keys.size()).stream()
                                                        .map(IndexShape.Key::column)
                                                        .toList())
                                        .containsAll(keys));
    }

    /// A candidate whose keys are the first of another one is served by that.
    private static List<List<Candidate>> merged(List<List<Candidate>> groups) {
        var kept = new ArrayList<List<Candidate>>();
        var longestFirst =
                groups.stream()
                        .sorted(
                                Comparator.comparingInt(
                                                (List<Candidate> g) -> g.getFirst().keys().size())
                                        .reversed())
                        .toList();
        for (var group : longestFirst) {
            int wider = -1;
            for (int i = 0; i < kept.size() && wider < 0; i++) {
                wider = begins(kept.get(i).getFirst(), group.getFirst()) ? i : -1;
            }
            if (wider < 0) {
                kept.add(group);
            } else {
                var both = new ArrayList<>(kept.get(wider));
                both.addAll(group);
                kept.set(wider, both);
            }
        }
        return kept;
    }

    private static boolean begins(Candidate wider, Candidate one) {
        return wider.scan().table().tableOid() == one.scan().table().tableOid()
                && wider.keys().size() >= one.keys().size()
                && wider.keys().subList(0, one.keys().size()).equals(one.keys());
    }

    private Missing missing(List<Candidate> group) {
        var first = group.getFirst();
        var table = first.scan().table();
        var gains = new LinkedHashMap<String, Gain>();
        double perHour = 0;
        for (var c : group) {
            var statement = c.scan().statement();
            var gain = new Gain(statement, c.savedShare());
            if (gains.putIfAbsent(statement.queryid(), gain) == null) {
                perHour += gain.savedMs() / hours(statement.statsSince());
            }
        }
        double writing = writes(table) * WRITE_MS / hours(since());
        return new Missing(
                table,
                first.keys(),
                gains.values().stream()
                        .sorted(Comparator.comparingDouble(Gain::savedMs).reversed())
                        .toList(),
                table.rowCount(),
                first.rows(),
                perHour,
                writing,
                NewIndexSize.impact(
                        table.rowCount(), keys(table, first.keys()), perHour - writing));
    }

    private List<KeyStatistics> keys(CatalogTable table, List<String> names) {
        var known = columns.getOrDefault(table.tableOid(), Map.of());
        var keys = new ArrayList<KeyStatistics>();
        for (var name : names) {
            var column = known.get(name);
            keys.add(
                    column == null
                            ? NewIndexSize.unknown(1).getFirst()
                            : column.asKey(keys.size() + 1));
        }
        return keys;
    }

    /// In counters younger than a day the table's own filling would pass for a rate.
    private long writes(CatalogTable table) {
        return hours(since()) >= 24
                ? table.indexWrites()
                : Math.max(0, table.indexWrites() - table.rowCount());
    }

    private Instant since() {
        var counted = catalog.countedSince();
        return counted == null ? catalog.counting().serverStart() : counted;
    }

    private double hours(Instant since) {
        return hours(since, catalog.counting().at());
    }

    static double hours(Instant from, Instant to) {
        return Math.max(0.01, Duration.between(from, to).toMillis() / 3_600_000.0);
    }
}

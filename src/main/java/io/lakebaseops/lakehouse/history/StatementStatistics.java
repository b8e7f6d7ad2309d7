package io.lakebaseops.lakehouse.history;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.RollupScope;
import io.lakebaseops.lakehouse.StatementRollup;
import io.lakebaseops.lakehouse.history.StatementTotals.Change;
import io.lakebaseops.lakehouse.history.StatementTotals.Dimension;
import io.lakebaseops.lakehouse.history.StatementTotals.Row;
import io.lakebaseops.lakehouse.history.StatementTotals.Work;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads the history of pg_stat_statements: what statements cost in a range, how that changed, and
/// how each developed.
public final class StatementStatistics {
    /// Smaller changes of the mean are not worth a word, however certain.
    public static final double NOTEWORTHY = 0.1;

    /// Shorter slices are summed up from the rows: an hour is too coarse for them.
    private static final Duration SUMMED = Duration.ofHours(2);

    private final Lakehouse lakehouse;

    public StatementStatistics(Lakehouse lakehouse) {
        this.lakehouse = lakehouse;
    }

    /// The statements, roles or databases with the most time in a range, all the others together,
    /// and the change against the range before.
    public StatementTotals totals(
            TargetId target, TimeRange range, Dimension by, int keys, Deadline deadline) {
        var values = new HashMap<String, @Nullable Object>(of(target));
        values.put("since", TimeRange.seconds(range.from()));
        values.put("dimension", by.name().toLowerCase(Locale.ROOT));
        values.put("keys", keys);
        var found =
                lakehouse
                        .query(
                                HistoryQueries.STATEMENT_TOTALS,
                                values,
                                ReadScope.between(
                                                range.previous().from(), afterwards(range.until()))
                                        .onBranch(target.branch())
                                        .summed(
                                                new RollupScope(
                                                        StatementRollup.HOURLY,
                                                        StatementRollup.DAILY,
                                                        true,
                                                        List.of(
                                                                range.previous().from(),
                                                                range.from(),
                                                                range.until()))),
                                deadline)
                        .list();
        if (found.isEmpty()) {
            return new StatementTotals(List.of(), null, 0);
        }
        var texts =
                by == Dimension.STATEMENT
                        ? texts(target, ids(found), deadline)
                        : Map.<Long, String>of();
        var rows = new ArrayList<Row>();
        var listed = Work.NONE;
        for (var row : found) {
            var made = row(row, by, texts);
            rows.add(made);
            listed = listed.plus(made.work());
        }
        var first = found.getFirst();
        long all = (long) WaitHistory.number(first, "all_keys");
        return new StatementTotals(rows, all > rows.size() ? all(first).minus(listed) : null, all);
    }

    /// The texts of statements, normalised and masked, as far as they are known.
    public Map<Long, String> texts(TargetId target, Collection<Long> ids, Deadline deadline) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        var values = new HashMap<String, @Nullable Object>(of(target));
        values.put("queryids", list(ids));
        var texts = new HashMap<Long, String>();
        for (var row :
                lakehouse
                        .query(HistoryQueries.STATEMENT_TEXTS, values, ReadScope.ALL, deadline)
                        .list()) {
            if (row.get("queryid") instanceof Long id) {
                texts.put(id, String.valueOf(row.get("query")));
            }
        }
        return texts;
    }

    /// How these statements developed over a range, in slices of equal length; from two hours on,
    /// slices begin with an hour, from a day on with a day (UTC), the first and the end excepted. A
    /// statement that did not run is left out.
    public Map<Long, StatementTrend> trends(
            TargetId target, Collection<Long> ids, TimeRange range, int slices, Deadline deadline) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        var values = new HashMap<String, @Nullable Object>(of(target));
        var edges = edges(range, slices);
        values.put(
                "edges",
                edges.stream()
                        .map(e -> Double.toString(TimeRange.seconds(e)))
                        .collect(Collectors.joining(",")));
        values.put("queryids", list(ids));
        values.put("lowest", Collections.min(ids));
        values.put("highest", Collections.max(ids));
        var found = new HashMap<Long, List<StatementTrend.Slice>>();
        for (var row :
                lakehouse
                        .query(
                                HistoryQueries.STATEMENT_TRENDS,
                                values,
                                ReadScope.between(
                                                range.from(),
                                                range.until().plus(WaitHistory.LONGEST_INTERVAL))
                                        .onBranch(target.branch())
                                        .summed(sums(range, slices)),
                                deadline)
                        .list()) {
            if (row.get("queryid") instanceof Long id && row.get("slice") instanceof Long slice) {
                found.computeIfAbsent(id, _ -> new ArrayList<>())
                        .add(
                                new StatementTrend.Slice(
                                        edges.get(slice.intValue()),
                                        edges.get(slice.intValue() + 1),
                                        work(row),
                                        Boolean.TRUE.equals(row.get("reset_detected")),
                                        Boolean.TRUE.equals(row.get("simulated"))));
            }
        }
        return found.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                e -> new StatementTrend(e.getKey(), e.getValue())));
    }

    /// The spans of a range, longer than a limit, in which no statement's cost was stored.
    public List<TimeRange> gaps(
            TargetId target, TimeRange range, Duration longerThan, Deadline deadline) {
        return new HistoryGaps(lakehouse, OpsTables.PG_STAT_HISTORY.name())
                .covered(target, range, longerThan, deadline)
                .gaps();
    }

    /// What slices of this length begin with: a day, an hour, or any moment.
    private static @Nullable ChronoUnit unit(TimeRange range, int slices) {
        var width = range.length().dividedBy(slices);
        if (width.compareTo(ChronoUnit.DAYS.getDuration()) >= 0) {
            return ChronoUnit.DAYS;
        }
        return width.compareTo(SUMMED) >= 0 ? ChronoUnit.HOURS : null;
    }

    /// The inner ones at the nearest day or hour, and at the one before where two are as near.
    private static List<Instant> edges(TimeRange range, int slices) {
        var unit = unit(range, slices);
        var edges = new ArrayList<Instant>();
        for (int i = 0; i <= slices; i++) {
            var edge = i == slices ? range.until() : range.slice(i, slices);
            boolean inner = i > 0 && i < slices;
            edges.add(
                    inner && unit != null
                            ? edge.plus(unit.getDuration().dividedBy(2))
                                    .minusNanos(1)
                                    .truncatedTo(unit)
                            : edge);
        }
        return edges;
    }

    private static RollupScope sums(TimeRange range, int slices) {
        var unit = unit(range, slices);
        return new RollupScope(
                StatementRollup.HOURLY,
                StatementRollup.DAILY,
                unit == ChronoUnit.DAYS,
                unit == null ? List.of() : List.of(range.from(), range.until()));
    }

    // A row is of the interval that ends at its time: the one that ends with the range belongs to
    // it.
    private static Instant afterwards(Instant end) {
        return end.plusMillis(1);
    }

    private static Map<String, Object> of(TargetId target) {
        return Map.of("project", target.project(), "branch", target.branch());
    }

    private static Set<Long> ids(List<Map<String, @Nullable Object>> rows) {
        return rows.stream().map(r -> Long.valueOf(key(r))).collect(Collectors.toSet());
    }

    private static String key(Map<String, @Nullable Object> row) {
        return String.valueOf(row.get("dimension_key"));
    }

    private static String list(Collection<Long> ids) {
        return new TreeSet<>(ids).stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static Row row(
            Map<String, @Nullable Object> row, Dimension by, Map<Long, String> texts) {
        var key = key(row);
        var id = by == Dimension.STATEMENT ? Long.valueOf(key) : null;
        return new Row(
                key,
                id,
                text(row, "in_database"),
                text(row, "rolname"),
                id == null ? null : texts.get(id),
                work(row),
                row.get("stddev_exec_time") instanceof Number n ? n.doubleValue() : null,
                change(row),
                Boolean.TRUE.equals(row.get("reset_detected")),
                Boolean.TRUE.equals(row.get("simulated")));
    }

    private static @Nullable String text(Map<String, @Nullable Object> row, String column) {
        var value = row.get(column);
        return value == null ? null : value.toString();
    }

    private static Change change(Map<String, @Nullable Object> row) {
        var now = sample(row, "calls", "total_exec_time", "square_sum", "calls_squared");
        var before =
                sample(
                        row,
                        "calls_before",
                        "total_before",
                        "square_sum_before",
                        "calls_squared_before");
        if (before.weights() <= 0) {
            return new Change(null, now.mean(), false, false);
        }
        boolean noteworthy =
                Math.abs(now.mean() - before.mean()) >= NOTEWORTHY * before.mean()
                        && WelchTest.differ(before, now);
        return new Change(
                before.mean(),
                now.mean(),
                noteworthy,
                Boolean.TRUE.equals(row.get("simulated_before")));
    }

    private static WelchTest.Sample sample(
            Map<String, @Nullable Object> row,
            String calls,
            String sum,
            String squares,
            String callsSquared) {
        return new WelchTest.Sample(
                WaitHistory.number(row, calls),
                WaitHistory.number(row, sum),
                WaitHistory.number(row, squares),
                WaitHistory.number(row, callsSquared));
    }

    private static Work work(Map<String, @Nullable Object> row) {
        return new Work(
                WaitHistory.number(row, "calls"),
                WaitHistory.number(row, "total_exec_time"),
                WaitHistory.number(row, "rows"),
                WaitHistory.number(row, "shared_blks_hit"),
                WaitHistory.number(row, "shared_blks_read"),
                WaitHistory.number(row, "temp_blks"),
                WaitHistory.number(row, "wal_bytes"));
    }

    private static Work all(Map<String, @Nullable Object> row) {
        return new Work(
                WaitHistory.number(row, "all_calls"),
                WaitHistory.number(row, "all_exec_time"),
                WaitHistory.number(row, "all_rows"),
                WaitHistory.number(row, "all_blks_hit"),
                WaitHistory.number(row, "all_blks_read"),
                WaitHistory.number(row, "all_temp_blks"),
                WaitHistory.number(row, "all_wal_bytes"));
    }
}

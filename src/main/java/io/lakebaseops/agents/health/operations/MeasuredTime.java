package io.lakebaseops.agents.health.operations;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.ReadScope;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// Who used the computes of a project, as its history measured it: in which five minutes of each
/// hour anything ran, and whose time that was on each day.
final class MeasuredTime {
    /// Statements of a branch and day that are told apart; the rest is one.
    static final int STATEMENTS = 50;

    private final Map<String, Map<Instant, Hour>> hours = new HashMap<>();
    private final Map<Day, Map<Split, Map<String, BigDecimal>>> seconds = new HashMap<>();
    private final Set<Day> generated = new HashSet<>();

    /// By what a bill is divided.
    enum Split {
        ROLE,
        APPLICATION,
        QUERY
    }

    /// @param rounds five minutes that were measured
    /// @param busy of those: with anything running
    record Hour(long rounds, long busy) {}

    record Day(String branch, LocalDate day) {}

    static MeasuredTime of(Lakehouse lakehouse, String project, LocalDate from, Deadline deadline) {
        var scope = ReadScope.since(from.atStartOfDay(ZoneOffset.UTC).toInstant());
        var by = Map.<String, Object>of("project", project);
        var statements = Map.<String, Object>of("project", project, "top", STATEMENTS);
        var measured = new MeasuredTime();
        measured.rounds(ask(lakehouse, HistoryQueries.COST_ROUNDS, by, scope, deadline));
        measured.statements(
                ask(lakehouse, HistoryQueries.COST_STATEMENT_TIME, statements, scope, deadline));
        measured.applications(
                ask(lakehouse, HistoryQueries.COST_APPLICATION_TIME, by, scope, deadline));
        return measured;
    }

    private static Rows ask(
            Lakehouse lakehouse,
            LakeQuery query,
            Map<String, Object> values,
            ReadScope scope,
            Deadline deadline) {
        return lakehouse.query(query, values, scope, deadline);
    }

    MeasuredTime round(String branch, Instant hour, long rounds, long busy) {
        hours.computeIfAbsent(branch, _ -> new HashMap<>()).put(hour, new Hour(rounds, busy));
        return this;
    }

    MeasuredTime time(Split split, String branch, LocalDate day, String key, double its) {
        seconds.computeIfAbsent(new Day(branch, day), _ -> new HashMap<>())
                .computeIfAbsent(split, _ -> new TreeMap<>())
                .merge(key, BigDecimal.valueOf(its), BigDecimal::add);
        return this;
    }

    /// Whether some of what was measured of a branch on a day was generated for demonstration.
    boolean generated(String branch, LocalDate day) {
        return generated.contains(new Day(branch, day));
    }

    private void mark(Map<String, @Nullable Object> row, LocalDate day) {
        if (whole(row, "simulated") > 0) {
            generated.add(new Day(text(row, "branch_id"), day));
        }
    }

    private void rounds(Rows rows) {
        for (var row : rows.list()) {
            if (row.get("round_hour") instanceof Instant hour) {
                round(text(row, "branch_id"), hour, whole(row, "rounds"), whole(row, "busy"));
                mark(row, LocalDate.ofInstant(hour, ZoneOffset.UTC));
            }
        }
    }

    private void statements(Rows rows) {
        for (var row : rows.list()) {
            if (row.get("usage_date") instanceof LocalDate day) {
                mark(row, day);
                var branch = text(row, "branch_id");
                var its = number(row, "seconds");
                var query = row.get("queryid");
                time(Split.ROLE, branch, day, text(row, "rolname"), its);
                time(
                        Split.QUERY,
                        branch,
                        day,
                        query == null ? CostShare.OTHERS : query.toString(),
                        its);
            }
        }
    }

    private void applications(Rows rows) {
        for (var row : rows.list()) {
            if (row.get("usage_date") instanceof LocalDate day) {
                mark(row, day);
                var name = text(row, "application");
                time(
                        Split.APPLICATION,
                        text(row, "branch_id"),
                        day,
                        name.isBlank() ? CostShare.NAMELESS : name,
                        number(row, "seconds"));
            }
        }
    }

    @Nullable Hour hour(String branch, Instant hour) {
        return hours.getOrDefault(branch, Map.of()).get(hour);
    }

    /// Seconds by key; empty when nothing was measured.
    Map<String, BigDecimal> of(Split split, String branch, LocalDate day) {
        return seconds.getOrDefault(new Day(branch, day), Map.of()).getOrDefault(split, Map.of());
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return Objects.requireNonNullElse(row.get(column), "").toString();
    }

    private static long whole(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Number n ? n.longValue() : 0;
    }

    private static double number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Number n ? n.doubleValue() : 0;
    }
}

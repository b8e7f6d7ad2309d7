package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/// The server's counters and gauges at one moment.
///
/// @param values the row of `monitoring/server_round`
/// @param startedAt by our own clock, when we began to look
/// @param canMonitor false when other sessions' states are hidden from the login
/// @param worst the table with the largest share of dead rows, null when none is large enough
/// @param statements totals over pg_stat_statements, null with `statementsMissing` saying why
record ServerReading(
        Map<String, @Nullable Object> values,
        boolean canMonitor,
        @Nullable WorstTable worst,
        @Nullable String deadRowsMissing,
        @Nullable StatementTotals statements,
        @Nullable String statementsMissing,
        Map<SlowKey, SlowTotals> slow,
        @Nullable Size size,
        Instant startedAt) {
    ServerReading {
        values = new HashMap<>(values);
        slow = Map.copyOf(slow);
    }

    record WorstTable(Subject subject, double ratio, double deadRows) {}

    record StatementTotals(double calls, double execMs) {}

    record SlowKey(long dbid, long userid, boolean toplevel, long queryid) {}

    record SlowTotals(long calls, double execMs, Instant statsSince) {}

    /// @param at sizes are measured less often than the rest
    record Size(double bytes, Instant at) {}

    Instant at() {
        return time("at");
    }

    Instant time(String column) {
        var moment = instant(values.get(column));
        if (moment == null) {
            throw new IllegalStateException("server_round gave no " + column);
        }
        return moment;
    }

    OptionalDouble number(String column) {
        return values.get(column) instanceof Number n
                ? OptionalDouble.of(n.doubleValue())
                : OptionalDouble.empty();
    }

    boolean flag(String column) {
        return values.get(column) instanceof Boolean b && b;
    }

    @Nullable String text(String column) {
        var value = values.get(column);
        return value == null ? null : value.toString();
    }

    /// The counters began anew between the two: restart, reset, or a figure that went backwards.
    boolean restartedSince(ServerReading earlier) {
        if (!time("postmaster_start").equals(earlier.time("postmaster_start"))) {
            return true;
        }
        return MetricDefinitions.standard().counters().stream()
                .anyMatch(c -> number(c).orElse(0) < earlier.number(c).orElse(0));
    }

    /// After a crash, or a start without its saved statistics, the counters began with the server.
    boolean statisticsLost() {
        var reset = instant(values.get("wal_stats_reset"));
        return reset != null && !reset.isBefore(time("postmaster_start").minusSeconds(5));
    }

    static @Nullable Instant instant(@Nullable Object value) {
        return value instanceof Instant moment ? moment : null;
    }

    static Map<String, @Nullable Object> onlyRow(Rows rows) {
        return rows.list().getFirst();
    }
}

package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.health.monitoring.ServerReading.Size;
import io.lakebaseops.agents.health.monitoring.ServerReading.SlowKey;
import io.lakebaseops.agents.health.monitoring.ServerReading.SlowTotals;
import io.lakebaseops.agents.health.monitoring.ServerReading.StatementTotals;
import io.lakebaseops.agents.health.monitoring.ServerReading.WorstTable;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Reads the server's figures of this moment: one session for the server-wide figures, one per
// database
/// for its tables.
final class HealthProbe {
    /// Ratios of dead rows mean nothing on smaller tables.
    static final Map<String, Object> FLOORS = Map.of("min_rows", 1_000L, "min_bytes", 8L << 20);

    /// Measuring sizes walks directories; once a minute is enough for a figure that moves slowly.
    private static final Duration SIZES_EVERY = Duration.ofMinutes(1);

    private final Targets targets;
    private final Map<TargetId, Size> sizes = new ConcurrentHashMap<>();

    HealthProbe(Targets targets) {
        this.targets = targets;
    }

    ServerReading read(TargetId target, Deadline deadline) {
        var started = Instant.now();
        var databases = targets.databases(target, deadline);
        WorstTable worst = null;
        String missing = null;
        for (var database : databases) {
            deadline.check("Measuring " + target);
            try (var session = targets.read(target, database, deadline)) {
                var candidate = worstOf(session);
                if (candidate != null && (worst == null || candidate.ratio() > worst.ratio())) {
                    worst = candidate;
                }
            } catch (OpsException e) {
                if (e.kind() == OpsException.Kind.UNREACHABLE
                        || e.kind() == OpsException.Kind.CANCELLED) {
                    throw e;
                }
                missing = "database %s: %s".formatted(database, e.why());
            }
        }
        try (var session = targets.read(target, deadline)) {
            var statements = statements(session);
            var slow = statements.totals() == null ? Map.<SlowKey, SlowTotals>of() : slow(session);
            var size = size(target, session);
            // Last and in one statement: nothing of ours runs between these figures and their time.
            var values = ServerReading.onlyRow(session.query(HealthSql.SERVER_ROUND));
            return new ServerReading(
                    values,
                    session.capabilities().canMonitor(),
                    worst,
                    missing,
                    statements.totals(),
                    statements.missing(),
                    slow,
                    size,
                    started);
        }
    }

    private static @Nullable WorstTable worstOf(ReadSession session) {
        var rows = session.query(HealthSql.WORST_DEAD_ROWS, FLOORS);
        if (rows.isEmpty()) {
            return null;
        }
        var row = rows.list().getFirst();
        var subject =
                Subject.table(
                        session.database(),
                        String.valueOf(row.get("schema_name")),
                        String.valueOf(row.get("table_name")));
        return new WorstTable(subject, number(row, "dead_ratio"), number(row, "dead_rows"));
    }

    private record Statements(@Nullable StatementTotals totals, @Nullable String missing) {}

    private static Statements statements(ReadSession session) {
        if (!session.capabilities().has("pg_stat_statements")) {
            return new Statements(
                    null, "pg_stat_statements is not installed in " + session.database());
        }
        try {
            var row = ServerReading.onlyRow(session.query(HealthSql.STATEMENT_TOTALS));
            return new Statements(
                    new StatementTotals(number(row, "calls"), number(row, "exec_ms")), null);
        } catch (OpsException e) {
            return switch (e.kind()) {
                case UNREACHABLE, CANCELLED, TIMEOUT -> throw e;
                case DENIED, NOT_FOUND, CONFLICT, INVALID_INPUT, UNSUPPORTED, INTERNAL ->
                        new Statements(null, "pg_stat_statements cannot be read: " + e.why());
            };
        }
    }

    private static Map<SlowKey, SlowTotals> slow(ReadSession session) {
        var totals = new HashMap<SlowKey, SlowTotals>();
        for (var row : session.query(HealthSql.SLOW_STATEMENTS).list()) {
            var since = ServerReading.instant(row.get("stats_since"));
            totals.put(
                    new SlowKey(
                            (long) number(row, "dbid"),
                            (long) number(row, "userid"),
                            Boolean.TRUE.equals(row.get("toplevel")),
                            row.get("queryid") instanceof Number n ? n.longValue() : 0),
                    new SlowTotals(
                            (long) number(row, "calls"),
                            number(row, "exec_ms"),
                            since == null ? Instant.EPOCH : since));
        }
        return totals;
    }

    private @Nullable Size size(TargetId target, ReadSession session) {
        var known = sizes.get(target);
        var now = Instant.now();
        if (known != null && Duration.between(known.at(), now).compareTo(SIZES_EVERY) < 0) {
            return known;
        }
        try {
            var row = ServerReading.onlyRow(session.query(HealthSql.DATABASE_SIZES));
            var size = new Size(number(row, "database_size_bytes"), now);
            sizes.put(target, size);
            return size;
        } catch (OpsException e) {
            return switch (e.kind()) {
                case UNREACHABLE, CANCELLED -> throw e;
                // On a very large cluster the walk may not end in time: an older figure is better.
                case TIMEOUT, DENIED, NOT_FOUND, CONFLICT, INVALID_INPUT, UNSUPPORTED, INTERNAL ->
                        known;
            };
        }
    }

    private static double number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Number n ? n.doubleValue() : 0;
    }
}

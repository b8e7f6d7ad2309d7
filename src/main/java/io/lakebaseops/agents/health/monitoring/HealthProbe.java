package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.health.monitoring.ServerReading.Size;
import io.lakebaseops.agents.health.monitoring.ServerReading.SlowKey;
import io.lakebaseops.agents.health.monitoring.ServerReading.SlowTotals;
import io.lakebaseops.agents.health.monitoring.ServerReading.StatementTotals;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Reads the server's figures of this moment over one session, and one more database for its
/// tables.
final class HealthProbe {
    /// Measuring sizes walks directories; once a minute is enough for a figure that moves slowly.
    private static final Duration SIZES_EVERY = Duration.ofMinutes(1);

    private final Targets targets;
    private final Clock clock;
    private final DeadRowsTour tour;
    private final OwnStatements own = new OwnStatements();
    private final Map<TargetId, KnownStandbys> standbys = new ConcurrentHashMap<>();
    private final Map<TargetId, Size> sizes = new ConcurrentHashMap<>();

    HealthProbe(Targets targets, Clock clock) {
        this.targets = targets;
        this.clock = clock;
        this.tour = new DeadRowsTour(targets, clock);
    }

    ServerReading read(TargetId target, Deadline deadline) {
        var started = clock.instant();
        List<String> databases;
        String main;
        try (var session = targets.read(target, deadline)) {
            main = session.database();
            databases =
                    session.query(HealthSql.DATABASES).list().stream()
                            .map(row -> String.valueOf(row.get("database_name")))
                            .toList();
        }
        tour.visitNext(target, databases, main, deadline);
        try (var session = targets.read(target, deadline)) {
            var dead = tour.result(target, session);
            var statements = statements(target, session);
            var slow =
                    statements.totals() == null
                            ? Map.<SlowKey, SlowTotals>of()
                            : slow(target, session);
            var size = size(target, session);
            // Last and in one statement: nothing of ours runs between these figures and their time.
            var values =
                    new HashMap<>(ServerReading.onlyRow(session.query(HealthSql.SERVER_ROUND)));
            missingStandby(target, values);
            values.put("own_statements", targets.ownLoad(target).statements());
            return new ServerReading(
                    values,
                    session.capabilities().canMonitor(),
                    dead.worst(),
                    dead.missing(),
                    statements.totals(),
                    statements.missing(),
                    slow,
                    size,
                    started);
        }
    }

    /// On the server's own clock, as all of the round.
    private void missingStandby(TargetId target, Map<String, @Nullable Object> values) {
        var now = ServerReading.instant(values.get("at"));
        if (now == null || Boolean.TRUE.equals(values.get("in_recovery"))) {
            return;
        }
        var names = values.get("standby_names");
        var missing =
                standbys.computeIfAbsent(target, _ -> new KnownStandbys())
                        .missing(names == null ? null : names.toString(), now);
        if (missing != null) {
            values.put("missing_standby", missing.name());
            values.put("missing_standby_since", missing.since());
        }
    }

    private record Statements(@Nullable StatementTotals totals, @Nullable String missing) {}

    private Statements statements(TargetId target, ReadSession session) {
        if (!session.capabilities().has("pg_stat_statements")) {
            return new Statements(
                    null, "pg_stat_statements is not installed in " + session.database());
        }
        try {
            var row =
                    ServerReading.onlyRow(
                            session.query(HealthSql.STATEMENT_TOTALS, own.of(target, session)));
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

    private Map<SlowKey, SlowTotals> slow(TargetId target, ReadSession session) {
        var totals = new HashMap<SlowKey, SlowTotals>();
        for (var row : session.query(HealthSql.SLOW_STATEMENTS, own.of(target, session)).list()) {
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
        var now = clock.instant();
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

    static double number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Number n ? n.doubleValue() : 0;
    }
}

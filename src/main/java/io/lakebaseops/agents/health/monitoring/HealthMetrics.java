package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Observed;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// Which metrics follow from a reading and the one before it? Rates and ratios are over the
/// interval between the two; what cannot be said is unavailable with its reason.
final class HealthMetrics {
    /// Below this many blocks or transactions a ratio is noise, not a measurement.
    private static final double MIN_TRAFFIC = 50;

    private static final String NO_TRAFFIC = "no traffic";
    private static final String HIDDEN = "the login may not see other sessions (needs pg_monitor)";

    private final ServerReading now;
    private final Instant at;
    private final @Nullable ServerReading before;
    private final double seconds;
    private final String noRate;
    private final Map<MetricName, Metric> metrics = new EnumMap<>(MetricName.class);

    private HealthMetrics(ServerReading now, @Nullable ServerReading earlier) {
        this.now = now;
        at = now.at();
        boolean anew = earlier != null && now.restartedSince(earlier);
        before = anew ? null : earlier;
        noRate = anew ? "the statistics began anew since the last round" : "first round";
        seconds = earlier == null ? 0 : Duration.between(earlier.at(), at).toNanos() / 1e9;
    }

    /// @param deadlocks seen in the last hour, or since watching began
    static Map<MetricName, Metric> of(
            ServerReading now, @Nullable ServerReading before, Deadlocks deadlocks) {
        var m = new HealthMetrics(now, before);
        m.activity();
        m.locks(deadlocks);
        m.traffic();
        m.disk();
        m.horizon();
        m.statements();
        return m.metrics;
    }

    private void activity() {
        var limit = now.number("max_connections").orElse(0);
        var used = now.number("client_sessions").orElse(0);
        live(
                MetricName.CONNECTION_UTILIZATION,
                used / limit,
                "%.0f of %.0f connections".formatted(used, limit));
        seen(MetricName.ACTIVE_CONNECTIONS, "active");
        seen(MetricName.IDLE_CONNECTIONS, "idle");
        seen(MetricName.IDLE_IN_TRANSACTION, "idle_in_transaction");
        seen(MetricName.ACTIVE_WAITING_AVG, "active_waiting");
        if (now.canMonitor()) {
            var pid = now.text("slowest_pid");
            live(
                    MetricName.SLOWEST_QUERY_SECONDS,
                    now.number("slowest_query_seconds").orElse(0),
                    pid == null ? "nothing runs" : "pid " + pid);
        } else {
            none(MetricName.SLOWEST_QUERY_SECONDS, HIDDEN);
        }
    }

    private void locks(Deadlocks deadlocks) {
        var pid = now.text("longest_waiting_pid");
        live(
                MetricName.LOCK_WAIT_SECONDS,
                now.number("lock_wait_seconds").orElse(0),
                pid == null ? "nobody waits" : "pid " + pid);
        gauge(MetricName.WAITING_LOCKS, "waiting_locks", "");
        if (deadlocks.watched().isPositive()) {
            live(
                    MetricName.DEADLOCKS_PER_HOUR,
                    deadlocks.seen(),
                    "in the last %d min".formatted(deadlocks.watched().toMinutes()));
        } else {
            none(MetricName.DEADLOCKS_PER_HOUR, noRate);
        }
    }

    private void traffic() {
        var commits = delta("commits");
        var rollbacks = delta("rollbacks");
        var transactions = sum(commits, rollbacks);
        rate(MetricName.TPS, transactions);
        share(MetricName.ROLLBACK_RATIO, rollbacks, transactions, "transactions");
        share(
                MetricName.CACHE_HIT_RATIO,
                delta("blocks_hit"),
                sum(delta("blocks_hit"), delta("blocks_read")),
                "blocks");
        counted(MetricName.TEMP_BYTES, "temp_bytes");
    }

    private void disk() {
        share(
                MetricName.IO_HIT_RATIO,
                delta("io_hits"),
                sum(delta("io_hits"), delta("io_reads")),
                "blocks");
        timed(MetricName.IO_READ_TIME_MS, "io_read_ms", "io_timing", "track_io_timing");
        timed(MetricName.IO_WRITE_TIME_MS, "io_write_ms", "io_timing", "track_io_timing");
        counted(MetricName.WAL_BYTES, "wal_bytes");
        counted(MetricName.WAL_BUFFERS_FULL, "wal_buffers_full");
        timed(MetricName.WAL_WRITE_TIME_MS, "wal_write_ms", "wal_io_timing", "track_wal_io_timing");
        counted(MetricName.CHECKPOINTS_TIMED, "checkpoints_timed");
        counted(MetricName.CHECKPOINTS_REQUESTED, "checkpoints_requested");
        counted(MetricName.CHECKPOINT_WRITE_TIME_MS, "checkpoint_write_ms");
        var size = now.size();
        if (size == null) {
            none(MetricName.DATABASE_SIZE_BYTES, "the sizes could not be read");
        } else {
            put(
                    MetricName.DATABASE_SIZE_BYTES,
                    Observed.live(size.bytes(), size.at()),
                    "all databases");
        }
        var worst = now.worst();
        if (worst != null) {
            live(MetricName.MAX_DEAD_TUPLE_RATIO, worst.ratio(), worst.subject().display());
        } else {
            var missing = now.deadRowsMissing();
            none(
                    MetricName.MAX_DEAD_TUPLE_RATIO,
                    missing == null ? "no table is large enough to judge" : missing);
        }
    }

    private void horizon() {
        gauge(MetricName.TXID_AGE, "txid_age", "database " + now.text("oldest_database"));
        gauge(MetricName.MULTIXACT_AGE, "multixact_age", "");
        live(MetricName.OLDEST_XMIN_AGE, now.number("oldest_xmin_age").orElse(0), "");
        var lag =
                now.flag("in_recovery")
                        ? now.number("own_lag_seconds")
                        : now.number("replay_lag_seconds");
        if (now.flag("in_recovery") || now.number("standbys").orElse(0) > 0) {
            live(MetricName.REPLICATION_LAG_SECONDS, lag.orElse(0), "replay");
        } else {
            none(MetricName.REPLICATION_LAG_SECONDS, "no standby is attached");
        }
        if (now.number("slots").orElse(0) > 0) {
            live(MetricName.SLOT_RETAINED_BYTES, now.number("slot_retained_bytes").orElse(0), "");
        } else {
            none(MetricName.SLOT_RETAINED_BYTES, "there is no replication slot");
        }
    }

    private void statements() {
        var mean = SlowestMean.between(now, before);
        if (now.statements() == null) {
            var why = String.valueOf(now.statementsMissing());
            none(MetricName.MEAN_LATENCY_MS, why);
            none(MetricName.SLOW_QUERY_MEAN_SECONDS, why);
        } else if (before == null || before.statements() == null) {
            none(MetricName.MEAN_LATENCY_MS, noRate);
            none(MetricName.SLOW_QUERY_MEAN_SECONDS, noRate);
        } else {
            var calls = now.statements().calls() - before.statements().calls();
            var millis = now.statements().execMs() - before.statements().execMs();
            if (calls < 0 || millis < 0) {
                none(
                        MetricName.MEAN_LATENCY_MS,
                        "statements were evicted or reset since the last round");
            } else if (calls == 0) {
                none(MetricName.MEAN_LATENCY_MS, NO_TRAFFIC);
            } else {
                live(
                        MetricName.MEAN_LATENCY_MS,
                        millis / calls,
                        "%.0f statements".formatted(calls));
            }
            if (mean == null) {
                none(MetricName.SLOW_QUERY_MEAN_SECONDS, "no statement took a second");
            } else {
                live(MetricName.SLOW_QUERY_MEAN_SECONDS, mean.seconds(), "query " + mean.queryid());
            }
        }
    }

    private OptionalDouble delta(String column) {
        var current = now.number(column);
        return before == null || current.isEmpty() || before.number(column).isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(current.getAsDouble() - before.number(column).getAsDouble());
    }

    private static OptionalDouble sum(OptionalDouble a, OptionalDouble b) {
        return a.isEmpty() || b.isEmpty()
                ? a
                : OptionalDouble.of(a.getAsDouble() + b.getAsDouble());
    }

    private void rate(MetricName name, OptionalDouble delta) {
        if (delta.isEmpty() || seconds <= 0) {
            none(name, noRate);
        } else {
            live(name, delta.getAsDouble() / seconds, "");
        }
    }

    private void share(MetricName name, OptionalDouble part, OptionalDouble whole, String of) {
        if (part.isEmpty() || whole.isEmpty()) {
            none(name, noRate);
        } else if (whole.getAsDouble() < MIN_TRAFFIC) {
            none(name, NO_TRAFFIC);
        } else {
            live(
                    name,
                    part.getAsDouble() / whole.getAsDouble(),
                    String.format(Locale.ROOT, "of %,.0f %s", whole.getAsDouble(), of));
        }
    }

    private void counted(MetricName name, String column) {
        var delta = delta(column);
        if (delta.isEmpty()) {
            none(name, noRate);
        } else {
            live(name, delta.getAsDouble(), "in %.0f s".formatted(seconds));
        }
    }

    private void timed(MetricName name, String column, String flag, String setting) {
        if (now.flag(flag)) {
            counted(name, column);
        } else {
            none(name, setting + " is off");
        }
    }

    private void seen(MetricName name, String column) {
        if (now.canMonitor()) {
            gauge(name, column, "");
        } else {
            none(name, HIDDEN);
        }
    }

    private void gauge(MetricName name, String column, String detail) {
        now.number(column)
                .ifPresentOrElse(
                        v -> live(name, v, detail), () -> none(name, "the server gave no figure"));
    }

    private void live(MetricName name, double value, String detail) {
        put(name, Observed.live(value, at), detail);
    }

    private void none(MetricName name, String reason) {
        put(name, Observed.unavailable(reason, at), reason);
    }

    private void put(MetricName name, Observed<Double> value, String detail) {
        metrics.put(name, new Metric(name, value, detail));
    }
}

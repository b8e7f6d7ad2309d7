package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Metric.Condition;
import io.lakebaseops.domain.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// The rules of those metrics that are more than a column, a rate or a share.
final class Derivations {
    private static final Duration HOUR = Duration.ofHours(1);

    private Derivations() {}

    static Derived connections(ReadingInterval i) {
        var limit = i.now().number("max_connections").orElse(0);
        var used = i.now().number("client_sessions").orElse(0);
        var ours = i.now().number("own_sessions").orElse(0);
        return now(
                i,
                (used - ours) / limit,
                "%.0f of %.0f, %.0f more ours".formatted(used - ours, limit, ours));
    }

    static Derived deadRows(ReadingInterval i) {
        var worst = i.now().worst();
        if (worst != null) {
            return new Derived.Value(
                    worst.ratio(),
                    i.now().at(),
                    worst.subject().display(),
                    worst.subject(),
                    Condition.MEASURED);
        }
        var missing = i.now().deadRowsMissing();
        return missing == null
                ? nothing("no table is large enough to judge")
                : new Derived.Missing(Condition.NOT_READ, missing);
    }

    static Derived lockWait(ReadingInterval i) {
        return now(
                i,
                i.now().number("lock_wait_seconds").orElse(0),
                pid(i.now().text("longest_waiting_pid"), "nobody waits"));
    }

    static Derived slowestQuery(ReadingInterval i) {
        return now(
                i,
                i.now().number("slowest_query_seconds").orElse(0),
                pid(i.now().text("slowest_pid"), "nothing runs"));
    }

    /// Per hour: until a whole hour was watched, what was seen is the least the hour can have.
    static Derived deadlocks(ReadingInterval i) {
        var watched = i.deadlocks().watched();
        if (!watched.isPositive()) {
            return i.noRate();
        }
        return now(
                i,
                i.deadlocks().perHour(),
                watched.compareTo(HOUR) < 0
                        ? "in the last %s".formatted(Format.briefly(watched))
                        : "in the last hour");
    }

    static Derived xidAge(ReadingInterval i) {
        var age = i.now().number("txid_age");
        return age.isEmpty()
                ? new Derived.Missing(Condition.NOT_READ, "the server gave no figure")
                : now(i, age.getAsDouble(), "of 2.1 B · " + i.now().text("oldest_database"));
    }

    static Derived replicaLag(ReadingInterval i) {
        boolean standby = i.now().flag("in_recovery");
        var lag = i.now().number(standby ? "own_lag_seconds" : "replay_lag_seconds");
        var missing = i.now().text("missing_standby");
        if (missing != null) {
            var since = i.now().time("missing_standby_since");
            return new Derived.Value(
                    Duration.between(since, i.now().at()).toMillis() / 1000.0,
                    i.now().at(),
                    "%s is missing since %s".formatted(missing, Format.utc(since)),
                    new Subject("standby", null, null, null, missing),
                    Condition.MEASURED);
        }
        var cutOff = i.now().text("cut_off_since");
        if (cutOff != null) {
            return now(i, lag.orElse(0), "not receiving since " + cutOff);
        }
        return standby || i.now().number("standbys").orElse(0) > 0
                ? now(i, lag.orElse(0), "replay")
                : nothing("no standby is attached");
    }

    /// A slot that holds no position is not a slot that holds nothing back: it is broken or unused.
    static Derived slots(ReadingInterval i) {
        if (i.now().number("slots").orElse(0) == 0) {
            return nothing("there is no replication slot");
        }
        var trouble = i.now().text("slot_trouble");
        var retained = i.now().number("slot_retained_bytes");
        if (retained.isEmpty()) {
            return nothing(trouble == null ? "no slot holds a position" : trouble);
        }
        var furthest = String.valueOf(i.now().text("furthest_slot"));
        return now(
                i,
                retained.getAsDouble(),
                trouble == null ? furthest : "held for " + furthest + "; " + trouble);
    }

    static Derived size(ReadingInterval i) {
        var size = i.now().size();
        return size == null
                ? new Derived.Missing(Condition.NOT_READ, "the sizes could not be read")
                : Derived.value(size.bytes(), size.at(), "all databases");
    }

    static Derived meanLatency(ReadingInterval i) {
        var missing = statementsMissing(i);
        var before = i.before();
        var now = i.now().statements();
        if (missing != null || now == null || before == null || before.statements() == null) {
            return missing == null ? i.noRate() : missing;
        }
        var calls = now.calls() - before.statements().calls();
        var millis = now.execMs() - before.statements().execMs();
        if (calls < 0 || millis < 0) {
            return new Derived.Missing(
                    Condition.COUNTERS_RESET,
                    "statements were evicted or reset since the last round");
        }
        return calls == 0
                ? new Derived.Missing(Condition.NO_TRAFFIC, "no traffic")
                : now(i, millis / calls, "%.0f statements".formatted(calls));
    }

    static Derived slowestMean(ReadingInterval i) {
        var missing = statementsMissing(i);
        if (missing != null) {
            return missing;
        }
        var mean = SlowestMean.between(i.now(), i.before());
        return mean == null
                ? nothing("no statement took a second")
                : now(i, mean.seconds(), "query " + mean.queryid());
    }

    private static Derived.@Nullable Missing statementsMissing(ReadingInterval i) {
        if (i.now().statements() == null) {
            return new Derived.Missing(
                    Condition.NOT_READ, String.valueOf(i.now().statementsMissing()));
        }
        var before = i.before();
        return before == null || before.statements() == null ? i.noRate() : null;
    }

    private static Derived now(ReadingInterval i, double value, String detail) {
        return Derived.value(value, i.now().at(), detail);
    }

    private static Derived nothing(String reason) {
        return new Derived.Missing(Condition.NOTHING_THERE, reason);
    }

    private static String pid(@Nullable String pid, String nobody) {
        return pid == null ? nobody : "pid " + pid;
    }
}

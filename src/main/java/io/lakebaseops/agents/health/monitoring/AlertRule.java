package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.health.monitoring.HealthBoard.Point;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The limits of a metric: when it becomes an alert, and when it stops being one.
///
/// @param bad on which side of the limits things are wrong
/// @param warning limit in the metric's unit; crossing it, not touching it, counts
/// @param forAtLeast how long it must stay beyond the limit first
/// @param margin how far back inside the limit it must come before the alert ends, in the metric's
///     unit: without it a figure dancing on the limit would ring all night
/// @param cooldown after an end, a warning of the same metric is held back this long
/// @param reason why these figures
public record AlertRule(
        MetricName metric,
        Bad bad,
        double warning,
        double critical,
        Duration forAtLeast,
        double margin,
        Duration cooldown,
        Sop sop,
        String reason) {
    public AlertRule {
        boolean ordered = bad == Bad.ABOVE ? critical > warning : critical < warning;
        if (!ordered || margin < 0 || forAtLeast.isNegative() || cooldown.isNegative()) {
            throw new IllegalArgumentException(
                    "The limits of " + metric + " contradict each other");
        }
    }

    public enum Bad {
        ABOVE,
        BELOW
    }

    /// What is done about it, from the table of standard operating procedures.
    public enum Sop {
        VACUUM_WORST_TABLE,
        END_IDLE_SESSIONS,
        CAPTURE_LOCK_CHAIN,
        CAPTURE_BLOCKERS,
        CAPTURE_SLOW_STATEMENT,
        ADVISE_CACHE,
        FREEZE_OLDEST,
        ADVISE_REPLICATION
    }

    /// The numbers of a rule that a person may change; their meaning is that of the rule's own.
    public record Limits(double warning, double critical, Duration forAtLeast, double margin) {}

    public Limits limits() {
        return new Limits(warning, critical, forAtLeast, margin);
    }

    /// The same rule with other numbers.
    public AlertRule with(Limits limits) {
        return new AlertRule(
                metric,
                bad,
                limits.warning(),
                limits.critical(),
                limits.forAtLeast(),
                limits.margin(),
                cooldown,
                sop,
                reason);
    }

    /// Where a value must be for a warning to end.
    public double endsAt() {
        return bad == Bad.ABOVE ? warning - margin : warning + margin;
    }

    public Optional<Severity> severityOf(double value) {
        if (beyond(value, critical)) {
            return Optional.of(Severity.CRITICAL);
        }
        return beyond(value, warning) ? Optional.of(Severity.WARNING) : Optional.empty();
    }

    public double limit(Severity severity) {
        return severity == Severity.CRITICAL ? critical : warning;
    }

    boolean beyond(double value, double limit) {
        return bad == Bad.ABOVE ? value > limit : value < limit;
    }

    /// What the value is called once it was beyond a limit for as long as the rule asks.
    ///
    /// @param series readings up to now, oldest first
    public Optional<Severity> lasting(double value, Instant at, List<Point> series) {
        var now = severityOf(value);
        if (now.isEmpty() || !lasted(warning, at, series)) {
            return Optional.empty();
        }
        return now.get() == Severity.CRITICAL && lasted(critical, at, series)
                ? now
                : Optional.of(Severity.WARNING);
    }

    /// Beyond the limit without a break for as long as the rule asks.
    boolean lasted(double limit, Instant at, List<Point> series) {
        return forAtLeast.isZero()
                || Duration.between(since(limit, at, series), at).compareTo(forAtLeast) >= 0;
    }

    /// When the first of the readings was taken that are beyond the limit without a break.
    Instant since(double limit, Instant at, List<Point> series) {
        var since = at;
        for (int i = series.size() - 1; i >= 0; i--) {
            if (!beyond(series.get(i).value(), limit)) {
                break;
            }
            since = series.get(i).at();
        }
        return since;
    }

    /// When the value was first beyond the warning limit. A figure that is itself a duration says
    /// it to the second, and not only since the first reading.
    ///
    /// @param series readings up to now, oldest first
    Instant breachedAt(double value, Instant at, List<Point> series) {
        var first = since(warning, at, series);
        if (bad == Bad.BELOW || !metric.unit().equals("s")) {
            return first;
        }
        var crossed = at.minusMillis(Math.round((value - warning) * 1000));
        return crossed.isBefore(first) ? crossed : first;
    }

    /// Back inside the limit by the margin.
    boolean clearOf(double value, double limit) {
        return bad == Bad.ABOVE ? value <= limit - margin : value >= limit + margin;
    }
}

package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;

import java.time.Duration;
import java.util.Optional;

/// When does a metric become an alert, and when does it stop being one?
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

    Optional<Severity> severityOf(double value) {
        if (beyond(value, critical)) {
            return Optional.of(Severity.CRITICAL);
        }
        return beyond(value, warning) ? Optional.of(Severity.WARNING) : Optional.empty();
    }

    double limit(Severity severity) {
        return severity == Severity.CRITICAL ? critical : warning;
    }

    boolean beyond(double value, double limit) {
        return bad == Bad.ABOVE ? value > limit : value < limit;
    }

    /// Back inside the limit by the margin.
    boolean clearOf(double value, double limit) {
        return bad == Bad.ABOVE ? value <= limit - margin : value >= limit + margin;
    }
}

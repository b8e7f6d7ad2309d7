package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.health.monitoring.HealthBoard.Point;
import io.lakebaseops.domain.Severity;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What one more reading does to an alert: a pure function of the rule, the alert so far and the
/// readings, so that it comes to the same after a restart.
sealed interface AlertStep {
    /// Everything is as it was.
    record Nothing(String why) implements AlertStep {}

    record Raise(Severity severity) implements AlertStep {}

    /// Goes on, with a new figure; `severity` may have fallen.
    record Continue(Severity severity) implements AlertStep {}

    record Escalate() implements AlertStep {}

    record Recover() implements AlertStep {}

    /// @param active severity of the alert that is on, null when none is
    /// @param value null when the metric was not available: an alert then neither starts nor ends
    /// @param series readings up to now, oldest first
    /// @param recoveredAt when the last alert of this metric ended
    static AlertStep of(
            AlertRule rule,
            @Nullable Severity active,
            @Nullable Double value,
            Instant at,
            List<Point> series,
            @Nullable Instant recoveredAt) {
        if (value == null) {
            return new Nothing("no reading");
        }
        var now = rule.severityOf(value);
        if (active == null) {
            return start(rule, value, at, series, recoveredAt);
        }
        if (rule.clearOf(value, rule.warning())) {
            return new Recover();
        }
        if (active == Severity.WARNING && now.equals(Optional.of(Severity.CRITICAL))) {
            return rule.lasted(rule.critical(), at, series) ? new Escalate() : new Continue(active);
        }
        boolean calmer = active == Severity.CRITICAL && rule.clearOf(value, rule.critical());
        return new Continue(calmer ? Severity.WARNING : active);
    }

    private static AlertStep start(
            AlertRule rule,
            double value,
            Instant at,
            List<Point> series,
            @Nullable Instant recoveredAt) {
        if (rule.severityOf(value).isEmpty()) {
            return new Nothing("inside the limits");
        }
        var lasting = rule.lasting(value, at, series);
        if (lasting.isEmpty()) {
            return new Nothing("beyond the limit for less than " + rule.forAtLeast());
        }
        if (lasting.get() == Severity.CRITICAL) {
            return new Raise(Severity.CRITICAL);
        }
        boolean cooling = recoveredAt != null && at.isBefore(recoveredAt.plus(rule.cooldown()));
        return cooling
                ? new Nothing("cooling down since " + recoveredAt)
                : new Raise(Severity.WARNING);
    }
}

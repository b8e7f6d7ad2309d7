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

    /// A critical alert that ended within its cooldown is critical again: the same trouble, so the
    /// same alert. Otherwise a value that jumps across both limits would ring with every jump.
    record Return() implements AlertStep {}

    record Recover() implements AlertStep {}

    /// The alert so far: the one that is on, or the last that ended.
    ///
    /// @param active severity of the alert that is on, null when none is
    /// @param criticalAt when it became critical; null when it never was
    /// @param recoveredAt when it ended; null when it is on, or there was none lately
    record SoFar(
            @Nullable Severity active,
            @Nullable Instant criticalAt,
            @Nullable Instant recoveredAt) {
        static final SoFar NONE = new SoFar(null, null, null);
    }

    /// @param value null when the metric was not available: an alert then neither starts nor ends
    /// @param series readings up to now, oldest first
    static AlertStep of(
            AlertRule rule, SoFar before, @Nullable Double value, Instant at, List<Point> series) {
        if (value == null) {
            return new Nothing("no reading");
        }
        var now = rule.severityOf(value);
        var active = before.active();
        if (active == null) {
            return start(rule, before, value, at, series);
        }
        if (rule.clearOf(value, rule.warning())) {
            return new Recover();
        }
        if (active == Severity.WARNING && now.equals(Optional.of(Severity.CRITICAL))) {
            if (!rule.lasted(rule.critical(), at, series)) {
                return new Continue(active);
            }
            var critical = before.criticalAt();
            return critical != null && at.isBefore(critical.plus(rule.cooldown()))
                    ? new Continue(Severity.CRITICAL)
                    : new Escalate();
        }
        boolean calmer = active == Severity.CRITICAL && rule.clearOf(value, rule.critical());
        return new Continue(calmer ? Severity.WARNING : active);
    }

    private static AlertStep start(
            AlertRule rule, SoFar before, double value, Instant at, List<Point> series) {
        if (rule.severityOf(value).isEmpty()) {
            return new Nothing("inside the limits");
        }
        var lasting = rule.lasting(value, at, series);
        if (lasting.isEmpty()) {
            return new Nothing("beyond the limit for less than " + rule.forAtLeast());
        }
        var recovered = before.recoveredAt();
        boolean cooling = recovered != null && at.isBefore(recovered.plus(rule.cooldown()));
        if (lasting.get() == Severity.CRITICAL) {
            return cooling && before.criticalAt() != null
                    ? new Return()
                    : new Raise(Severity.CRITICAL);
        }
        return cooling
                ? new Nothing("cooling down since " + recovered)
                : new Raise(Severity.WARNING);
    }
}

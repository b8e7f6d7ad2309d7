package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.Severity;
import io.lakebaseops.state.Alerts.Alert;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// An alert that is back within its cooldown: the same trouble, so the same alert.
///
/// @param news true when it was really gone, so that others are told
record ReturnedAlert(Alert alert, boolean news) {
    /// Away for less than this it was never gone.
    private static final Duration HARDLY_GONE = Duration.ofMinutes(1);

    /// What somebody has seen must be seen anew when it was really gone; what nobody has seen goes
    /// on waiting to be seen, since when it did.
    ///
    /// @param breachedAt when the value was beyond the limit again
    static ReturnedAlert of(Alert last, Instant breachedAt, Instant now) {
        var gone = last.recoveredAt();
        boolean news = gone != null && !breachedAt.isBefore(gone.plus(HARDLY_GONE));
        boolean anew = news && last.acknowledgedBy() != null;
        return new ReturnedAlert(
                new Alert(
                        last.id(),
                        last.target(),
                        last.metric(),
                        last.criticalAt() == null ? last.severity() : Severity.CRITICAL,
                        last.value(),
                        last.threshold(),
                        last.subject(),
                        last.message(),
                        last.openedAt(),
                        now,
                        null,
                        anew ? null : last.acknowledgedBy(),
                        last.handledBy(),
                        last.breachedAt(),
                        criticalAt(last, anew, now),
                        last.returns() + 1),
                news);
    }

    private static @Nullable Instant criticalAt(Alert last, boolean anew, Instant now) {
        return anew && last.criticalAt() != null ? now : last.criticalAt();
    }
}

package io.lakebaseops.state;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which alerts are on, who saw them, and how did they end?
public interface Alerts {
    Optional<Alert> active(TargetId target, MetricName metric);

    /// All that have not recovered; of all targets when null.
    List<Alert> active(@Nullable TargetId target);

    List<Alert> history(@Nullable TargetId target, int limit);

    Alert save(Alert alert);

    void acknowledge(String id, String by, Instant at);

    void mute(TargetId target, MetricName metric, String by, Instant until);

    Optional<Instant> mutedUntil(TargetId target, MetricName metric);

    /// @param threshold the limit that was crossed, in the metric's unit
    /// @param handledBy plan id of the automatic repair, null when there is none
    record Alert(
            String id,
            TargetId target,
            MetricName metric,
            Severity severity,
            double value,
            double threshold,
            Subject subject,
            String message,
            Instant openedAt,
            Instant updatedAt,
            @Nullable Instant recoveredAt,
            @Nullable String acknowledgedBy,
            @Nullable String handledBy) {}
}

package io.lakebaseops.state;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The alerts of all targets: which are on, who saw them, how they ended, and what is muted.
public interface Alerts {
    Optional<Alert> active(TargetId target, MetricName metric);

    /// All that have not recovered; of all targets when null.
    List<Alert> active(@Nullable TargetId target);

    List<Alert> history(@Nullable TargetId target, int limit);

    Alert save(Alert alert);

    void acknowledge(String id, String by, Instant at);

    /// Remembers the plan of the agents' own, verified repair, also when the alert has ended
    /// already.
    void repaired(String id, UUID plan);

    /// Silences the alerts of one object; its repair goes on.
    void mute(TargetId target, Mute mute);

    void unmute(TargetId target, MetricName metric, Subject subject);

    /// What is muted at this moment, the first to end first.
    List<Mute> mutes(TargetId target, Instant now);

    /// The same of every target, in one question.
    Map<TargetId, List<Mute>> mutes(Instant now);

    /// The last alert that ended of each metric and object, as far as that was after `since`.
    List<Alert> recoveries(TargetId target, Instant since);

    record Mute(
            MetricName metric,
            Subject subject,
            String by,
            Instant at,
            Instant until,
            String reason) {
        public boolean covers(Alert alert) {
            return metric == alert.metric() && subject.equals(alert.subject());
        }
    }

    /// @param value when it was raised; it stays, so that the message stays true
    /// @param threshold the limit that was crossed, in the metric's unit
    /// @param handledBy plan id of the automatic repair, null when there is none
    /// @param breachedAt when the value was first beyond the limit; null when nobody measured it
    /// @param criticalAt when it became critical, kept when it calms down; null when it never did
    /// @param returns how often it came back before its cooldown was over
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
            @Nullable String handledBy,
            @Nullable Instant breachedAt,
            @Nullable Instant criticalAt,
            int returns) {
        /// One of which only the beginning and the end are known.
        public Alert(
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
                @Nullable String handledBy) {
            this(
                    id,
                    target,
                    metric,
                    severity,
                    value,
                    threshold,
                    subject,
                    message,
                    openedAt,
                    updatedAt,
                    recoveredAt,
                    acknowledgedBy,
                    handledBy,
                    null,
                    null,
                    0);
        }
    }
}

package io.lakebaseops.framework;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// What one run of one tool came to: the contract for screens, scripts and chat alike.
///
/// @param data the tool's own output record; null unless OK
/// @param error what failed, why, what to do; null when OK
public record ToolReport(
        UUID runId,
        String tool,
        TargetId target,
        Actor actor,
        Status status,
        Source source,
        List<Finding> findings,
        @Nullable Record data,
        List<FiledPlan> plans,
        List<String> caveats,
        @Nullable String error,
        Instant startedAt,
        Duration duration) {
    public ToolReport {
        findings = List.copyOf(findings);
        plans = List.copyOf(plans);
        caveats = List.copyOf(caveats);
    }

    public enum Status {
        OK,
        FAILED,
        UNAVAILABLE,
        CANCELLED;

        /// A missing right or feature is a state of the target, all else a failure of the run.
        public static Status of(OpsException.Kind kind) {
            return switch (kind) {
                case CANCELLED -> CANCELLED;
                case DENIED, UNSUPPORTED -> UNAVAILABLE;
                case UNREACHABLE, TIMEOUT, NOT_FOUND, CONFLICT, INVALID_INPUT, INTERNAL -> FAILED;
            };
        }
    }
}

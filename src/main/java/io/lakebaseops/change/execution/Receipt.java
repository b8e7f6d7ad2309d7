package io.lakebaseops.change.execution;

import io.lakebaseops.domain.plan.ScriptTrace;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// What one step came to.
///
/// @param step from 1 on, within its phase
/// @param statement the exact text sent, or the act asked of the control plane
/// @param duration null while it runs, and for ever if its process died
/// @param trace per statement of a script, null for other steps
/// @param rows returned by the step, or changed by a script; null for acts and while it runs
/// @param waited how much of its time it waited for locks of others
public record Receipt(
        UUID planId,
        Phase phase,
        int step,
        String title,
        String statement,
        Instant startedAt,
        @Nullable Duration duration,
        @Nullable Long rows,
        Outcome outcome,
        @Nullable String error,
        @Nullable ScriptTrace trace,
        Duration waited) {

    public Receipt(
            UUID planId,
            Phase phase,
            int step,
            String title,
            String statement,
            Instant startedAt,
            @Nullable Duration duration,
            @Nullable Long rows,
            Outcome outcome,
            @Nullable String error,
            @Nullable ScriptTrace trace) {
        this(
                planId,
                phase,
                step,
                title,
                statement,
                startedAt,
                duration,
                rows,
                outcome,
                error,
                trace,
                Duration.ZERO);
    }

    public enum Phase {
        RUN,
        UNDO,
        /// Removing what a failed step left behind.
        CLEANUP
    }

    public enum Outcome {
        STARTED,
        DONE,
        FAILED
    }
}

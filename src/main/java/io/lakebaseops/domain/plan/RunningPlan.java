package io.lakebaseops.domain.plan;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A plan that is being carried out, as far as it is now.
///
/// @param step number of the step that runs or ran last, from 1 on; 0 before the first
/// @param steps how many there are
/// @param title of that step; null before the first
/// @param since when that step began; when the plan was decided, before the first
/// @param elapsed since then
/// @param waitsFor the sessions that hold what the step waits for; empty while it works
/// @param runner the process that carries it out, as `host/pid/…`
public record RunningPlan(
        FiledPlan plan,
        int step,
        int steps,
        @Nullable String title,
        Instant since,
        Duration elapsed,
        List<Blocker> waitsFor,
        @Nullable String runner) {
    public RunningPlan {
        waitsFor = List.copyOf(waitsFor);
    }

    /// @param userName null when it may not be seen
    /// @param query its last statement, literals masked, cut short
    /// @param waited how long our step has waited for it
    public record Blocker(
            int pid,
            @Nullable String userName,
            String application,
            String state,
            String query,
            Duration waited) {}
}

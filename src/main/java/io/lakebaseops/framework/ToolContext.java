package io.lakebaseops.framework;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;

import java.time.Clock;
import java.util.UUID;

/// What one run of a tool is given: about which target, until when, for whom, and where to report.
public record ToolContext(
        UUID runId,
        TargetId target,
        Actor actor,
        Deadline deadline,
        Clock clock,
        Progress progress) {

    /// @see #progress
    @FunctionalInterface
    public interface Progress {
        /// @param fraction 0 to 1, negative when unknown
        void at(double fraction, String what);

        Progress SILENT = (_, _) -> {};
    }
}

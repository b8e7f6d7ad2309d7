package io.lakebaseops.console.shell;

import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// What the frame shows: where one can look, how much waits, when the agents work next.
///
/// @param waiting plans that wait for a person, on all targets
/// @param nextCycle when the next job runs; null when none is scheduled
record ShellSnapshot(List<TargetId> targets, int waiting, int agents, @Nullable Instant nextCycle) {
    ShellSnapshot {
        targets = List.copyOf(targets);
    }
}

package io.lakebaseops.console.shell;

import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What the frame shows: where one can look, how much waits, when the agents work next.
///
/// @param badges the number in the rail by screen id
/// @param nextCycle when the next job runs; null when none is scheduled
/// @param lastEvent the newest entry of the timeline in a line
record ShellSnapshot(
        List<TargetId> targets,
        Map<String, Integer> badges,
        int agents,
        @Nullable Instant nextCycle,
        String lastEvent) {
    ShellSnapshot {
        targets = List.copyOf(targets);
        badges = Map.copyOf(badges);
    }
}

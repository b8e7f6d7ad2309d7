package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.branching.BranchLife;
import io.lakebaseops.agents.provisioning.branching.LifeEvent;
import io.lakebaseops.agents.provisioning.branching.ProjectBranches;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An immutable picture of all the branches screen shows.
///
/// @param project null for a server that has no branches
/// @param skipped resets that were refused, newest first
record BranchesSnapshot(@Nullable ProjectBranches project, List<LifeEvent> skipped, Instant now) {
    BranchesSnapshot {
        skipped = List.copyOf(skipped);
    }

    List<BranchLife> branches() {
        return project == null ? List.of() : project.branches();
    }

    Optional<BranchLife> find(@Nullable String id) {
        return project == null || id == null ? Optional.empty() : project.find(id);
    }

    /// Those that end within this time.
    List<BranchLife> ending(Duration within) {
        var until = now.plus(within);
        return branches().stream()
                .filter(
                        b -> {
                            var end = b.branch().expiresAt();
                            return end != null && end.isAfter(now) && end.isBefore(until);
                        })
                .toList();
    }
}

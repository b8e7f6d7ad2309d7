package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.ControlPlane.Project;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The branches of a project and what happened to them in the last 30 days.
///
/// @param events newest first, a few hundred at most
/// @param sums how many events of each kind there were in all
public record ProjectBranches(
        Project project,
        int limit,
        List<BranchLife> branches,
        List<LifeEvent> events,
        Map<String, Long> sums) {
    public ProjectBranches {
        branches = List.copyOf(branches);
        events = List.copyOf(events);
        sums = Map.copyOf(sums);
    }

    public Optional<BranchLife> find(String id) {
        return branches.stream().filter(b -> b.id().equals(id)).findFirst();
    }

    public List<String> children(String id) {
        return branches.stream()
                .filter(b -> id.equals(b.branch().source()))
                .map(BranchLife::id)
                .toList();
    }

    /// Those that count against the limit.
    public int used() {
        return (int) branches.stream().map(BranchLife::branch).filter(BranchCount::counts).count();
    }

    List<Branch> plain() {
        return branches.stream().map(BranchLife::branch).toList();
    }
}

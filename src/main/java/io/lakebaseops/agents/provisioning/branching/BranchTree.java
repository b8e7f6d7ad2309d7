package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.ControlPlaneAccess;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The branches of a project at this moment, with their parents and children.
record BranchTree(ControlPlane plane, String project, List<Branch> branches) {
    BranchTree {
        branches = List.copyOf(branches);
    }

    /// Empty when the target is no Lakebase project, or the project is gone.
    static Optional<BranchTree> of(ControlPlaneAccess planes, ToolContext context) {
        var project = context.target().project();
        return planes.of(context.target())
                .filter(p -> p.project(project, context.deadline()).isPresent())
                .map(p -> new BranchTree(p, project, p.branches(project, context.deadline())));
    }

    Optional<Branch> find(String id) {
        return branches.stream().filter(b -> b.id().equals(id)).findFirst();
    }

    List<String> children(Branch of) {
        return branches.stream().filter(b -> of.id().equals(b.source())).map(Branch::id).toList();
    }

    Optional<Branch> protectedOne() {
        return branches.stream().filter(Branch::isProtected).findFirst();
    }

    /// A deleted branch keeps its name until it is purged.
    Optional<Branch> held(String id, ToolContext context) {
        return plane.deletedBranches(project, context.deadline()).stream()
                .filter(b -> b.id().equals(id))
                .findFirst();
    }

    /// Why nothing can be done to a branch that is not there, with those that are.
    String noSuch(String id) {
        return "there is no branch '%s' in %s".formatted(id, project);
    }

    String known() {
        return "known: " + branches.stream().map(Branch::id).collect(Collectors.joining(", "));
    }

    Precondition asSeen(Branch b) {
        return new Precondition.BranchAsSeen(
                b.id() + " is as it was looked at",
                project,
                b.id(),
                b.uid(),
                b.isProtected(),
                b.isDefault(),
                !children(b).isEmpty(),
                b.expiresAt());
    }
}

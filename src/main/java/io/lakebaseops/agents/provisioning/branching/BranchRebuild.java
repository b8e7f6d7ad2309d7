package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.ControlPlane.Endpoint;
import io.lakebaseops.lakebase.ControlPlane.Role;
import io.lakebaseops.lakebase.acts.CreateBranchAct;
import io.lakebaseops.lakebase.acts.DeleteBranchAct;
import io.lakebaseops.lakebase.acts.EnsureRoleAct;
import io.lakebaseops.lakebase.acts.PurgeBranchAct;
import io.lakebaseops.lakebase.acts.ShapeEndpointAct;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The steps that make a branch anew from its parent under the same name. The service has no reset,
/// so it is deleted, purged (a deleted branch keeps its name), made again, and given back its
/// computes and the roles it had of its own.
record BranchRebuild(BranchTree tree, Branch branch, ToolContext context) {

    List<Step> withComputes(@Nullable Duration longest) {
        var steps = new ArrayList<>(bare(life(longest)));
        tree.plane().endpoints(tree.project(), branch.id(), context.deadline()).stream()
                .sorted(Comparator.comparing(Endpoint::readWrite).reversed())
                .forEach(e -> steps.add(endpoint(e)));
        ownRoles().forEach(r -> steps.add(role(r)));
        return steps;
    }

    /// For branches that their pipeline builds, with whatever comes from the parent.
    ///
    /// @param ttl null = no expiry
    List<Step> bare(@Nullable Duration ttl) {
        var id = branch.id();
        var project = tree.project();
        return List.of(
                new Step.ApiStep(
                        "Delete branch " + id,
                        new DeleteBranchAct(project, id, branch.uid()),
                        Reversibility.IRREVERSIBLE),
                new Step.ApiStep(
                        "Free the name " + id,
                        new PurgeBranchAct(project, id, branch.uid()),
                        Reversibility.IRREVERSIBLE),
                new Step.ApiStep(
                        "Create branch %s from %s".formatted(id, branch.source()),
                        new CreateBranchAct(
                                project,
                                id,
                                String.valueOf(branch.source()),
                                ttl == null ? null : ttl.toSeconds(),
                                false),
                        Reversibility.RECOVERABLE));
    }

    /// As long as it was given when it was made; null = no expiry.
    private @Nullable Duration life(@Nullable Duration longest) {
        if (branch.expiresAt() == null) {
            return null;
        }
        var life = Duration.between(branch.createdAt(), branch.expiresAt());
        return longest != null && life.compareTo(longest) > 0 ? longest : life;
    }

    /// Roles of the parent come along by themselves.
    List<Role> ownRoles() {
        var project = tree.project();
        var inherited =
                tree.plane().roles(project, String.valueOf(branch.source()), context.deadline());
        return tree.plane().roles(project, branch.id(), context.deadline()).stream()
                .filter(r -> !inherited.contains(r))
                .toList();
    }

    private Step endpoint(Endpoint e) {
        var shape = tree.plane().shape(e, context.deadline());
        var suspend = shape.suspendAfter();
        return new Step.ApiStep(
                "Shape endpoint " + e.id(),
                new ShapeEndpointAct(
                        tree.project(),
                        branch.id(),
                        e.id(),
                        shape.readWrite(),
                        shape.minCu(),
                        shape.maxCu(),
                        suspend == null ? null : suspend.toSeconds(),
                        shape.disabled(),
                        shape.settings()),
                Reversibility.RECOVERABLE);
    }

    private Step role(Role r) {
        return new Step.ApiStep(
                "Role " + r.name(),
                new EnsureRoleAct(
                        tree.project(),
                        branch.id(),
                        r.name(),
                        r.identity(),
                        r.login(),
                        r.createDb(),
                        r.createRole(),
                        r.bypassRls(),
                        r.superuser()),
                Reversibility.RECOVERABLE);
    }
}

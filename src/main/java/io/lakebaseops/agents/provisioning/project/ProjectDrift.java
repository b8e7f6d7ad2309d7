package io.lakebaseops.agents.provisioning.project;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.ApiAct;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.acts.CreateBranchAct;
import io.lakebaseops.lakebase.acts.CreateProjectAct;
import io.lakebaseops.lakebase.acts.DeleteBranchAct;
import io.lakebaseops.lakebase.acts.DeleteProjectAct;
import io.lakebaseops.lakebase.acts.ProtectBranchAct;
import io.lakebaseops.lakebase.acts.PurgeBranchAct;
import io.lakebaseops.lakebase.acts.SetExpiryAct;
import io.lakebaseops.lakebase.acts.TagProjectAct;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/// What is missing between a project as it is and as it shall be. Whatever is right already is left
/// alone, so that a second run, or one after a broken first, only does the rest.
///
/// @param exists the project is there already
/// @param steps to be done, parents before children
/// @param undo what takes back exactly these steps
/// @param made branches that these steps make
/// @param caveats what is otherwise than wanted and is not ours to change
record ProjectDrift(
        boolean exists,
        List<Step> steps,
        List<Step> undo,
        List<String> made,
        List<String> caveats) {
    ProjectDrift {
        steps = List.copyOf(steps);
        undo = List.copyOf(undo);
        made = List.copyOf(made);
        caveats = List.copyOf(caveats);
    }

    static ProjectDrift of(ControlPlane plane, ProjectSpec wanted, Deadline deadline) {
        return new Look(plane, wanted, deadline).gap();
    }

    private static final class Look {
        private final ControlPlane plane;
        private final ProjectSpec wanted;
        private final Deadline deadline;
        private final List<Step> steps = new ArrayList<>();
        private final List<Step> undo = new ArrayList<>();
        private final List<String> made = new ArrayList<>();
        private final List<String> caveats = new ArrayList<>();

        Look(ControlPlane plane, ProjectSpec wanted, Deadline deadline) {
            this.plane = plane;
            this.wanted = wanted;
            this.deadline = deadline;
        }

        ProjectDrift gap() {
            boolean exists = plane.project(wanted.id(), deadline).isPresent();
            var branches = exists ? plane.branches(wanted.id(), deadline) : List.<Branch>of();
            var held = new HashMap<String, String>();
            if (exists) {
                plane.deletedBranches(wanted.id(), deadline)
                        .forEach(b -> held.put(b.id(), b.uid()));
                adopt(branches);
            } else {
                create();
            }
            for (var node : wanted.nodes()) {
                branches.stream()
                        .filter(b -> b.id().equals(node.branch()))
                        .findFirst()
                        .ifPresentOrElse(
                                there -> compare(node, there, branches),
                                () -> branch(node, held.get(node.branch())));
            }
            return new ProjectDrift(exists, steps, undo.reversed(), made, caveats);
        }

        private void create() {
            var suspend = wanted.suspendAfter();
            steps.add(
                    step(
                            "Create project " + wanted.id(),
                            new CreateProjectAct(
                                    wanted.id(),
                                    wanted.displayName(),
                                    wanted.minCu(),
                                    wanted.maxCu(),
                                    suspend == null ? null : suspend.toSeconds(),
                                    true,
                                    wanted.tags())));
            // In reverse: a project with a protected branch cannot be deleted.
            undo.add(
                    step(
                            "Delete project " + wanted.id(),
                            DeleteProjectAct.madeByThisPlan(wanted.id())));
            undo.add(protection(false));
            made.add(TreePattern.ROOT);
        }

        /// The service makes `production` with the project; it may lack only our wishes.
        private void adopt(List<Branch> branches) {
            var tags = new TreeMap<>(plane.tags(wanted.id(), deadline));
            var before = new TreeMap<>(tags);
            tags.putAll(wanted.tags());
            if (!tags.equals(before)) {
                steps.add(step("Tag the project", new TagProjectAct(wanted.id(), tags)));
                undo.add(step("Set the tags back", new TagProjectAct(wanted.id(), before)));
            }
            var root = branches.stream().filter(b -> b.id().equals(TreePattern.ROOT)).findFirst();
            var holder = branches.stream().filter(Branch::isProtected).findFirst();
            if (root.isEmpty()) {
                caveats.add("the project has no branch " + TreePattern.ROOT);
            } else if (holder.isEmpty()) {
                steps.add(protection(true));
                undo.add(protection(false));
            } else if (!holder.get().id().equals(TreePattern.ROOT)) {
                caveats.add(
                        "%s holds the only protection; %s stays without"
                                .formatted(holder.get().id(), TreePattern.ROOT));
            }
        }

        private Step protection(boolean on) {
            return step(
                    (on ? "Protect " : "Unprotect ") + TreePattern.ROOT,
                    new ProtectBranchAct(wanted.id(), TreePattern.ROOT, on));
        }

        private void branch(TreePattern.Node node, @Nullable String held) {
            if (held != null) {
                steps.add(
                        new Step.ApiStep(
                                "Free the name " + node.branch(),
                                new PurgeBranchAct(wanted.id(), node.branch(), held),
                                Reversibility.IRREVERSIBLE));
            }
            steps.add(
                    step(
                            "Create branch %s from %s".formatted(node.branch(), node.source()),
                            new CreateBranchAct(
                                    wanted.id(),
                                    node.branch(),
                                    node.source(),
                                    seconds(node.ttl()),
                                    false)));
            undo.add(
                    step(
                            "Delete branch " + node.branch(),
                            DeleteBranchAct.madeByThisPlan(wanted.id(), node.branch())));
            made.add(node.branch());
        }

        private void compare(TreePattern.Node node, Branch there, List<Branch> all) {
            if (!Objects.equals(there.source(), node.source())) {
                caveats.add(
                        "%s was made from %s, not %s; it is left as it is"
                                .formatted(there.id(), there.source(), node.source()));
            }
            boolean childless = all.stream().noneMatch(b -> there.id().equals(b.source()));
            boolean endless = there.expiresAt() == null;
            if (endless != (node.ttl() == null)
                    && (node.ttl() == null || (childless && !there.isProtected()))) {
                steps.add(
                        step(
                                "Set the expiry of " + there.id(),
                                new SetExpiryAct(wanted.id(), there.id(), seconds(node.ttl()))));
            }
        }

        private static @Nullable Long seconds(@Nullable Duration ttl) {
            return ttl == null ? null : ttl.toSeconds();
        }

        private static Step step(String title, ApiAct act) {
            return new Step.ApiStep(title, act, Reversibility.REVERSIBLE);
        }
    }
}

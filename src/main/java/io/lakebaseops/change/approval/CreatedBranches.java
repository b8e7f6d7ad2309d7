package io.lakebaseops.change.approval;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.state.StateDb;

import java.time.Duration;
import java.time.Instant;

/// Which branches did we make ourselves? What a plan of ours made, with an end from the start.
final class CreatedBranches {
    /// The clocks of the control plane and of this machine need not agree to the second.
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private final StateDb db;
    private final PlanStore store;

    CreatedBranches(StateDb db, PlanStore store) {
        this.db = db;
        this.store = store;
    }

    /// @param createdAt as the control plane says: a branch somebody made later under the same name
    ///     is not ours
    boolean made(TargetId branch, Instant createdAt) {
        return db
                .tx(tx -> store.list(tx, ChangeSql.PLAN_MAKING_BRANCH, "branch", branch.branch()))
                .stream()
                .filter(p -> p.plan().target().profile().equals(branch.profile()))
                .filter(p -> makes(p.plan(), branch))
                .anyMatch(
                        p ->
                                !createdAt.isBefore(p.filedAt().minus(CLOCKS))
                                        && p.finishedAt() != null
                                        && !createdAt.isAfter(p.finishedAt().plus(CLOCKS)));
    }

    private static boolean makes(ChangePlan plan, TargetId branch) {
        return plan.steps().stream()
                .anyMatch(
                        s ->
                                s instanceof Step.ApiStep(_, Step.ApiAct.CreateBranch c, _)
                                        && c.project().equals(branch.project())
                                        && c.branch().equals(branch.branch())
                                        && c.ttlSeconds() != null
                                        && !c.isProtected());
    }
}

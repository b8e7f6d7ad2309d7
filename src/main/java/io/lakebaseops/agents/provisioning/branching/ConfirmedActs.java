package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.change.execution.Receipt;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.Branch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The effects of a plan on branches that really happened. A step that reported success and one
/// whose outcome is not known are both looked up at the control plane; only what it confirms
/// becomes a fact.
final class ConfirmedActs {
    /// The service's clock may be that much behind ours.
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);

    private final ControlPlane plane;
    private final Deadline deadline;

    ConfirmedActs(ControlPlane plane, Deadline deadline) {
        this.plane = plane;
        this.deadline = deadline;
    }

    /// @param number of the step in its list, from 1
    record Confirmed(int number, BranchEffect effect, boolean undo) {}

    List<Confirmed> of(FiledPlan filed, List<Receipt> receipts) {
        var all = new ArrayList<Confirmed>();
        collect(filed.plan().steps(), receipts, Receipt.Phase.RUN, all);
        if (filed.state() != FiledPlan.State.DONE) {
            collect(filed.plan().undo().steps(), receipts, Receipt.Phase.UNDO, all);
        }
        return all;
    }

    private void collect(
            List<Step> steps, List<Receipt> receipts, Receipt.Phase phase, List<Confirmed> all) {
        for (var receipt : receipts) {
            if (receipt.phase() == phase
                    && receipt.step() <= steps.size()
                    && steps.get(receipt.step() - 1) instanceof Step.ApiStep api
                    && so(api.act().effect(), receipt)) {
                all.add(
                        new Confirmed(
                                receipt.step(), api.act().effect(), phase == Receipt.Phase.UNDO));
            }
        }
    }

    private boolean so(BranchEffect effect, Receipt receipt) {
        boolean sure = receipt.outcome() == Receipt.Outcome.DONE;
        return switch (effect) {
            case BranchEffect.Made made ->
                    find(made.project(), made.branch())
                            .filter(
                                    b ->
                                            sure
                                                    || made.way() == BranchEffect.Made.Way.RESTORED
                                                    || since(b, receipt))
                            .isPresent();
            case BranchEffect.Gone gone ->
                    gone.way() != BranchEffect.Gone.Way.PURGED
                            && find(gone.project(), gone.branch())
                                    .filter(b -> gone.uid() == null || b.uid().equals(gone.uid()))
                                    .isEmpty();
            case BranchEffect.Guarded g ->
                    find(g.project(), g.branch())
                            .filter(b -> b.isProtected() == g.isProtected())
                            .isPresent();
            case BranchEffect.LifeSet set ->
                    find(set.project(), set.branch())
                            .filter(b -> (b.expiresAt() == null) == (set.ttlSeconds() == null))
                            .isPresent();
            case BranchEffect.None _ -> false;
        };
    }

    private Optional<Branch> find(String project, String branch) {
        return plane.branch(project, branch, deadline);
    }

    private static boolean since(Branch b, Receipt receipt) {
        return b.createdAt().isAfter(receipt.startedAt().minus(CLOCKS_APART));
    }
}

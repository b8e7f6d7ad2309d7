package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.change.execution.Receipt;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Step.ApiAct;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.Branch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which acts of a plan really happened? A step that reported success and one whose outcome is not
/// known are both looked up at the control plane; only what it confirms becomes a fact.
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
    record Confirmed(int number, ApiAct act, boolean undo) {}

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
                    && so(api.act(), receipt)) {
                all.add(new Confirmed(receipt.step(), api.act(), phase == Receipt.Phase.UNDO));
            }
        }
    }

    private boolean so(ApiAct act, Receipt receipt) {
        boolean sure = receipt.outcome() == Receipt.Outcome.DONE;
        return switch (act) {
            case ApiAct.CreateBranch c ->
                    find(c.project(), c.branch())
                            .filter(b -> sure || since(b, receipt))
                            .isPresent();
            case ApiAct.DeleteBranch d -> find(d.project(), d.branch()).isEmpty();
            case ApiAct.UndeleteBranch u -> find(u.project(), u.branch()).isPresent();
            case ApiAct.ProtectBranch p ->
                    find(p.project(), p.branch())
                            .filter(b -> b.isProtected() == p.isProtected())
                            .isPresent();
            case ApiAct.SetExpiry s ->
                    find(s.project(), s.branch())
                            .filter(b -> (b.expiresAt() == null) == (s.ttlSeconds() == null))
                            .isPresent();
            case ApiAct.CreateProject c -> plane.project(c.project(), deadline).isPresent();
            case ApiAct.PurgeBranch _,
                    ApiAct.DeleteProject _,
                    ApiAct.TagProject _,
                    ApiAct.ShapeEndpoint _,
                    ApiAct.EnsureRole _,
                    ApiAct.CatalogAct _ ->
                    false;
        };
    }

    private Optional<Branch> find(String project, String branch) {
        return plane.branch(project, branch, deadline);
    }

    private static boolean since(Branch b, Receipt receipt) {
        return b.createdAt().isAfter(receipt.startedAt().minus(CLOCKS_APART));
    }
}

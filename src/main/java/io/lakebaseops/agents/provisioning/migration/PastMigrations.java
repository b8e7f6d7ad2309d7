package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.approval.PlanHistory;
import io.lakebaseops.change.execution.Receipt;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// How far an earlier attempt at a migration came. Statements outside a transaction stay when a
/// later one of their file fails; the receipts of the gate say which.
public final class PastMigrations implements EarlierRuns {
    private static final int LOOK_BACK = 200;

    /// Tools whose plans apply migration files.
    private static final Set<String> MIGRATING =
            Set.of(ApplySchemaMigration.NAME, "provision_with_governance");

    private final ApprovalDesk desk;
    private final PlanHistory history;

    public PastMigrations(ApprovalDesk desk, PlanHistory history) {
        this.desk = desk;
        this.history = history;
    }

    @Override
    public FinishedStatements finished(TargetId target, Instant since) {
        var times = new HashMap<FinishedStatements.Key, Integer>();
        desk.history(target, LOOK_BACK).stream()
                .filter(p -> MIGRATING.contains(p.plan().tool()))
                .filter(p -> p.state() == FiledPlan.State.FAILED && p.filedAt().isAfter(since))
                .forEach(p -> count(p, times));
        return new FinishedStatements(times);
    }

    private void count(FiledPlan plan, Map<FinishedStatements.Key, Integer> times) {
        var keys = FinishedStatements.of(plan.plan().steps());
        for (var receipt : history.receipts(plan.id())) {
            var key = keys.get(receipt.step() - 1);
            boolean ran =
                    receipt.phase() == Receipt.Phase.RUN
                            && receipt.outcome() == Receipt.Outcome.DONE;
            if (ran && key != null) {
                times.merge(key, 1, Integer::sum);
            }
        }
    }
}

package io.lakebaseops.change.approval;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.Tx;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Closes waiting plans whose server is gone: nobody should have to read them.
///
/// A plan that makes the branch it is about waits on, and so does every plan while it is not known
/// for certain that its server is gone: it must have been missing at two looks, since a listing may
/// be a moment old.
final class GoneTargets {
    private static final Logger LOG = LoggerFactory.getLogger(GoneTargets.class);

    private final StateDb db;
    private final PlanStore store;
    private final PlanStateRecorder journal;
    private final Clock clock;
    private final Map<TargetId, String> missing = new ConcurrentHashMap<>();

    GoneTargets(StateDb db, PlanStore store, PlanStateRecorder journal, Clock clock) {
        this.db = db;
        this.store = store;
        this.journal = journal;
        this.clock = clock;
    }

    /// @param gone why a target is gone for good; empty when it is there or cannot be asked
    int close(Function<TargetId, Optional<String>> gone) {
        int closed = 0;
        for (var target :
                db.tx(tx -> tx.column(ChangeSql.PLAN_WAITING_TARGETS, Map.of(), TargetId.class))) {
            var why = asked(gone, target).orElse(null);
            if (why == null) {
                missing.remove(target);
            } else if (why.equals(missing.put(target, why))) {
                closed += close(target, why);
            }
        }
        return closed;
    }

    private static Optional<String> asked(
            Function<TargetId, Optional<String>> gone, TargetId target) {
        try {
            return gone.apply(target);
        } catch (OpsException e) {
            LOG.debug("Whether {} is still there is not known: {}", target, e.getMessage());
            return Optional.empty();
        }
    }

    private int close(TargetId target, String why) {
        var closed = db.tx(tx -> close(tx, target, why));
        closed.forEach(p -> journal.tell(p.id()));
        return closed.size();
    }

    private List<FiledPlan> close(Tx tx, TargetId target, String why) throws SQLException {
        var now = clock.instant();
        var closed = new ArrayList<FiledPlan>();
        for (var plan : store.list(tx, ChangeSql.PLAN_WAITING_ON, "target", target.key())) {
            if (needs(plan.plan(), target)) {
                store.close(tx, plan.id(), State.SUPERSEDED, now, why, null);
                store.decision(tx, plan.id(), "supersede", Approval.POLICY, null, null, why, now);
                closed.add(plan);
            }
        }
        for (var plan : closed) {
            journal.entry(
                    tx,
                    "target_gone",
                    plan.id(),
                    Approval.POLICY.name(),
                    "state",
                    State.SUPERSEDED,
                    "reason",
                    why);
        }
        return closed;
    }

    private static boolean needs(ChangePlan plan, TargetId target) {
        boolean statements = plan.steps().stream().noneMatch(Step.ApiStep.class::isInstance);
        return statements
                || plan.preconditions().stream()
                        .anyMatch(
                                p ->
                                        switch (p) {
                                            case Precondition.BranchAsSeen seen ->
                                                    seen.branch().equals(target.branch());
                                            case Precondition.BranchState state ->
                                                    state.exists()
                                                            && state.branch()
                                                                    .equals(target.branch());
                                            case Precondition.SqlRows _,
                                                    Precondition.StillTrue _,
                                                    Precondition.CatalogState _,
                                                    Precondition.GrantsAsSeen _ ->
                                                    false;
                                        });
    }
}

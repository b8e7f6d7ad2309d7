package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.agents.RowsOnce;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// What happened to a branch, and who did it? One row per event in its life, and the event itself.
public final class BranchLedger implements Consumer<FiledPlan> {
    private final RowsOnce rows;
    private final EventBus events;
    private final Clock clock;

    public BranchLedger(Lakehouse lakehouse, EventBus events, Clock clock) {
        this.rows =
                new RowsOnce(
                        lakehouse,
                        OpsTables.BRANCH_LIFECYCLE.name(),
                        HistoryQueries.BRANCH_EVENT_STORED);
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void accept(FiledPlan filed) {
        for (var step : filed.plan().steps()) {
            if (step instanceof Step.ApiStep(var _, var act, var _)
                    && act instanceof Step.ApiAct.CreateBranch made) {
                switch (filed.state()) {
                    case DONE -> created(filed, made);
                    case UNDONE -> deleted(filed, made);
                    case WAITING,
                            APPROVED,
                            RUNNING,
                            FAILED,
                            REJECTED,
                            EXPIRED,
                            SUPERSEDED,
                            UNDOING -> {}
                }
            }
        }
    }

    private void created(FiledPlan filed, Step.ApiAct.CreateBranch made) {
        var target = on(filed, made.branch());
        var row = row(filed, target, "created", 0);
        row.put("source_branch", made.source());
        row.put("ttl_seconds", made.ttlSeconds());
        row.put("is_protected", made.isProtected());
        if (!store(filed, row)) {
            return;
        }
        events.publish(
                new OpsEvent.BranchCreated(target, clock.instant(), made.branch(), made.source()));
    }

    private void deleted(FiledPlan filed, Step.ApiAct.CreateBranch made) {
        var target = on(filed, made.branch());
        if (!store(filed, row(filed, target, "deleted", 1))) {
            return;
        }
        events.publish(new OpsEvent.BranchDeleted(target, clock.instant(), made.branch()));
    }

    private Map<String, @Nullable Object> row(
            FiledPlan filed, TargetId target, String type, int nth) {
        var at = filed.finishedAt() == null || nth > 0 ? clock.instant() : filed.finishedAt();
        var by = filed.plan().proposedBy();
        var row = HistoryRow.of(target, at, filed.id().toString());
        row.put("event_type", type);
        row.put("actor", by.name());
        row.put("actor_kind", kind(by));
        row.put("reason", filed.plan().why());
        return row;
    }

    private boolean store(FiledPlan filed, Map<String, @Nullable Object> row) {
        return rows.add(
                row,
                Map.of(
                        "branch", String.valueOf(row.get("branch_id")),
                        "run_id", filed.id().toString(),
                        "event_type", String.valueOf(row.get("event_type"))));
    }

    private static TargetId on(FiledPlan filed, String branch) {
        var t = filed.plan().target();
        return new TargetId(t.profile(), t.project(), branch);
    }

    private static String kind(Actor by) {
        return by.kind().name().toLowerCase(Locale.ROOT);
    }
}

package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.change.PlanHistory;
import io.lakebaseops.change.Receipt;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/// Whose schema changed? Tells once per plan, also when only the first of its files went through.
public final class MigrationLedger implements Consumer<FiledPlan> {
    private final Function<UUID, List<Receipt>> receipts;
    private final EventBus events;
    private final Clock clock;
    private final Set<UUID> told = ConcurrentHashMap.newKeySet();

    public MigrationLedger(PlanHistory history, EventBus events, Clock clock) {
        this.receipts = history::receipts;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void accept(FiledPlan filed) {
        boolean ended =
                filed.state() == FiledPlan.State.DONE || filed.state() == FiledPlan.State.FAILED;
        if (!ended || !filed.plan().tool().equals(ApplySchemaMigration.NAME)) {
            return;
        }
        var applied =
                receipts.apply(filed.id()).stream()
                        .filter(r -> r.outcome() == Receipt.Outcome.DONE)
                        .map(Receipt::title)
                        .filter(t -> t.startsWith("Apply ") || t.startsWith("Note "))
                        .toList();
        if (!applied.isEmpty() && told.add(filed.id())) {
            var last = applied.getLast().split(" ", 3)[1];
            events.publish(
                    new OpsEvent.SchemaMigrated(filed.plan().target(), clock.instant(), last));
        }
    }
}

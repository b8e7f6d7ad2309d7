package io.lakebaseops.agents.health.archival;

import io.lakebaseops.domain.plan.ArchiveOrder.Direction;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.state.Archivals;

import java.time.Clock;
import java.util.function.Consumer;

/// Tells the agents when rows have been archived: whoever shows or mirrors the table reads it anew.
public final class ArchivalLedger implements Consumer<FiledPlan> {
    private final Archivals archivals;
    private final EventBus events;
    private final Clock clock;

    public ArchivalLedger(Archivals archivals, EventBus events, Clock clock) {
        this.archivals = archivals;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void accept(FiledPlan filed) {
        // Told again when its proofs are measured.
        if (filed.state() != FiledPlan.State.DONE || filed.verification() != null) {
            return;
        }
        for (var step : filed.plan().steps()) {
            if (step instanceof Step.ArchiveStep archive
                    && archive.order().direction() == Direction.ARCHIVE) {
                archivals
                        .find(archive.order().archival())
                        .ifPresent(
                                a ->
                                        events.publish(
                                                new OpsEvent.ColdDataArchived(
                                                        filed.plan().target(),
                                                        clock.instant(),
                                                        filed.plan().subject(),
                                                        a.rowsDeleted())));
            }
        }
    }
}

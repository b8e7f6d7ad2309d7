package io.lakebaseops.agents.health.archival;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.state.Archival;
import io.lakebaseops.state.Archivals;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What a screen shows of archiving: the last count, the archivals, and plans about them.
public final class ArchiveBoard {
    private final ColdLooks looks;
    private final Archivals archivals;
    private final ArchivalPlans plans;

    public ArchiveBoard(ColdLooks looks, Archivals archivals, ArchivalPlans plans) {
        this.looks = looks;
        this.archivals = archivals;
        this.plans = plans;
    }

    public Optional<ColdLooks.Look> look(TargetId target) {
        return looks.last(target);
    }

    /// The newest first.
    public List<Archival> archivals(TargetId target, int limit) {
        return archivals.list(target, limit);
    }

    public ChangePlan continuation(UUID archival, Actor by) {
        return plans.continuation(found(archival), by);
    }

    /// @param keys as the archive's `_key` writes them; empty = every row of the archival
    public ChangePlan restore(UUID archival, List<String> keys, Actor by) {
        return plans.restore(found(archival), keys, by);
    }

    private Archival found(UUID id) {
        return archivals
                .find(id)
                .orElseThrow(
                        () ->
                                new OpsException(
                                        OpsException.Kind.NOT_FOUND,
                                        "Archival " + id,
                                        "the journal has no such archival",
                                        "look at the list again"));
    }
}

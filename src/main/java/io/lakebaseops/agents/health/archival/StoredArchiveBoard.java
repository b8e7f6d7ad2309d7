package io.lakebaseops.agents.health.archival;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.lakehouse.history.PastDeeds;
import io.lakebaseops.state.Archival;
import io.lakebaseops.state.Archivals;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The board over the state database.
public final class StoredArchiveBoard implements ArchiveBoard {
    private final ColdLooks looks;
    private final Archivals archivals;
    private final ArchivalPlans plans;
    private final UnifiedQuery query;
    private final PastDeeds past;

    public StoredArchiveBoard(
            ColdLooks looks,
            Archivals archivals,
            ArchivalPlans plans,
            UnifiedQuery query,
            PastDeeds past) {
        this.past = past;
        this.looks = looks;
        this.archivals = archivals;
        this.plans = plans;
        this.query = query;
    }

    @Override
    public Optional<ColdLooks.Look> look(TargetId target) {
        return looks.last(target);
    }

    @Override
    public List<Archival> archivals(TargetId target, int limit) {
        return archivals.list(target, limit);
    }

    @Override
    public Optional<PastDeeds.PastArchivals> past(TargetId target) {
        return past.archivals(target);
    }

    @Override
    public UnifiedQuery.Answer ask(TargetId target, String schema, String table, String select) {
        return query.ask(target, schema, table, select, Deadline.in(UnifiedQuery.LIMIT));
    }

    @Override
    public ChangePlan continuation(UUID archival, Actor by) {
        return plans.continuation(found(archival), by);
    }

    @Override
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

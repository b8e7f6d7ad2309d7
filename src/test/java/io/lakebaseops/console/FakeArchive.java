package io.lakebaseops.console;

import io.lakebaseops.agents.health.archival.ArchivalPlans;
import io.lakebaseops.agents.health.archival.ArchiveBoard;
import io.lakebaseops.agents.health.archival.ColdLooks;
import io.lakebaseops.agents.health.archival.UnifiedQuery;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.lakehouse.history.PastDeeds.PastArchivals;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.state.Archival;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/// Archiving as a test sets it up; plans are those of the product.
public final class FakeArchive implements ArchiveBoard {
    public PastArchivals past;
    public volatile Optional<ColdLooks.Look> look = Optional.empty();
    public volatile UnifiedQuery.Answer answer;
    public volatile RuntimeException broken;
    public final List<Archival> archivals = new CopyOnWriteArrayList<>();
    private final ArchivalPlans plans;

    FakeArchive(Clock clock) {
        plans = new ArchivalPlans(SqlLibrary.fromClassPath(), clock);
    }

    @Override
    public Optional<ColdLooks.Look> look(TargetId target) {
        if (broken != null) {
            throw broken;
        }
        return look;
    }

    @Override
    public List<Archival> archivals(TargetId target, int limit) {
        return archivals;
    }

    @Override
    public Optional<PastArchivals> past(TargetId target) {
        return Optional.ofNullable(past);
    }

    @Override
    public UnifiedQuery.Answer ask(TargetId target, String schema, String table, String select) {
        if (answer == null) {
            throw new AssertionError("nobody should ask " + select);
        }
        return answer;
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
        return archivals.stream().filter(a -> a.id().equals(id)).findFirst().orElseThrow();
    }
}

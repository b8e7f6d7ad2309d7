package io.lakebaseops.agents.health.archival;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.lakehouse.history.PastDeeds.PastArchivals;
import io.lakebaseops.state.Archival;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What a screen shows of archiving: the last count, the archivals, and plans about them.
public interface ArchiveBoard {
    Optional<ColdLooks.Look> look(TargetId target);

    /// The newest first.
    List<Archival> archivals(TargetId target, int limit);

    /// Those of the demo's generated past, which nobody can restore; empty elsewhere.
    Optional<PastArchivals> past(TargetId target);

    /// One SELECT over an archived table and its archive together.
    UnifiedQuery.Answer ask(TargetId target, String schema, String table, String select);

    ChangePlan continuation(UUID archival, Actor by);

    /// @param keys as the archive's `_key` writes them; empty = every row of the archival
    ChangePlan restore(UUID archival, List<String> keys, Actor by);
}

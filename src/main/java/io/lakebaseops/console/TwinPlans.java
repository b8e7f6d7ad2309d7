package io.lakebaseops.console;

import io.lakebaseops.agents.performance.indexes.IndexPlanning;
import io.lakebaseops.agents.performance.indexes.IndexSetFiling;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.work.Work;
import io.lakebaseops.state.IndexSet;

/// Plans the known statements with or without the index of a finding in the planner twin; work that
/// is shown and can be cancelled.
public interface TwinPlans {
    Work<IndexPlanning.Answer> start(TargetId target, Finding finding, Actor actor);

    /// Files the plans of a set of indexes.
    Work<IndexSetFiling.Filed> file(TargetId target, IndexSet set, Actor actor);

    /// Deletes the statistics that the twin holds.
    void forget();
}

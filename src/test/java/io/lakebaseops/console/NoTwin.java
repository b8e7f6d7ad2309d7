package io.lakebaseops.console;

import io.lakebaseops.agents.performance.indexes.IndexPlanning;
import io.lakebaseops.agents.performance.indexes.IndexSetFiling;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.work.Work;
import io.lakebaseops.state.IndexSet;

/// The invented shop has no server to take a twin of.
final class NoTwin implements TwinPlans {
    @Override
    public Work<IndexPlanning.Answer> start(TargetId target, Finding finding, Actor actor) {
        throw new UnsupportedOperationException("no test asks for it");
    }

    @Override
    public Work<IndexSetFiling.Filed> file(TargetId target, IndexSet set, Actor actor) {
        throw new UnsupportedOperationException("no test asks for it");
    }

    @Override
    public void forget() {
        throw new UnsupportedOperationException("no test asks for it");
    }
}

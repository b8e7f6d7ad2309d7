package io.lakebaseops.console.indexes;

import io.lakebaseops.agents.performance.indexes.IndexPlanning;
import io.lakebaseops.console.TwinPlans;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the planner twin said of findings while this window was open.
final class TwinAnswers {
    private final TwinPlans twin;
    private final Map<String, IndexPlanning.Answer> said = new ConcurrentHashMap<>();

    TwinAnswers(TwinPlans twin) {
        this.twin = twin;
    }

    IndexPlanning.@Nullable Answer of(FindingLine line) {
        return said.get(line.fingerprint());
    }

    /// Blocks until it has answered.
    void ask(TargetId target, FindingLine line, Actor actor) {
        said.put(line.fingerprint(), twin.start(target, line.finding(), actor).join());
    }

    /// With the statistics it holds go its answers.
    void forget() {
        twin.forget();
        said.clear();
    }

    void clear() {
        said.clear();
    }
}

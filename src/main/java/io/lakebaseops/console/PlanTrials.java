package io.lakebaseops.console;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.work.Work;
import io.lakebaseops.trial.TrialReport;

/// Tries a plan's steps on a short-lived branch of its server, with the top statements before and
/// after; work that is shown and can be cancelled.
@FunctionalInterface
public interface PlanTrials {
    Work<TrialReport> start(FiledPlan plan, Actor actor);
}

package io.lakebaseops.console.queries;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.plan.PlanDocument;
import io.lakebaseops.explain.ExplainedPlan;
import io.lakebaseops.explain.PlanComparison;
import io.lakebaseops.lakehouse.history.StatementPlan;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/// The execution plans a statement has had, oldest first, and how they differ.
record KeptPlans(List<StatementPlan> plans) {
    KeptPlans {
        plans = List.copyOf(plans);
    }

    static String name(String fingerprint) {
        return fingerprint.length() > 4 ? fingerprint.substring(0, 4) : fingerprint;
    }

    /// How the last plan differs from the one before, in words; null where there is none.
    @Nullable String lastChange() {
        if (plans.size() < 2) {
            return null;
        }
        return PlanComparison.of(
                        ExplainedPlan.read(plans.get(plans.size() - 2).json()),
                        ExplainedPlan.read(plans.getLast().json()))
                .words();
    }

    /// The plan before one that is shown; null when no other is known.
    PlanDocument.@Nullable Before before(
            ExplainedPlan shown, @Nullable String fingerprint, Instant now, ZoneId zone) {
        Instant since = null;
        for (var plan : plans.reversed()) {
            if (plan.fingerprint().equals(fingerprint)) {
                since = plan.at();
            } else {
                return new PlanDocument.Before(
                        Texts.of("Plan %s", name(plan.fingerprint())),
                        since == null ? Texts.of("just now") : Texts.clock(since, now, zone),
                        PlanComparison.of(ExplainedPlan.read(plan.json()), shown));
            }
        }
        return null;
    }
}

package io.lakebaseops.domain.plan;

import java.util.List;

/// Where tools' plans go. Filing the same plan again returns the one already there.
@FunctionalInterface
public interface PlanSubmitter {
    /// HELD_BACK when a person said no to the same: who, when, why and until when stand in it.
    FiledPlan file(ChangePlan plan);

    /// Files many at once, which costs little more than one; the answers come in the same order.
    default List<FiledPlan> fileAll(List<ChangePlan> plans) {
        return plans.stream().map(this::file).toList();
    }
}

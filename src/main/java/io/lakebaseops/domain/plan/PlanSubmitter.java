package io.lakebaseops.domain.plan;

import java.util.List;

/// Where tools' plans go. Filing the same plan again returns the one already there.
@FunctionalInterface
public interface PlanSubmitter {
    /// HELD_BACK when a person said no to the same: who, when, why and until when stand in it.
    FiledPlan file(ChangePlan plan);

    /// The answers come in the same order. Many at once cost little more than one; what is filed
    /// before one is refused may stay filed.
    default List<FiledPlan> fileAll(List<ChangePlan> plans) {
        return plans.stream().map(this::file).toList();
    }
}

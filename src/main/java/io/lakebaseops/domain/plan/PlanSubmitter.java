package io.lakebaseops.domain.plan;

import java.util.List;

/// Where tools' plans go. Filing the same plan again returns the one already there.
@FunctionalInterface
public interface PlanSubmitter {
    FiledPlan file(ChangePlan plan);

    /// Files them in this order; what is filed before one is refused stays filed.
    default List<FiledPlan> fileAll(List<ChangePlan> plans) {
        return plans.stream().map(this::file).toList();
    }
}

package io.lakebaseops.domain.plan;

/// Where tools' plans go. Filing the same plan again returns the one already there.
@FunctionalInterface
public interface PlanSubmitter {
    FiledPlan file(ChangePlan plan);
}

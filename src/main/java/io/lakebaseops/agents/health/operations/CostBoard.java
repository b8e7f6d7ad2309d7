package io.lakebaseops.agents.health.operations;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;

/// What is known of a project's cost without asking the platform for its bill: the stored shares,
/// what other timeouts would cost, and the capacity forecast. Blocking.
public interface CostBoard {
    /// Whether the platform bills this server: a PostgreSQL by itself has no bill.
    boolean billed(TargetId target);

    /// @param branch only this one; null for all
    Costs costs(
            TargetId target, Costs.By by, @Nullable String branch, LocalDate from, LocalDate until);

    /// Days of branches that cost clearly more than usual, the costliest first.
    List<CostAnomaly> anomalies(Costs byBranch);

    SuspendAdvisor.Answer advice(TargetId target);

    List<Capacity> capacity(TargetId target);

    /// A plan for this point of a branch's curve; it is not filed yet.
    ChangePlan plan(TargetId target, SuspendAdvice advice, SuspendAdvice.Point point, Actor by);
}

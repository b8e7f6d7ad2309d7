package io.lakebaseops.console.cost;

import io.lakebaseops.agents.health.operations.Capacity;
import io.lakebaseops.agents.health.operations.CostAnomaly;
import io.lakebaseops.agents.health.operations.Costs;
import io.lakebaseops.agents.health.operations.MonthEnd;
import io.lakebaseops.agents.health.operations.SuspendAdvice;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Everything the cost screen shows.
///
/// @param billed whether the platform bills this server at all
/// @param shown the bill over the chosen days, divided as chosen
/// @param branches the same by branch
/// @param monthEnd null with too few days behind
/// @param refused why the bill cannot be read, and what would let us; null when it can
/// @param quiet branches without advice, with the reason
record CostSnapshot(
        boolean billed,
        LocalDate today,
        Costs.By by,
        Costs shown,
        Costs branches,
        List<CostAnomaly> anomalies,
        @Nullable MonthEnd monthEnd,
        List<SuspendAdvice> advice,
        List<String> quiet,
        List<Capacity> capacity,
        @Nullable String refused) {
    CostSnapshot {
        anomalies = List.copyOf(anomalies);
        advice = List.copyOf(advice);
        quiet = List.copyOf(quiet);
        capacity = List.copyOf(capacity);
    }

    Optional<SuspendAdvice> advice(@Nullable String branch) {
        return advice.stream().filter(a -> a.branch().equals(branch)).findFirst();
    }

    Optional<CostAnomaly> anomaly(@Nullable String branch) {
        return anomalies.stream().filter(a -> a.branch().equals(branch)).findFirst();
    }

    Optional<Costs.Part> branch(@Nullable String name) {
        return branches.parts().stream().filter(p -> p.key().equals(name)).findFirst();
    }
}

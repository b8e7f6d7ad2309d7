package io.lakebaseops.console.queries;

import io.lakebaseops.agents.performance.optimization.AnalyzeSlowQueriesWithAi.Diagnosis;
import io.lakebaseops.domain.WaitClass;
import io.lakebaseops.lakehouse.history.StatementPlan;
import io.lakebaseops.lakehouse.history.StatementTrend;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// One statement in depth, as its pane shows it.
///
/// @param trend over all that is shown; null when it did not run
/// @param waits mean active sessions of it by class, in the range
/// @param tables it names, as far as it is understood
/// @param plans it has had, oldest first
/// @param planChange how the last differs from the one before, in words; null with one plan
/// @param diagnosis of its plan; null when there is none
/// @param withoutDiagnosis why there is none
record StatementDetail(
        StatementLine line,
        @Nullable StatementTrend trend,
        Map<WaitClass, Double> waits,
        List<String> tables,
        List<StatementPlan> plans,
        @Nullable String planChange,
        @Nullable Diagnosis diagnosis,
        @Nullable String withoutDiagnosis) {
    StatementDetail {
        waits = Map.copyOf(waits);
        tables = List.copyOf(tables);
        plans = List.copyOf(plans);
    }
}

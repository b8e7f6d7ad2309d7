package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;

/// The rows that explain a metric's value, and the findings that go with it.
///
/// @param title of the table of these rows
/// @param needsMonitor true when a login without pg_monitor sees only its own part
/// @param inSubjectsDatabase true when the rows are those of the database the figure is about
/// @param nextTool the tool that looks closer or proposes a repair; null when there is none
/// @param findingKinds kinds of findings that explain the same trouble
public record MetricEvidence(
        String title,
        SqlName query,
        Map<String, Object> params,
        boolean needsMonitor,
        boolean inSubjectsDatabase,
        Set<String> findingKinds,
        @Nullable String nextTool) {
    public MetricEvidence {
        params = Map.copyOf(params);
        findingKinds = Set.copyOf(findingKinds);
    }
}

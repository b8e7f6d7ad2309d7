package io.lakebaseops.agents;

import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// The beginning of every row of our history: who it is about, when, by which run.
public final class HistoryRow {
    private HistoryRow() {}

    public static Map<String, @Nullable Object> of(TargetId target, Instant at, String runId) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("project_id", target.project());
        row.put("branch_id", target.branch());
        row.put("recorded_at", at);
        row.put("run_id", runId);
        row.put("source", "live");
        return row;
    }
}

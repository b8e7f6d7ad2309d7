package io.lakebaseops.state;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/// The runs of tools in the state database: where, for whom, and how each ended.
public final class ToolRunStore {
    private final StateDb db;

    public ToolRunStore(StateDb db) {
        this.db = db;
    }

    /// @param findings how many
    /// @param plans JSON list of plan ids
    /// @param report the output as JSON, cut when long; null unless it went well, and after a week
    public record ToolRow(
            UUID id,
            String tool,
            String target,
            String actor,
            String status,
            @Nullable String source,
            long findings,
            String plans,
            @Nullable String report,
            @Nullable String error,
            Instant startedAt,
            long durationMillis) {}

    public void put(ToolRow run) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("id", run.id());
        params.put("tool", run.tool());
        params.put("target", run.target());
        params.put("actor", run.actor());
        params.put("status", run.status());
        params.put("source", run.source());
        params.put("findings", run.findings());
        params.put("plans", run.plans());
        params.put("report", BoundedText.json(run.report()));
        params.put("error", BoundedText.message(run.error()));
        params.put("started_at", run.startedAt());
        params.put("duration_ms", run.durationMillis());
        db.run(tx -> tx.update(RunSql.TOOL_RUN_PUT, params));
    }

    public List<ToolRow> recent(@Nullable String tool, int limit) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("tool", tool);
        params.put("limit", limit);
        return db.tx(tx -> tx.query(RunSql.TOOL_RUNS, params, ToolRow.class));
    }
}

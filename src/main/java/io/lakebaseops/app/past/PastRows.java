package io.lakebaseops.app.past;

import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// The beginning of every generated row: as a measured one, but of a run that never ran and marked
/// as simulated.
final class PastRows {
    static final String RUN = "generated";
    static final String SOURCE = "simulated";

    private PastRows() {}

    static Map<String, @Nullable Object> of(TargetId target, Instant at) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("project_id", target.project());
        row.put("branch_id", target.branch());
        row.put("recorded_at", at);
        row.put("run_id", RUN);
        row.put("source", SOURCE);
        return row;
    }
}

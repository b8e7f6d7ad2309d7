package io.lakebaseops.lakehouse.history;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.ReadScope;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the history of execution plans: those of one statement, and when plans changed.
public final class StatementPlans {
    private final Lakehouse lakehouse;

    public StatementPlans(Lakehouse lakehouse) {
        this.lakehouse = lakehouse;
    }

    /// A moment at which the plan of a statement changed.
    public record Change(Instant at, long queryId, boolean simulated) {}

    /// The plans of a statement, oldest first; a plan stands once for as long as it was in use.
    public List<StatementPlan> of(TargetId target, long queryId, Deadline deadline) {
        var plans = new ArrayList<StatementPlan>();
        var asked = Map.<String, Object>of("queryid", queryId);
        for (var row :
                query(HistoryQueries.STATEMENT_PLANS, target, asked, ReadScope.ALL, deadline)
                        .list()) {
            if (row.get("recorded_at") instanceof Instant at) {
                plans.add(
                        new StatementPlan(
                                at,
                                String.valueOf(row.get("plan_fingerprint")),
                                String.valueOf(row.get("plan")),
                                WaitHistory.number(row, "total_cost"),
                                WaitHistory.number(row, "plan_rows"),
                                row.get("mean_exec_time") instanceof Number n
                                        ? n.doubleValue()
                                        : null,
                                Boolean.TRUE.equals(row.get("plan_changed")),
                                String.valueOf(row.get("captured_by")),
                                simulated(row)));
            }
        }
        return plans;
    }

    /// When plans changed in a range, of all statements, oldest first.
    public List<Change> changes(TargetId target, TimeRange range, Deadline deadline) {
        var changes = new ArrayList<Change>();
        for (var row :
                query(
                                HistoryQueries.PLAN_CHANGES,
                                target,
                                Map.of(),
                                ReadScope.between(range.from(), range.until()),
                                deadline)
                        .list()) {
            if (row.get("recorded_at") instanceof Instant at
                    && row.get("queryid") instanceof Long id) {
                changes.add(new Change(at, id, simulated(row)));
            }
        }
        return changes;
    }

    private static boolean simulated(Map<String, @Nullable Object> row) {
        return "simulated".equals(row.get("source"));
    }

    private Rows query(
            LakeQuery query,
            TargetId target,
            Map<String, Object> asked,
            ReadScope scope,
            Deadline deadline) {
        var values = new HashMap<>(asked);
        values.put("project", target.project());
        values.put("branch", target.branch());
        return lakehouse.query(query, values, scope, deadline);
    }
}

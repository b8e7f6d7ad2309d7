package io.lakebaseops.agents.performance.metrics;

import io.lakebaseops.agents.ExecutionPlan;
import io.lakebaseops.agents.ExecutionPlanHistory;
import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.agents.StatementSessions;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ExplainText;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.Targets;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps the execution plans of statements, each looked at once an hour, and at once when its mean
/// time jumps: explained for any values,
/// none is run.
public final class ExplainedPlanCapture implements PlanCapture {
    private static final Duration AGAIN_AFTER = Duration.ofHours(1);
    private static final double JUMP = 2;

    private final Targets targets;
    private final ExecutionPlanHistory history;
    private final Map<Seen, Look> looked = new ConcurrentHashMap<>();

    /// @param mean time of a call then
    private record Look(Instant at, double mean) {
        /// A mean that jumps may be another plan.
        boolean otherThan(double now) {
            return Math.max(now, mean) > JUMP * Math.min(now, mean);
        }
    }

    private record Seen(TargetId target, String database, long queryId) {}

    public ExplainedPlanCapture(Targets targets, ExecutionPlanHistory history) {
        this.targets = targets;
        this.history = history;
    }

    @Override
    public void capture(Map<String, Map<Long, Double>> running, ToolContext context) {
        var due = due(running, context);
        if (due.isEmpty()) {
            return;
        }
        var ids = due.values().stream().flatMap(m -> m.keySet().stream()).distinct().toList();
        var texts = new HashMap<Long, String>();
        try (var session = StatementSessions.open(targets, context)) {
            if (session == null) {
                return;
            }
            new StatementTextReader(targets, context)
                    .read(session, ids)
                    .list()
                    .forEach(t -> texts.put(t.queryid(), t.query()));
        }
        for (var database : due.entrySet()) {
            try (var session =
                    targets.read(context.target(), database.getKey(), context.deadline())) {
                explain(database.getValue(), texts, session, context);
            } catch (OpsException e) {
                // A database this login may not enter; it is tried again in an hour.
                if (PerDatabase.endsAll(e, context)) {
                    throw e;
                }
            }
        }
    }

    private Map<String, Map<Long, Double>> due(
            Map<String, Map<Long, Double>> running, ToolContext context) {
        var now = context.clock().instant();
        looked.values().removeIf(look -> look.at().plus(AGAIN_AFTER).isBefore(now));
        var due = new LinkedHashMap<String, Map<Long, Double>>();
        running.forEach(
                (database, means) ->
                        means.forEach(
                                (id, mean) -> {
                                    var seen = new Seen(context.target(), database, id);
                                    var last = looked.get(seen);
                                    if (last == null || last.otherThan(mean)) {
                                        looked.put(seen, new Look(now, mean));
                                        due.computeIfAbsent(database, _ -> new LinkedHashMap<>())
                                                .put(id, mean);
                                    }
                                }));
        return due;
    }

    private void explain(
            Map<Long, Double> due,
            Map<Long, String> texts,
            ReadSession session,
            ToolContext context) {
        for (var statement : due.entrySet()) {
            var text = texts.get(statement.getKey());
            if (text == null || ExplainText.refusal(text) != null) {
                continue;
            }
            try {
                var plan = ExecutionPlan.of(session.explain(new ExplainText(text)));
                history.keep(
                        statement.getKey(), plan, statement.getValue(), "generic_plan", context);
            } catch (OpsException e) {
                // The types of some parameters cannot be inferred; it is explained by hand then.
                if (PerDatabase.endsAll(e, context)) {
                    throw e;
                }
            }
        }
    }
}

package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.ExecutionPlan;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ExplainText;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.sqltext.SqlMask;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The plan of the slowest running statement. Asked of the planner of its own database: with its
/// real values when its text has them, else for any values. Its role, search path and settings may
/// differ from ours, so the plan is what *we* would get.
final class SlowPlan {
    private static final String HIDDEN = "<insufficient privilege>";

    private final ReadSession session;
    private final ToolContext context;
    private final List<String> why = new ArrayList<>();

    private SlowPlan(ReadSession session, ToolContext context) {
        this.session = session;
        this.context = context;
    }

    sealed interface Capture {
        /// @param queryid null when the server computes none
        /// @param meanMillis of all its calls, null when not known
        record Taken(
                @Nullable Long queryid,
                ExecutionPlan plan,
                @Nullable Double meanMillis,
                String by,
                Evidence evidence)
                implements Capture {}

        record Missing(String why) implements Capture {}
    }

    private record Running(
            @Nullable Long queryId, String queryText, @Nullable Boolean active, boolean cut) {}

    private record Known(String queryText, @Nullable Double meanMs) {}

    /// @param running rows of `monitoring/running_statements`, longest first
    static Capture capture(Evidence running, Targets targets, ToolContext context) {
        if (running.rows().isEmpty()) {
            return new Capture.Missing("the statement had ended");
        }
        var row = running.rows().list().getFirst();
        if (!(row.get("database_name") instanceof String database)
                || !(row.get("pid") instanceof Number pid)) {
            return new Capture.Missing("its session belongs to no database");
        }
        var queryid = row.get("query_id") instanceof Number n ? n.longValue() : null;
        try (var session = targets.read(context.target(), database, context.deadline())) {
            return new SlowPlan(session, context).of(pid.intValue(), queryid);
        } catch (OpsException e) {
            return new Capture.Missing("database %s: %s".formatted(database, e.why()));
        }
    }

    private Capture of(int pid, @Nullable Long queryid) {
        var now = session.one(HealthSql.RUNNING_STATEMENT, Map.of("pid", pid), Running.class);
        var same =
                now != null
                                && Boolean.TRUE.equals(now.active())
                                && java.util.Objects.equals(now.queryId(), queryid)
                        ? now
                        : null;
        var known = queryid == null ? null : known(queryid);
        var mean = known == null ? null : known.meanMs();
        var own = same == null ? null : ownText(same);
        if (own != null && !own.parameters()) {
            var plan = explain(own);
            if (plan != null) {
                return taken(pid, queryid, own, plan, mean, "explain");
            }
        }
        for (var text : texts(known == null ? null : known.queryText(), own)) {
            var plan = explain(text);
            if (plan != null) {
                return taken(pid, queryid, text, plan, mean, "generic_plan");
            }
        }
        if (why.isEmpty()) {
            why.add("it had ended, and nothing keeps its text");
        }
        return new Capture.Missing(String.join("; ", why.stream().distinct().toList()));
    }

    private @Nullable ExplainText ownText(Running now) {
        if (now.queryText().equals(HIDDEN)) {
            why.add("the texts of other roles are hidden from this login (needs pg_monitor)");
            return null;
        }
        if (now.cut()) {
            why.add("the server keeps only the beginning of its text (track_activity_query_size)");
            return null;
        }
        return allowed(now.queryText());
    }

    private List<ExplainText> texts(@Nullable String known, @Nullable ExplainText own) {
        var texts = new ArrayList<ExplainText>();
        if (known != null && !known.equals(HIDDEN)) {
            var text = allowed(known);
            if (text != null) {
                texts.add(text);
            }
        }
        if (own != null && own.parameters()) {
            texts.add(own);
        }
        return texts;
    }

    private @Nullable ExplainText allowed(String text) {
        var refusal = ExplainText.refusal(text);
        if (refusal != null) {
            why.add(refusal);
            return null;
        }
        return new ExplainText(text);
    }

    private @Nullable Known known(long queryid) {
        try {
            return session.one(HealthSql.KNOWN_STATEMENT, Map.of("queryid", queryid), Known.class);
        } catch (OpsException e) {
            why.add(e.why());
            return null;
        }
    }

    private @Nullable ExecutionPlan explain(ExplainText text) {
        try {
            return ExecutionPlan.of(session.explain(text));
        } catch (OpsException e) {
            why.add(e.why());
            return null;
        }
    }

    private Capture taken(
            int pid,
            @Nullable Long queryid,
            ExplainText text,
            ExecutionPlan plan,
            @Nullable Double mean,
            String by) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("query_text", SqlMask.mask(text.text()));
        row.put("plan", plan.json());
        row.put("plan_fingerprint", plan.fingerprint());
        row.put("total_cost", plan.totalCost());
        row.put("plan_rows", plan.rows());
        row.put("mean_ms", mean);
        Map<String, @Nullable Object> asked = new LinkedHashMap<>();
        asked.put("pid", pid);
        asked.put("queryid", queryid);
        var file = by.equals("explain") ? "capability/explain" : "capability/explain_generic";
        return new Capture.Taken(
                queryid,
                plan,
                mean,
                by,
                new Evidence(file, asked, new Rows(List.of(row)), context.clock().instant()));
    }
}

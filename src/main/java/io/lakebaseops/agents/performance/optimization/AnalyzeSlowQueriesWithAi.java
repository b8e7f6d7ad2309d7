package io.lakebaseops.agents.performance.optimization;

import io.lakebaseops.agents.ExecutionPlan;
import io.lakebaseops.agents.ExecutionPlanHistory;
import io.lakebaseops.agents.PerDatabase;
import io.lakebaseops.agents.StatementSessions;
import io.lakebaseops.agents.SuspendGuard;
import io.lakebaseops.agents.performance.indexes.IndexTwin;
import io.lakebaseops.agents.performance.indexes.WantedIndex;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.explain.ExplainedPlan;
import io.lakebaseops.explain.IndexIdea;
import io.lakebaseops.explain.PlanCause;
import io.lakebaseops.explain.PlanDiagnosis;
import io.lakebaseops.explain.PlanProblem;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakehouse.history.StatementStatistics;
import io.lakebaseops.lakehouse.history.WaitHistory;
import io.lakebaseops.postgres.ExplainText;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.sqltext.SqlMask;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Explains why statements are slow, from the plan the server would choose for them, what the
/// catalog says of their tables, and how often they are called. No language model takes part.
public final class AnalyzeSlowQueriesWithAi
        implements ReadTool<AnalyzeSlowQueriesWithAi.Input, AnalyzeSlowQueriesWithAi.Output> {
    private static final String WHAT = "Analyzing slow statements";

    private final Targets targets;
    private final ExecutionPlanHistory history;
    private final WaitHistory waits;
    private final StatementStatistics statistics;
    private final @Nullable IndexTwin twin;

    /// Without asking the planner of a twin.
    public AnalyzeSlowQueriesWithAi(
            Targets targets,
            ExecutionPlanHistory history,
            WaitHistory waits,
            StatementStatistics statistics) {
        this(targets, history, waits, statistics, null);
    }

    public AnalyzeSlowQueriesWithAi(
            Targets targets,
            ExecutionPlanHistory history,
            WaitHistory waits,
            StatementStatistics statistics,
            @Nullable IndexTwin twin) {
        this.twin = twin;
        this.targets = targets;
        this.history = history;
        this.waits = waits;
        this.statistics = statistics;
    }

    public record Input(
            @Doc(
                            value =
                                    "Only statements whose calls take this many milliseconds on average",
                            defaultValue = "5000")
                    double minMeanMs,
            @Doc(value = "At most this many, those with the most time", defaultValue = "10")
                    int top,
            @Doc("Only the statement with this id, however long it takes") @Nullable String queryid,
            @Doc(
                            value =
                                    "How many of the index ideas are also planned in the planner twin, with"
                                            + " cost before and after; what the planner would not take is not"
                                            + " proposed",
                            defaultValue = "3")
                    int twin) {
        /// Without asking the planner of a twin.
        public Input(double minMeanMs, int top, @Nullable String queryid) {
            this(minMeanMs, top, queryid, 0);
        }

        public Input {
            if (twin < 0 || twin > 20) {
                throw invalid("twin is " + twin, "give 0 to 20");
            }
            if (top < 1 || top > 100) {
                throw invalid("top is " + top, "give 1 to 100");
            }
            if (!(minMeanMs >= 0)) {
                throw invalid("min_mean_ms is " + minMeanMs, "give 0 or more");
            }
            if (queryid != null && !queryid.matches("-?\\d{1,19}")) {
                throw invalid(
                        "queryid is \"" + queryid + "\"", "give the number of pg_stat_statements");
            }
        }

        private static OpsException invalid(String why, String remedy) {
            return new OpsException(OpsException.Kind.INVALID_INPUT, WHAT, why, remedy);
        }

        private @Nullable Long id() {
            return queryid == null ? null : Long.valueOf(queryid);
        }
    }

    /// @param explained how many of them have a plan
    public record Output(int statements, int explained, List<Diagnosis> diagnoses) {
        public Output {
            diagnoses = List.copyOf(diagnoses);
        }
    }

    /// @param queryid of pg_stat_statements, as text since it does not fit into a number of JSON
    /// @param query with its values masked
    /// @param callsPerMinute mean since the server counts the statement
    /// @param plan as EXPLAIN (FORMAT JSON) gives it without running the statement, values masked;
    ///     null when there is none
    /// @param planFingerprint changes only when the way changes, not when the figures do
    /// @param planChanged another plan was kept before
    /// @param withoutPlan why there is none, else null
    /// @param verdict the likeliest reason in one sentence
    /// @param causes all reasons, the one with most at stake first
    public record Diagnosis(
            String queryid,
            String database,
            String query,
            long calls,
            double callsPerMinute,
            double meanMs,
            double totalMs,
            double rowsPerCall,
            @Nullable String plan,
            @Nullable String planFingerprint,
            boolean planChanged,
            @Nullable String withoutPlan,
            String verdict,
            List<Cause> causes) {
        public Diagnosis {
            causes = List.copyOf(causes);
        }

        public long number() {
            return Long.parseLong(queryid);
        }

        /// Indexes that the planner twin has planned the statement with, and would use.
        public Map<IndexIdea, WantedIndex.Answer> tested() {
            var tested = new LinkedHashMap<IndexIdea, WantedIndex.Answer>();
            for (var cause : causes) {
                if (cause.index() != null && cause.tried() != null) {
                    tested.putIfAbsent(cause.index(), cause.tried());
                }
            }
            return tested;
        }

        Diagnosis with(List<Cause> others) {
            return new Diagnosis(
                    queryid,
                    database,
                    query,
                    calls,
                    callsPerMinute,
                    meanMs,
                    totalMs,
                    rowsPerCall,
                    plan,
                    planFingerprint,
                    planChanged,
                    withoutPlan,
                    verdict,
                    others);
        }
    }

    /// @param node number of the node in the order of the plan's text, the root is 0
    /// @param share of the statement's cost at stake, 0 to 1
    /// @param index to test; null when none would help
    /// @param tried what the planner makes of the index in its twin; null when it was not asked
    public record Cause(
            String cause,
            String title,
            int node,
            double share,
            String seen,
            String why,
            String check,
            String remedy,
            List<String> caveats,
            @Nullable IndexIdea index,
            WantedIndex.@Nullable Answer tried) {
        public Cause {
            caveats = List.copyOf(caveats);
        }

        /// As the plan's diagnosis found it.
        public PlanProblem problem() {
            return new PlanProblem(
                    PlanCause.valueOf(cause.toUpperCase(Locale.ROOT)),
                    node,
                    share,
                    seen,
                    why,
                    check,
                    remedy,
                    caveats,
                    index);
        }

        public static Cause of(PlanProblem problem) {
            return new Cause(
                    problem.cause().name().toLowerCase(Locale.ROOT),
                    problem.cause().title(),
                    problem.node(),
                    problem.share(),
                    problem.seen(),
                    problem.why(),
                    problem.check(),
                    problem.remedy(),
                    problem.caveats(),
                    problem.index(),
                    null);
        }
    }

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                AnalyzeSlowQueriesWithAi.class,
                "Explains why statements are slow from their plans, without running them",
                "B.optimization");
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        var asleep = SuspendGuard.<Output>unlessAsked(targets, context);
        if (asleep.isPresent()) {
            return asleep.get();
        }
        var caveats = new ArrayList<String>();
        var statements = statements(input, caveats, context);
        if (statements == null) {
            return Outcome.unavailable(
                    "pg_stat_statements is installed in no database of " + context.target(),
                    "CREATE EXTENSION pg_stat_statements in one of them");
        }
        var background = new StatementBackground(waits, statistics, context);
        var diagnoses = new LinkedHashMap<SlowStatement, Diagnosis>();
        for (var database :
                statements.stream().map(SlowStatement::databaseName).distinct().toList()) {
            context.deadline().check(WHAT);
            var here = statements.stream().filter(s -> s.databaseName().equals(database)).toList();
            try (var session = targets.read(context.target(), database, context.deadline())) {
                diagnose(here, session, background, context, diagnoses);
                if (twin != null) {
                    caveats.addAll(
                            new TriedIdeas(twin, session, input.twin()).with(diagnoses, context));
                }
            } catch (OpsException e) {
                if (PerDatabase.endsAll(e, context)) {
                    throw e;
                }
                caveats.add("database %s was left out: %s".formatted(database, e.why()));
            }
        }
        var ordered = statements.stream().map(diagnoses::get).filter(Objects::nonNull).toList();
        if (background.simulated()) {
            caveats.add(
                    "some of the history behind this was generated for demonstration, not measured");
        }
        int explained = (int) ordered.stream().filter(d -> d.plan() != null).count();
        return new Outcome.Found<>(
                new Output(statements.size(), explained, ordered),
                Source.LIVE,
                List.of(),
                List.of(),
                caveats);
    }

    private @Nullable List<SlowStatement> statements(
            Input input, List<String> caveats, ToolContext context) {
        try (var session = StatementSessions.open(targets, context)) {
            if (session == null) {
                return null;
            }
            caveats.addAll(StatementCounting.read(session).caveats(session));
            var asked = new LinkedHashMap<String, @Nullable Object>();
            asked.put("min_mean_ms", input.id() == null ? input.minMeanMs() : 0.0);
            asked.put("queryid", input.id());
            asked.put("top", (long) input.top());
            return session.query(OptimizationSql.SLOW_STATEMENTS, asked, SlowStatement.class);
        }
    }

    private void diagnose(
            List<SlowStatement> statements,
            ReadSession session,
            StatementBackground background,
            ToolContext context,
            Map<SlowStatement, Diagnosis> diagnoses) {
        var explained = statements.stream().map(s -> explain(s, session, context)).toList();
        var tables =
                PlannedTables.of(
                        explained.stream()
                                .map(SlowStatement.Explained::plan)
                                .filter(Objects::nonNull)
                                .map(ExplainedPlan::root)
                                .toList(),
                        session);
        for (var one : explained) {
            diagnoses.put(one.statement(), diagnosis(one, tables, background, context));
        }
    }

    private static SlowStatement.Explained explain(
            SlowStatement statement, ReadSession session, ToolContext context) {
        var refusal = statement.refusal();
        if (refusal != null || statement.query() == null) {
            return new SlowStatement.Explained(statement, null, refusal);
        }
        try {
            var json = session.explain(new ExplainText(statement.query()));
            return new SlowStatement.Explained(statement, ExplainedPlan.read(json), null);
        } catch (OpsException e) {
            if (PerDatabase.endsAll(e, context)) {
                throw e;
            }
            return new SlowStatement.Explained(statement, null, e.why());
        }
    }

    private Diagnosis diagnosis(
            SlowStatement.Explained one,
            PlannedTables tables,
            StatementBackground background,
            ToolContext context) {
        var statement = one.statement();
        var plan = one.plan();
        var masked = plan == null ? null : ExecutionPlan.of("[" + plan.json() + "]");
        var kept =
                masked == null
                        ? null
                        : history.keepAsked(
                                statement.queryid(), masked, statement.meanMs(), context);
        var causes =
                plan == null
                        ? List.<Cause>of()
                        : PlanDiagnosis.of(plan, tables, background.facts(statement, kept)).stream()
                                .map(Cause::of)
                                .toList();
        return new Diagnosis(
                Long.toString(statement.queryid()),
                statement.databaseName(),
                statement.query() == null ? "" : SqlMask.mask(statement.query()),
                statement.calls(),
                statement.callsPerMinute(),
                statement.meanMs(),
                statement.totalMs(),
                statement.rowsPerCall(),
                masked == null ? null : masked.json(),
                masked == null ? null : masked.fingerprint(),
                kept != null && kept.changed(),
                one.why(),
                verdict(one, causes),
                causes);
    }

    private static String verdict(SlowStatement.Explained one, List<Cause> causes) {
        if (one.plan() == null) {
            return "No plan: %s.".formatted(one.why());
        }
        return causes.isEmpty()
                ? "Nothing in the plan explains the time; explain it on a branch with ANALYZE to see"
                        + " rows and waits."
                : "%s: %s".formatted(causes.getFirst().title(), causes.getFirst().seen());
    }
}

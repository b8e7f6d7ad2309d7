package io.lakebaseops.agents.health.monitoring;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.agents.ExecutionPlanHistory;
import io.lakebaseops.agents.SuspendGuard;
import io.lakebaseops.agents.VacuumKind;
import io.lakebaseops.agents.VacuumPlan;
import io.lakebaseops.agents.health.connections.IdleSessions;
import io.lakebaseops.agents.health.monitoring.AlertRule.Sop;
import io.lakebaseops.agents.health.monitoring.MetricDefinition.Watched;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.EventTrigger;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Repairs;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Handles an alert by its operating procedure: captures the evidence, then proposes the
/// repair of the table of procedures, or says what a person should look at. It claims no success:
/// that is for the plan's verification.
public final class ExecuteLowRiskSop
        implements ChangeTool<ExecuteLowRiskSop.Input, ExecuteLowRiskSop.Output> {
    private static final String TOOL = "execute_low_risk_sop";
    private static final int MOST_FREEZES = 3;
    private static final Duration IDLE = Duration.ofMinutes(30);

    /// Open transactions are for `terminate_idle_connections`: ending them is not low risk.
    private static final Duration NEVER = Duration.ofDays(3650);

    private final Targets targets;
    private final SqlLibrary sql;
    private final Alerts alerts;
    private final MetricDefinitions definitions;
    private final ExecutionPlanHistory plans;
    private final VacuumProcedure vacuums;

    public ExecuteLowRiskSop(
            Targets targets,
            SqlLibrary sql,
            Alerts alerts,
            MetricDefinitions definitions,
            ExecutionPlanHistory plans,
            Repairs repairs) {
        this.targets = targets;
        this.sql = sql;
        this.alerts = alerts;
        this.definitions = definitions;
        this.plans = plans;
        this.vacuums = new VacuumProcedure(sql, new RepeatedRepairs(repairs), TOOL);
    }

    public record Input(
            @Doc("Id of the alert to handle") String alert,
            @Doc(value = "Only say what would be proposed; file nothing", defaultValue = "false")
                    boolean dryRun) {}

    /// @param procedure of the table of standard operating procedures
    /// @param advice what a person should know or do next
    /// @param evidence captured before anything was proposed
    /// @param executionPlan of a slow statement, null for other alerts and when it was not to be
    /// had
    public record Output(
            String alert,
            String metric,
            String procedure,
            String advice,
            Evidence evidence,
            @Nullable Evidence executionPlan) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        ExecuteLowRiskSop.class,
                        "Captures the evidence of an alert and proposes its low-risk repair",
                        "C.monitoring")
                .within(Duration.ofMinutes(2))
                .on(
                        EventTrigger.on(OpsEvent.ThresholdBreached.class)
                                .with(
                                        e ->
                                                JsonNodeFactory.instance
                                                        .objectNode()
                                                        .put("alert", e.alertId())));
    }

    @Override
    public Proposal<Output> propose(Input input, ToolContext context) {
        var alert =
                alerts.active(context.target()).stream()
                        .filter(a -> a.id().equals(input.alert()))
                        .findFirst();
        if (alert.isEmpty()) {
            return refuse(
                    "alert %s is not on".formatted(input.alert()), "see the list of open alerts");
        }
        if (alert.get().metric() == MetricName.NO_ANSWER_SECONDS) {
            return new Proposal<>(Outcome.live(unanswered(alert.get(), context)), List.of());
        }
        var asleep = SuspendGuard.<Output>always(targets, context);
        if (asleep.isPresent()) {
            return new Proposal<>(asleep.get(), List.of());
        }
        var watched = definitions.watched(alert.get().metric());
        if (watched.isEmpty()) {
            return refuse(
                    "there is no procedure for " + alert.get().metric().id(),
                    "look at the metric's screen");
        }
        var proposal = handle(alert.get(), watched.get(), context);
        return input.dryRun() ? new Proposal<>(proposal.outcome(), List.of()) : proposal;
    }

    /// Nothing can be captured or repaired on a server that does not answer.
    private Output unanswered(Alert alert, ToolContext context) {
        var condition = targets.condition(context.target());
        return new Output(
                alert.id(),
                alert.metric().id(),
                "none",
                condition.answers() ? "it answers again" : condition.remedy(),
                new Evidence(
                        HealthSql.HEARTBEAT.path(),
                        Map.of(),
                        Rows.EMPTY,
                        context.clock().instant()),
                null);
    }

    private Proposal<Output> handle(Alert alert, Watched watched, ToolContext context) {
        var sop = watched.rule().sop();
        var database = alert.subject().database();
        try (var session =
                database == null
                        ? targets.read(context.target(), context.deadline())
                        : targets.read(context.target(), database, context.deadline())) {
            var evidence = SopEvidence.capture(watched.evidence(), session, context);
            var caveats = new ArrayList<String>();
            boolean seesAll = session.capabilities().canMonitor();
            if (!seesAll && watched.evidence().needsMonitor()) {
                caveats.add(
                        "without pg_monitor the sessions of other roles are hidden: the capture is"
                                + " incomplete");
            }
            var vacuum =
                    sop == Sop.VACUUM_WORST_TABLE
                            ? vacuums.propose(alert, evidence, session, context)
                            : null;
            if (vacuum != null && vacuum.plans().isEmpty() && vacuum.advice() != null) {
                caveats.add(vacuum.advice());
            }
            var plans =
                    vacuum == null
                            ? plans(alert, sop, evidence, session, context, caveats)
                            : vacuum.plans();
            var slow =
                    sop == Sop.CAPTURE_SLOW_STATEMENT ? slowPlan(evidence, context, caveats) : null;
            var output =
                    new Output(
                            alert.id(),
                            alert.metric().id(),
                            sop.name().toLowerCase(Locale.ROOT),
                            vacuum != null && vacuum.advice() != null
                                    ? vacuum.advice()
                                    : SopAdvice.of(
                                            sop,
                                            evidence,
                                            plans.size(),
                                            slow,
                                            seesAll || !watched.evidence().needsMonitor()),
                            evidence,
                            slow instanceof SlowPlan.Capture.Taken t ? t.evidence() : null);
            return new Proposal<>(
                    new Outcome.Found<>(
                            output,
                            Source.LIVE,
                            vacuum == null ? List.of() : vacuum.findings(),
                            List.of(),
                            caveats),
                    plans);
        }
    }

    private List<ChangePlan> plans(
            Alert alert,
            Sop sop,
            Evidence evidence,
            ReadSession session,
            ToolContext context,
            List<String> caveats) {
        return switch (sop) {
            case END_IDLE_SESSIONS -> {
                var wish = new IdleSessions.Wish(TOOL, IDLE, NEVER, Set.of(), alert.id());
                var choice = new IdleSessions(sql).choose(session, wish, context);
                if (!choice.mayEndOthers()) {
                    caveats.add(
                            "without pg_signal_backend only sessions of the login's own roles can"
                                    + " be ended");
                }
                choice.fates().stream()
                        .map(
                                f ->
                                        "pid %d (%s, %s): %s"
                                                .formatted(
                                                        f.pid(),
                                                        f.user(),
                                                        f.application(),
                                                        f.reason() == null
                                                                ? "would be ended"
                                                                : "spared, " + f.reason()))
                        .forEach(caveats::add);
                yield choice.plans();
            }
            case FREEZE_OLDEST ->
                    alert.severity() == Severity.CRITICAL
                            ? freeze(alert, evidence, session, context, caveats)
                            : List.of();
            case VACUUM_WORST_TABLE,
                    CAPTURE_LOCK_CHAIN,
                    CAPTURE_BLOCKERS,
                    CAPTURE_SLOW_STATEMENT,
                    ADVISE_CACHE,
                    ADVISE_REPLICATION ->
                    List.of();
        };
    }

    /// A plan per table: one that autovacuum works on already must not hold up the others.
    private List<ChangePlan> freeze(
            Alert alert,
            Evidence evidence,
            ReadSession session,
            ToolContext context,
            List<String> caveats) {
        var rows = evidence.rows().list();
        var oldest = rows.isEmpty() ? 0 : age(rows.getFirst());
        var freeze = new VacuumPlan(sql, VacuumKind.FREEZE, TOOL, alert.id());
        var plans = new ArrayList<ChangePlan>();
        for (var row : rows) {
            // The database is as old as its oldest table: younger ones change nothing yet.
            if (age(row) * 2 < oldest || plans.size() == MOST_FREEZES) {
                break;
            }
            var table =
                    Subject.table(
                            session.database(),
                            String.valueOf(row.get("schema_name")),
                            String.valueOf(row.get("table_name")));
            freeze.of(session, table, alert.message(), null, context)
                    .ifPresentOrElse(
                            plans::add,
                            () ->
                                    caveats.add(
                                            "%s is not planned: it is being vacuumed already, or this login may not (needs MAINTAIN or pg_maintain)"
                                                    .formatted(table.display())));
        }
        return plans;
    }

    private static long age(Map<String, @Nullable Object> row) {
        return row.get("xid_age") instanceof Number n ? n.longValue() : 0;
    }

    private SlowPlan.Capture slowPlan(
            Evidence evidence, ToolContext context, List<String> caveats) {
        var capture = SlowPlan.capture(evidence, targets, context);
        if (capture instanceof SlowPlan.Capture.Taken t) {
            var queryid = t.queryid();
            if (queryid == null) {
                caveats.add("the server computes no query ids: the plan is not kept in history");
                return capture;
            }
            try {
                var kept = plans.keep(queryid, t.plan(), t.meanMillis(), t.by(), context);
                if (kept.changed()) {
                    caveats.add("its plan differs from the one seen before");
                }
            } catch (OpsException e) {
                caveats.add("the plan is not kept in history: " + e.why());
            }
        }
        return capture;
    }

    private static Proposal<Output> refuse(String why, String remedy) {
        return new Proposal<>(Outcome.unavailable(why, remedy), List.of());
    }
}

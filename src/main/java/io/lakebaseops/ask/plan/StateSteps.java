package io.lakebaseops.ask.plan;

import io.lakebaseops.ask.meaning.Intent.PlanStep;
import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.JobScheduler;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.Findings;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// The steps that read what this program itself keeps: findings, alerts, plans, runs of tools and
/// jobs, and the servers it knows.
public final class StateSteps {
    private static final int MOST = 50;

    private final Supplier<Findings> findings;
    private final Alerts alerts;
    private final Supplier<PlanQueue> plans;
    private final Supplier<AgentFramework> framework;
    private final Supplier<JobScheduler> jobs;
    private final Targets targets;

    public StateSteps(
            Supplier<Findings> findings,
            Alerts alerts,
            Supplier<PlanQueue> plans,
            Supplier<AgentFramework> framework,
            Supplier<JobScheduler> jobs,
            Targets targets) {
        this.findings = findings;
        this.alerts = alerts;
        this.plans = plans;
        this.framework = framework;
        this.jobs = jobs;
        this.targets = targets;
    }

    /// What steps may name.
    public static Set<String> names() {
        return Set.of(
                "findings",
                "alerts",
                "alert_history",
                "plans_waiting",
                "plans_decided",
                "runs",
                "jobs",
                "servers");
    }

    Found read(String name, PlanStep step, Asked asked) {
        return switch (name) {
            case "findings" -> findings(step, asked);
            case "alerts" -> alertRows(alerts.active(asked.target()), asked);
            case "alert_history" -> alertRows(alerts.history(asked.target(), MOST), asked);
            case "plans_waiting" ->
                    plans(plans.get().waiting(asked.target(), Set.of(), MOST), false);
            case "plans_decided" ->
                    plans(
                            plans.get()
                                    .decided(
                                            asked.target(),
                                            PlanQueue.Who.ALL,
                                            asked.actor().name(),
                                            MOST),
                            true);
            case "runs" -> runs(asked);
            case "jobs" -> jobs();
            case "servers" -> servers(asked);
            default ->
                    throw new OpsException(
                            OpsException.Kind.UNSUPPORTED,
                            name,
                            "nothing of this name is kept",
                            "");
        };
    }

    private Found findings(PlanStep step, Asked asked) {
        var kinds =
                step.input() != null && step.input().get("kinds") instanceof List<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : List.<String>of();
        var stored =
                kinds.isEmpty()
                        ? findings.get().page(Findings.Filter.of(asked.target()), 0, MOST)
                        : findings.get().ranked(asked.target(), kinds, 0, MOST);
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var one : stored) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("severity", one.finding().severity().name().toLowerCase(Locale.ROOT));
            row.put("kind", one.finding().kind().replace('_', ' '));
            row.put("object", one.finding().subject().display());
            row.put("finding", one.finding().summary());
            row.put("since", one.firstSeen());
            rows.add(row);
        }
        return Found.stored(rows);
    }

    private static Found alertRows(List<Alerts.Alert> alerts, Asked asked) {
        var range = asked.range();
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var alert : alerts) {
            var ended = alert.recoveredAt();
            if (ended != null && ended.isBefore(range.from())) {
                continue;
            }
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("severity", alert.severity().name().toLowerCase(Locale.ROOT));
            row.put("metric", alert.metric().id().replace('_', ' '));
            row.put("value", Format.of(alert.metric(), alert.value()).toString());
            row.put("limit", Format.of(alert.metric(), alert.threshold()).toString());
            row.put("message", alert.message());
            row.put("since", alert.openedAt());
            row.put("recovered_at", ended);
            rows.add(row);
        }
        return Found.stored(rows);
    }

    private static Found plans(List<PlanQueue.Group> groups, boolean decided) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        long all = 0;
        for (var group : groups) {
            var plan = group.newest();
            all += group.times();
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("plan", plan.title());
            row.put("risk", plan.risk().name().toLowerCase(Locale.ROOT));
            row.put("tool", plan.tool());
            row.put(
                    decided ? "state" : "filed_at",
                    decided ? plan.state().name().toLowerCase(Locale.ROOT) : plan.filedAt());
            row.put(
                    decided ? "decided_by" : "expires_at",
                    decided ? plan.decidedBy() : plan.expiresAt());
            row.put("at", plan.at());
            row.put("times", (long) group.times());
            row.put("x_id", plan.id().toString());
            rows.add(row);
        }
        return new Found(rows, Map.of("plans", all), 1, Source.STORED);
    }

    private Found runs(Asked asked) {
        var range = asked.range();
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var run : framework.get().recent(200)) {
            if (!run.target().equals(asked.target()) || run.startedAt().isBefore(range.from())) {
                continue;
            }
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("tool", run.tool());
            row.put("status", run.status().name().toLowerCase(Locale.ROOT));
            row.put("by", run.actor().name());
            row.put("at", run.startedAt());
            row.put("took_seconds", run.duration().toMillis() / 1000.0);
            row.put("findings", (long) run.findings().size());
            row.put("plans", (long) run.plans().size());
            rows.add(row);
        }
        return Found.stored(rows);
    }

    private Found jobs() {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        long failed = 0;
        for (var job : jobs.get().jobs()) {
            var last = job.last();
            failed += last != null && last.state() == JobScheduler.JobRunState.FAILED ? 1 : 0;
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("job", job.definition().name());
            row.put("schedule", job.definition().cron());
            row.put("last", last == null ? null : last.state().name().toLowerCase(Locale.ROOT));
            row.put("last_at", last == null ? null : last.startedAt());
            row.put("next_at", job.next());
            row.put("paused", job.paused());
            rows.add(row);
        }
        return new Found(rows, Map.of("failed", failed), 1, Source.STORED);
    }

    private Found servers(Asked asked) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var target : targets.known()) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("project", target.project());
            row.put("branch", target.branch());
            row.put("here", target.equals(asked.target()));
            rows.add(row);
        }
        return Found.stored(rows);
    }
}

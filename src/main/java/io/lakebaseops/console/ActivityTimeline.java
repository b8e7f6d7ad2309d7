package io.lakebaseops.console;

import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.JobScheduler;
import io.lakebaseops.framework.JobScheduler.JobRun;
import io.lakebaseops.framework.JobScheduler.JobRunState;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.Alerts.Alert;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/// The timeline of alerts, plans and job runs of a server: read from what is kept and from the
/// events this console heard itself, so that it is not empty after a start.
public final class ActivityTimeline {
    private final Alerts alerts;
    private final ApprovalDesk desk;
    private final JobScheduler jobs;

    public ActivityTimeline(Alerts alerts, ApprovalDesk desk, JobScheduler jobs) {
        this.alerts = alerts;
        this.desk = desk;
        this.jobs = jobs;
    }

    /// @param goTo where the evidence is; null when there is no such place
    public record Entry(
            Instant at,
            Feather icon,
            Role role,
            String title,
            String sub,
            @Nullable Destination goTo) {}

    /// Newest first, at most `limit`.
    public List<Entry> read(TargetId target, List<OpsEvent> heard, int limit) {
        var moments = new ArrayList<Entry>();
        alerts.history(target, limit).forEach(a -> addAlert(moments, a));
        desk.history(target, limit).forEach(p -> addPlan(moments, p));
        jobs.runs(null, limit).forEach(r -> addRun(moments, r));
        for (var event : heard) {
            var moment = event.target().equals(target) ? moment(event) : null;
            if (moment != null) {
                moments.add(moment);
            }
        }
        moments.sort(Comparator.comparing(Entry::at).reversed());
        var grouped = grouped(moments);
        return List.copyOf(grouped.subList(0, Math.min(limit, grouped.size())));
    }

    /// What repeats is one line, with how often, at the place of the last of them.
    private static List<Entry> grouped(List<Entry> newestFirst) {
        var groups = new LinkedHashMap<String, List<Entry>>();
        for (var entry : newestFirst) {
            groups.computeIfAbsent(
                            entry.role() + withoutFigures(entry.title()), _ -> new ArrayList<>())
                    .add(entry);
        }
        return groups.values().stream()
                .map(
                        same -> {
                            var last = same.getFirst();
                            return same.size() == 1
                                    ? last
                                    : new Entry(
                                            last.at(),
                                            last.icon(),
                                            last.role(),
                                            Texts.of("%s, %s times", last.title(), same.size()),
                                            last.sub(),
                                            last.goTo());
                        })
                .toList();
    }

    /// The same alert with another figure is the same alert.
    private static String withoutFigures(String title) {
        return title.replaceAll("(?<![\\w.])[0-9][0-9.,]*(?![\\w.])", "#");
    }

    private static void addAlert(List<Entry> to, Alert alert) {
        to.add(
                new Entry(
                        alert.openedAt(),
                        Feather.BELL,
                        Role.of(alert.severity()),
                        Texts.of("Alert: %s", alert.message()),
                        alert.subject().display(),
                        Destination.overview()));
        var over = alert.recoveredAt();
        if (over != null) {
            to.add(
                    new Entry(
                            over,
                            Feather.CHECK_CIRCLE,
                            Role.OK,
                            Texts.of("Recovered: %s", alert.subject().display()),
                            alert.metric().id().replace('_', ' '),
                            Destination.overview()));
        }
    }

    private static void addPlan(List<Entry> to, FiledPlan filed) {
        var end = filed.finishedAt() == null ? filed.decidedAt() : filed.finishedAt();
        to.add(
                new Entry(
                        end == null ? filed.filedAt() : end,
                        PlanWords.icon(filed),
                        PlanWords.role(filed),
                        filed.plan().title(),
                        PlanWords.outcome(filed),
                        Destination.plan(filed.id())));
    }

    private static void addRun(List<Entry> to, JobRun run) {
        // Runs that went well, or found nothing they could do, are the normal course; the agents
        // screen lists them.
        if (run.state() != JobRunState.FAILED && run.state() != JobRunState.CANCELLED) {
            return;
        }
        to.add(
                new Entry(
                        run.startedAt(),
                        Feather.CPU,
                        run.state() == JobRunState.FAILED ? Role.CRITICAL : Role.MUTED,
                        Texts.of(
                                "Job %s %s",
                                run.job(),
                                Texts.of(run.state().name().toLowerCase(java.util.Locale.ROOT))),
                        run.log().isEmpty() ? run.trigger() : run.log().getLast(),
                        Destination.agents()));
    }

    private static @Nullable Entry moment(OpsEvent event) {
        var at = event.at();
        return switch (event) {
            case OpsEvent.BranchCreated b ->
                    branch(
                            at,
                            Texts.of("Branch %s created", b.branch()),
                            Texts.of("from %s", b.source()));
            case OpsEvent.ConnectionsChanged c ->
                    new Entry(
                            at,
                            Feather.LINK,
                            Role.MUTED,
                            Texts.of(
                                    "Connection %s%s",
                                    c.profile(),
                                    c.removed() ? Texts.of(" removed") : Texts.of(" opened")),
                            "",
                            null);
            case OpsEvent.BranchDeleted b ->
                    branch(at, Texts.of("Branch %s deleted", b.branch()), "");
            case OpsEvent.BranchProtected b ->
                    branch(
                            at,
                            Texts.of(
                                    "Branch %s%s",
                                    b.branch(),
                                    b.isProtected()
                                            ? Texts.of(" protected")
                                            : Texts.of(" unprotected")),
                            "");
            case OpsEvent.SchemaMigrated m -> branch(at, Texts.of("Schema migrated"), m.version());
            case OpsEvent.ProvisioningComplete p ->
                    branch(at, Texts.of("Project %s ready", p.project()), "");
            case OpsEvent.VacuumCompleted v ->
                    new Entry(
                            at,
                            Feather.WIND,
                            Role.OK,
                            Texts.of("Vacuumed %s", v.subject().display()),
                            Texts.of(
                                    "dead rows %s → %s",
                                    Format.grouped(v.deadBefore()), Format.grouped(v.deadAfter())),
                            null);
            case OpsEvent.ReachabilityChanged r ->
                    new Entry(
                            at,
                            r.reachable() ? Feather.WIFI : Feather.WIFI_OFF,
                            r.reachable() ? Role.OK : Role.CRITICAL,
                            r.reachable()
                                    ? Texts.of("Connection is back")
                                    : Texts.of("Connection lost"),
                            r.reason(),
                            null);
            case OpsEvent.ServerRestarted s ->
                    new Entry(
                            at,
                            Feather.POWER,
                            Role.WARNING,
                            Texts.of(
                                    "Server restarted %s%s",
                                    Format.time(s.startedAt(), ZoneId.systemDefault()),
                                    s.statisticsLost() ? Texts.of(" after a crash") : ""),
                            s.statisticsLost()
                                    ? Texts.of(
                                            "statistics were reset: ratios and dead rows are counted anew")
                                    : Texts.of("statistics were kept"),
                            null);
            case OpsEvent.ExecutionPlanChanged c ->
                    new Entry(
                            at,
                            Feather.SHUFFLE,
                            Role.INFO,
                            Texts.of("Execution plan of statement %s changed", c.queryId()),
                            c.difference(),
                            null);
            case OpsEvent.SyncDriftDetected s ->
                    branch(at, Texts.of("Sync drift in %s", s.subject().display()), "");
            case OpsEvent.ColdDataArchived c ->
                    branch(
                            at,
                            Texts.of("Archived %s", Texts.count(c.rows(), "row")),
                            c.subject().display());
            // Kept elsewhere and read from there, or too frequent to be news.
            case OpsEvent.ThresholdBreached _,
                    OpsEvent.AlertRecovered _,
                    OpsEvent.IndexRecommendation _,
                    OpsEvent.IndexesChanged _,
                    OpsEvent.SelfHealExecuted _,
                    OpsEvent.PlanChanged _,
                    OpsEvent.HealthMeasured _,
                    OpsEvent.RunEnded _ ->
                    null;
        };
    }

    private static Entry branch(Instant at, String title, String sub) {
        return new Entry(at, Feather.GIT_BRANCH, Role.INFO, title, sub, null);
    }
}

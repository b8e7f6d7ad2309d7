package io.lakebaseops.app;

import io.lakebaseops.agents.health.operations.TrackCostAttribution;
import io.lakebaseops.change.approval.Decision;
import io.lakebaseops.change.audit.AuditLog;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.OutputJson;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.state.Alerts.Alert;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What the demo does once a server runs: observe, judge, repair, decide.
final class DemoSteps {
    private static final List<String> FIND =
            List.of(
                    "detect_duplicate_indexes",
                    "detect_missing_fk_indexes",
                    "identify_tables_needing_vacuum",
                    "identify_cold_data",
                    "monitor_connections",
                    "monitor_branch_count",
                    "forecast_capacity_needs");

    /// The shop's stock table, changed by every order and late to be vacuumed.
    private static final String BUSY_TABLE = "inventory";

    /// Planted in the shop: the same index as order_items_product_id_idx.
    private static final String DUPLICATE = "order_items_product_idx";

    /// Partitioned by month, with whole months that are old.
    private static final String COLD_TABLE = "web.events";

    private final Wiring wiring;
    private final TargetId target;
    private final DemoRun run;
    private @Nullable Alert alert;

    DemoSteps(Wiring wiring, TargetId target, DemoRun run) {
        this.wiring = wiring;
        this.target = target;
        this.run = run;
    }

    void observe(DemoPhase phase) {
        var first = run.run("persist_pg_stat_statements", DemoRun.empty());
        phase.check(first.status() == ToolReport.Status.OK, DemoRun.failed(first));
        run.keep(wiring.look(target));
        var round =
                run.waitFor(
                        "measured traffic of the demo shop",
                        Duration.ofSeconds(40),
                        () ->
                                wiring.health
                                        .board()
                                        .latest(target)
                                        .filter(r -> figure(r.metrics().get(MetricName.TPS)) > 1));
        int measured = 0;
        for (var metric : round.metrics().values()) {
            var value = metric.value().value();
            if (value != null) {
                phase.figure(metric.name().id(), value);
                measured++;
            }
        }
        run.say(
                "%d of %d metrics measured live, %d say why not; %.0f transactions/s",
                measured,
                round.metrics().size(),
                round.metrics().size() - measured,
                figure(round.metrics().get(MetricName.TPS)));
        var second = run.run("persist_pg_stat_statements", DemoRun.empty());
        phase.check(second.status() == ToolReport.Status.OK, DemoRun.failed(second));
        var appended = OutputJson.tree(second.data());
        appended.properties().forEach(e -> keep(phase, e.getKey(), e.getValue()));
        run.say("Statement history appended: %s", appended);
        bill(phase);
    }

    /// Through the SDK and a SQL warehouse, as in the cloud; the past of the demo's bill is
    /// generated.
    private void bill(DemoPhase phase) {
        var report = run.run("track_cost_attribution", DemoRun.empty());
        phase.check(report.status() == ToolReport.Status.OK, DemoRun.failed(report));
        if (report.data() instanceof TrackCostAttribution.Output bill) {
            phase.figure("bill_sums", bill.sumsToBill() ? 1 : 0);
            run.say(
                    "Bill since %s: %.2f %s, split by branch, role, application and statement; every"
                            + " split sums to it: %s",
                    bill.from(), bill.total(), bill.currency(), bill.sumsToBill());
        }
    }

    private static void keep(
            DemoPhase phase, String key, com.fasterxml.jackson.databind.JsonNode value) {
        if (value.isValueNode() && !value.isNull()) {
            phase.figure("statements_" + key, value.asText());
        }
    }

    private static double figure(@Nullable Metric metric) {
        return metric == null || metric.value().value() == null
                ? Double.NaN
                : metric.value().value();
    }

    void judge(DemoPhase phase) {
        for (var tool : FIND) {
            var report = run.run(tool, DemoRun.empty());
            phase.check(report.status() == ToolReport.Status.OK, DemoRun.failed(report));
            phase.figure(tool, report.findings().size());
            run.say(
                    "%s: %d findings, %d ms",
                    tool, report.findings().size(), report.duration().toMillis());
            report.findings().stream()
                    .limit(4)
                    .map(Finding::summary)
                    .forEach(s -> run.say("- %s", s));
        }
        alert =
                run.waitFor(
                        "the dead-tuple alert from the live workload",
                        Duration.ofMinutes(2),
                        () ->
                                wiring.alerts().history(target, 50).stream()
                                        .filter(a -> a.metric() == MetricName.MAX_DEAD_TUPLE_RATIO)
                                        .filter(a -> BUSY_TABLE.equals(a.subject().name()))
                                        .findFirst());
        phase.figure("alert", alert.message());
        phase.figure("alert_value", alert.value());
        run.say("Alert (%s): %s", alert.severity(), alert.message());
    }

    void repair(DemoPhase phase) {
        var raised = alert;
        if (raised == null) {
            phase.check(false, "no alert was raised, so there was nothing to repair");
            return;
        }
        var plan =
                run.waitFor(
                        "the repair the agent makes by itself",
                        Duration.ofSeconds(60),
                        () ->
                                wiring.approvals().history(50).stream()
                                        .filter(p -> raised.id().equals(p.plan().alertId()))
                                        .filter(p -> !p.state().open())
                                        .findFirst());
        phase.figure("repair", plan.plan().title());
        phase.figure("decided_by", String.valueOf(plan.decidedBy()));
        phase.figure("state", plan.state().name());
        phase.figure(
                "detected_to_repaired_ms",
                Duration.between(
                                raised.openedAt(),
                                plan.finishedAt() == null ? Instant.now() : plan.finishedAt())
                        .toMillis());
        run.say("%s, decided by %s: %s", plan.plan().title(), plan.decidedBy(), plan.state());
        measured(phase, "", plan);
        phase.check(confirmed(plan), "the repair was not confirmed: " + plan.reason());
    }

    void decide(DemoPhase phase) {
        var waiting = wiring.approvals().waiting();
        phase.figure("waiting", waiting.size());
        waiting.forEach(p -> run.say("waits (%s): %s", p.risk().level(), p.plan().title()));
        var drop =
                waiting.stream()
                        .filter(p -> DUPLICATE.equals(p.plan().subject().name()))
                        .findFirst();
        if (!phase.check(drop.isPresent(), "no duplicate index waits for a decision")) {
            return;
        }
        var plan = drop.get();
        var before = definition(plan);
        phase.figure("plan", plan.plan().title());
        phase.figure("definition", String.valueOf(before.orElse(null)));
        plan.plan().steps().forEach(s -> run.say("approving: %s", s.title()));
        var decision =
                wiring.approvals()
                        .approve(plan.id(), plan.fingerprint(), wiring.person(), null, null);
        phase.check(decision instanceof Decision.Granted, "not granted: " + decision);
        var done = settled(wiring, run, plan.id());
        run.say("%s: %s", plan.plan().title(), done.state());
        measured(phase, "", done);
        phase.check(confirmed(done), "the drop was not confirmed: " + done.reason());
        phase.check(definition(plan).isEmpty(), "the index is still there");

        var undo = wiring.approvals().planUndo(plan.id(), wiring.person());
        run.say("%s waits (%s): it is a plan of its own", undo.plan().title(), undo.risk().level());
        var granted =
                wiring.approvals()
                        .approve(undo.id(), undo.fingerprint(), wiring.person(), null, null);
        phase.check(granted instanceof Decision.Granted, "undo not granted: " + granted);
        settled(wiring, run, undo.id());
        var undone = wiring.approvals().find(plan.id()).orElseThrow();
        var after = definition(plan);
        phase.figure("undone", undone.state().name());
        phase.figure("identical_definition", before.isPresent() && before.equals(after));
        phase.check(before.isPresent() && before.equals(after), "undo did not restore " + before);
        run.say("Undone: %s, definition identical: %s", undone.state(), before.equals(after));

        archive(phase);
        audit(phase);
    }

    /// Months of events nobody changes any more leave for Delta, once a person typed the table's
    /// name.
    private void archive(DemoPhase phase) {
        var report =
                run.run(
                        "archive_cold_data_to_delta",
                        DemoRun.empty().put("table", COLD_TABLE).put("days", 90));
        phase.check(report.status() == ToolReport.Status.OK, DemoRun.failed(report));
        if (!phase.check(!report.plans().isEmpty(), "no archival of " + COLD_TABLE + " is filed")) {
            return;
        }
        var plan = report.plans().getFirst();
        var started = Instant.now();
        var decision =
                wiring.approvals()
                        .approve(
                                plan.id(),
                                plan.fingerprint(),
                                wiring.person(),
                                plan.plan().subject().name(),
                                "demo");
        phase.check(decision instanceof Decision.Granted, "archival not granted: " + decision);
        var done = settled(wiring, run, plan.id());
        long ms = Duration.between(started, Instant.now()).toMillis();
        phase.figure("archival", plan.plan().title());
        phase.figure("archival_state", done.state().name());
        phase.figure("archival_ms", ms);
        run.say(
                "%s (%s risk, name typed): %s in %.1f s",
                plan.plan().title(), plan.risk().level(), done.state(), ms / 1e3);
        measured(phase, "archival_", done);
        phase.check(confirmed(done), "the archival was not confirmed: " + done.reason());
    }

    /// Verified, then with one row altered, then with it put back.
    private void audit(DemoPhase phase) {
        switch (wiring.audit().verifyAll()) {
            case AuditLog.ChainState.Intact(var entries, var head, var _) -> {
                phase.figure("audit_entries", entries);
                run.say("Audit chain intact: %d entries, head %.7s", entries, head);
            }
            case AuditLog.ChainState.Broken(var seq, var why) ->
                    phase.check(false, "audit entry " + seq + ": " + why);
        }
        var third =
                wiring.audit().entries(Integer.MAX_VALUE).stream()
                        .filter(e -> e.seq() == 3)
                        .findFirst();
        if (!phase.check(third.isPresent(), "the audit chain has no third entry")) {
            return;
        }
        var tamper = new AuditTamperDemo(wiring.state());
        tamper.alter(third.get());
        switch (wiring.audit().verifyAll()) {
            case AuditLog.ChainState.Broken(var seq, var why) -> {
                phase.figure("altered_entry_found", seq);
                run.say("One row altered: entry %d is found out, %s", seq, why);
            }
            case AuditLog.ChainState.Intact _ ->
                    phase.check(false, "an altered audit row was not noticed");
        }
        tamper.putBack(third.get());
        phase.check(
                wiring.audit().verifyAll() instanceof AuditLog.ChainState.Intact,
                "the audit chain is not intact after the row was put back");
    }

    /// The live definition of the plan's index, empty when it is not there.
    private Optional<String> definition(FiledPlan plan) {
        return IndexStateReader.definition(wiring, target, plan.plan().subject());
    }

    private void measured(DemoPhase phase, String of, FiledPlan plan) {
        var verification = plan.verification();
        if (verification != null) {
            phase.figure(of + "verification", verification.getClass().getSimpleName());
            phase.figure(of + "measured", verification.measured());
            verification.measured().forEach(m -> run.say("verified: %s", m));
        }
    }

    static FiledPlan settled(Wiring wiring, DemoRun run, UUID id) {
        return run.waitFor(
                "the plan to end",
                Duration.ofSeconds(90),
                () ->
                        wiring.approvals()
                                .find(id)
                                .filter(p -> !p.state().open())
                                .filter(p -> p.state() != State.DONE || p.verification() != null));
    }

    static boolean confirmed(FiledPlan plan) {
        return plan.state() == State.DONE && plan.verification() instanceof Verification.Confirmed;
    }
}

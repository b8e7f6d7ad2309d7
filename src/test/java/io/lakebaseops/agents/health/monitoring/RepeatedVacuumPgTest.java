package io.lakebaseops.agents.health.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.AlertsInMemory;
import io.lakebaseops.agents.AutovacuumPlan;
import io.lakebaseops.agents.ExecutionPlanHistory;
import io.lakebaseops.agents.GateRig;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.change.approval.PlanListener;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.framework.ChangeTool.Proposal;
import io.lakebaseops.framework.MemoryFindings;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.RepairStore;
import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A table whose dead rows come back faster than vacuum takes them, as in the demo: through the
/// real gate, with the plans in a real state database.
final class RepeatedVacuumPgTest {
    @TempDir private static Path dir;

    private final AlertsInMemory alerts = new AlertsInMemory();

    private Alerts.Alert alert(ToolRig rig, Pg17.Database database) {
        var now = Instant.now();
        return alerts.save(
                new Alerts.Alert(
                        UUID.randomUUID().toString(),
                        rig.test().target(),
                        MetricName.MAX_DEAD_TUPLE_RATIO,
                        Severity.CRITICAL,
                        0.5,
                        0.25,
                        Subject.table(database.name(), "shop", "inventory"),
                        "Dead rows 50 % (shop.inventory), over the limit of 25 %",
                        now,
                        now,
                        null,
                        null,
                        null));
    }

    @Test
    void afterThreeVacuumsWithinTheHourTheAgentStopsAndAsks() {
        var server = Pg17.started(List.of("autovacuum=off"));
        var database = server.database("repeats");
        database.asDba(
                "create schema shop",
                "create table shop.inventory as select g as id, repeat('x', 300) as t"
                        + " from generate_series(1, 40000) g",
                "analyze shop.inventory");
        var rig = ToolRig.of(database);
        try (var gate = GateRig.of(rig, PlanListener.NOBODY, _ -> Optional.empty());
                var lakehouse = LocalLakehouse.open(dir, Clock.systemUTC())) {
            var repairs = new RepairStore(gate.state());
            var tool =
                    new ExecuteLowRiskSop(
                            rig.targets(),
                            rig.sql(),
                            alerts,
                            MetricDefinitions.standard(),
                            new ExecutionPlanHistory(lakehouse, new ToolRig.Events()),
                            repairs);
            var vacuums = new ArrayList<FiledPlan>();
            Optional<Proposal<ExecuteLowRiskSop.Output>> asked = Optional.empty();
            for (int round = 0; round < 6; round++) {
                database.asDba(
                        "update shop.inventory set id = id + 1",
                        "select pg_stat_force_next_flush()");
                var proposal =
                        tool.propose(
                                new ExecuteLowRiskSop.Input(alert(rig, database).id(), false),
                                rig.context());
                var plan = proposal.plans().getFirst();
                if (plan.verb().equals(AutovacuumPlan.VERB)) {
                    asked = Optional.of(proposal);
                } else {
                    vacuums.add(gate.desk().file(plan));
                }
            }
            assertThat(vacuums).as("vacuumed three times, then no more").hasSize(3);
            assertThat(vacuums).allMatch(p -> p.state() == FiledPlan.State.DONE);

            var proposal = asked.orElseThrow();
            var finding = ToolRig.found(proposal.outcome()).findings().getFirst();
            assertThat(finding.kind()).isEqualTo("repair_repeats");
            assertThat(finding.summary())
                    .contains("shop.inventory was vacuumed 3 times since ")
                    .contains("not vacuumed again by itself")
                    .contains("begins at 20.0 % dead rows")
                    .contains("set autovacuum_vacuum_scale_factor to 0.05");
            var plan = proposal.plans().getFirst();
            assertThat(plan.findingFingerprint()).isEqualTo(finding.fingerprint());
            assertThat(stillOpen(rig, lakehouse, finding, repairs)).hasSize(1);

            var waiting = gate.desk().file(plan);
            assertThat(waiting.state()).as("a person decides").isEqualTo(FiledPlan.State.WAITING);
            assertThat(waiting.risk().level()).isEqualTo(RiskLevel.MEDIUM);
            assertThat(gate.carryOut(plan).state()).isEqualTo(FiledPlan.State.DONE);
            assertThat(options(database)).isEqualTo("{autovacuum_vacuum_scale_factor=0.05}");

            assertThat(stillOpen(rig, lakehouse, finding, repairs))
                    .as("its cause was mended")
                    .isEmpty();
            var next =
                    tool.propose(
                            new ExecuteLowRiskSop.Input(alert(rig, database).id(), false),
                            rig.context());
            assertThat(next.plans()).extracting(ChangePlan::verb).containsExactly("Vacuum");
            rig.undo(plan);
            assertThat(options(database)).isEmpty();
        } finally {
            server.stop();
        }
    }

    private List<Finding> stillOpen(
            ToolRig rig, LocalLakehouse lakehouse, Finding finding, RepairStore repairs) {
        var findings = new MemoryFindings();
        findings.reconcile(rig.test().target(), List.of(finding), List.of(), Instant.now());
        var board = new LiveHealthBoard();
        var events = new ToolRig.Events();
        var judge =
                new EvaluateAlertThresholds(
                        board,
                        alerts,
                        MetricDefinitions.standard(),
                        events,
                        new MonitorSystemHealth(rig.targets(), rig.sql(), lakehouse, board, events),
                        findings,
                        repairs);
        var found =
                ToolRig.found(judge.run(new EvaluateAlertThresholds.Input(null), rig.context()));
        assertThat(found.coversKinds()).containsExactly("repair_repeats");
        return found.findings();
    }

    private static String options(Pg17.Database database) {
        return String.valueOf(
                        database.scalar(
                                "select coalesce(reloptions::text, '') from pg_class where oid ="
                                        + " 'shop.inventory'::regclass"))
                .replace("{}", "");
    }
}

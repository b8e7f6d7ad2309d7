package io.lakebaseops.agents.health.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.AlertsInMemory;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.health.diagnosis.RootCause;
import io.lakebaseops.agents.health.monitoring.LiveHealthBoard;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.change.approval.Decision;
import io.lakebaseops.change.approval.PlanDesk;
import io.lakebaseops.change.approval.PlanDesks;
import io.lakebaseops.console.FakeLakehouse;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.MemoryFindings;
import io.lakebaseops.gameday.Injection;
import io.lakebaseops.gameday.TestFaultSite;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.testing.AuditChains;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What became of a repair of `self_heal`, on a real server and through the gate.
final class RepairFollowUpPgTest {
    private final Pg17.Database shop = Pg17.shared().database("heal");
    private final ToolRig rig = ToolRig.of(shop);
    private final StateDb state =
            StateDb.open(StateDatabases.settings(StateDatabases.fresh("heal_state").url()));
    private final MemoryFindings findings = new MemoryFindings();
    private final LiveHealthBoard board = new LiveHealthBoard();
    private final PlanDesk desk =
            PlanDesks.quick(
                    state,
                    rig.targets(),
                    rig.sql(),
                    _ -> Optional.empty(),
                    AuditChains.of(state, Clock.systemUTC()),
                    _ -> {},
                    Clock.systemUTC(),
                    Duration.ofSeconds(60));
    private final RepairFollowUp later =
            new RepairFollowUp(
                    rig.targets(),
                    new RootCause(board, MetricDefinitions.standard(), new FakeLakehouse()),
                    findings,
                    desk::planUndo,
                    Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2)));
    private Injection fault;
    private FiledPlan repair;

    @BeforeEach
    void repaired() {
        fault = new TestFaultSite(shop).injected("autovacuum_off_table");
        var plans =
                new SelfHeal(
                                rig.targets(),
                                rig.sql(),
                                board,
                                MetricDefinitions.standard(),
                                new FakeLakehouse(),
                                new AlertsInMemory())
                        .propose(new SelfHeal.Input("", false), rig.context())
                        .plans();
        assertThat(plans).hasSize(1);
        var filed = desk.file(plans.getFirst());
        assertThat(desk.approve(filed.id(), filed.fingerprint(), Actor.human("ada"), null, null))
                .isInstanceOf(Decision.Granted.class);
        repair = desk.find(filed.id()).orElseThrow();
        assertThat(repair.verification()).isInstanceOf(Verification.Confirmed.class);
        later.accept(repair);
    }

    @AfterEach
    void close() {
        fault.close();
        desk.close();
        state.close();
        rig.close();
    }

    @Test
    void aRepairThatHelpedIsLeftAlone() {
        shop.asDba("vacuum analyze sessions");
        later.lookAgain();
        assertThat(desk.waiting()).isEmpty();
        assertThat(findings.open(rig.test().target())).isEmpty();
    }

    @Test
    void aRepairWhoseCauseIsNamedAgainIsTakenBackByAPlanAndHandedOnWithTheDiagnosis() {
        shop.asDba("alter table sessions set (autovacuum_enabled = off)");
        later.lookAgain();
        assertThat(
                        desk.history(10).stream().map(p -> p.plan().undoOf()).toList().toString()
                                + desk.waiting().stream().map(p -> p.plan().undoOf()).toList())
                .contains(repair.id().toString());
        assertThat(findings.open(rig.test().target()))
                .singleElement()
                .satisfies(
                        f -> {
                            assertThat(f.finding().kind()).isEqualTo("repair_did_not_help");
                            assertThat(f.finding().summary())
                                    .contains("its cause is still there")
                                    .contains("Autovacuum is switched off for a table")
                                    .contains("Undo: ");
                        });
        later.lookAgain();
        assertThat(findings.open(rig.test().target())).as("once").hasSize(1);
    }

    @Test
    void aRepairWhoseProofsDoNotHoldIsTakenBackAtOnce() {
        var failed =
                new FiledPlan(
                        repair.id(),
                        repair.plan(),
                        repair.fingerprint(),
                        repair.risk(),
                        repair.state(),
                        repair.filedAt(),
                        repair.decidedBy(),
                        repair.decidedAt(),
                        repair.reason(),
                        new Verification.NotConfirmed(Clock.systemUTC().instant(), List.of("20 %")),
                        repair.finishedAt());
        later.accept(failed);
        assertThat(findings.open(rig.test().target()))
                .singleElement()
                .satisfies(
                        f -> assertThat(f.finding().summary()).contains("its proofs do not hold"));
    }
}

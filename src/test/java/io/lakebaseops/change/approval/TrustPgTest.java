package io.lakebaseops.change.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.VacuumKind;
import io.lakebaseops.agents.VacuumPlan;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Trust;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.UUID;

/// Trust in one kind of act on one server: earned by verified outcomes, lost by one failure, and
/// won back, with real vacuums on a real server.
final class TrustPgTest {
    private final DeskRig rig = new DeskRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void oneFailureMakesTheKindAskUntilItHasProvedItselfAgain() {
        rig.shop.asDba("create table t (id int)", "insert into t values (1)");
        var first = rig.found(rig.desk.file(vacuum("t")));
        assertThat(first.risk().level()).isEqualTo(RiskLevel.LOW);
        assertThat(first.state()).as(first.reason()).isEqualTo(State.DONE);
        assertThat(first.verification()).isInstanceOf(Verification.Confirmed.class);
        assertThat(trust().verified()).isEqualTo(1);
        assertThat(trust().lost()).isFalse();

        // It waits for a lock that it does not get in its time.
        fail("t");
        assertThat(trust().lost()).isTrue();
        assertThat(trust().words()).startsWith("asks first: it failed at");

        for (int i = 1; i <= Trust.REGAINED; i++) {
            var asked = rig.desk.file(vacuum("t"));
            assertThat(rig.found(asked).state()).as("round %d", i).isEqualTo(State.WAITING);
            assertThat(asked.risk().level()).isEqualTo(RiskLevel.MEDIUM);
            assertThat(asked.risk().reasons().getFirst()).contains("asks first");
            assertThat(rig.approve(asked)).isInstanceOf(Decision.Granted.class);
            assertThat(rig.found(asked).verification()).isInstanceOf(Verification.Confirmed.class);
        }
        assertThat(trust().lost()).isFalse();
        assertThat(rig.found(rig.desk.file(vacuum("t"))).byPolicy()).as("trusted again").isTrue();
        var merit =
                new StoredPlanQueue(rig.state)
                        .merit(rig.target(), java.time.Instant.now().minusSeconds(3600));
        assertThat(merit).isEqualTo(new PlanQueue.Merit(2, Trust.REGAINED, 0));
        assertThat(merit.saved().toMinutes()).isEqualTo(2 * 20 + 3 * 10);
    }

    @Test
    void whatAPersonTakesBackIsNoFailureAndWhatAnAgentTakesBackIs() {
        rig.shop.asDba(
                "create table t (id int)",
                "create index t_a on t (id)",
                "create index t_b on t (id)");
        var byPerson = done("t_a");
        rig.approve(rig.desk.planUndo(byPerson.id(), Actor.human("ann")));
        assertThat(rig.found(byPerson).state()).isEqualTo(State.UNDONE);
        assertThat(trust("Do it").failedAt()).isNull();

        var byAgent = done("t_b");
        assertThat(trust("Do it").verified()).isEqualTo(1);
        rig.desk.planUndo(byAgent.id(), Actor.agent("health"));
        assertThat(trust("Do it").failedAt()).isNotNull();
        assertThat(trust("Do it").lost()).isTrue();
    }

    private FiledPlan done(String index) {
        var plan = rig.desk.file(rig.dropIndex("public", "t", index));
        assertThat(rig.approve(plan)).isInstanceOf(Decision.Granted.class);
        assertThat(rig.found(plan).verification()).isInstanceOf(Verification.Confirmed.class);
        return rig.found(plan);
    }

    private void fail(String table) {
        var plan = vacuum(table);
        try (var holder = rig.shop.dba()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("lock table " + table + " in access exclusive mode");
            var failed = rig.found(rig.desk.file(plan));
            assertThat(failed.state()).isEqualTo(State.FAILED);
            holder.rollback();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Trust trust() {
        return trust("Vacuum");
    }

    private Trust trust(String verb) {
        return new StoredPlanQueue(rig.state)
                .trust(rig.target()).stream()
                        .filter(t -> t.verb().equals(verb))
                        .findFirst()
                        .orElseThrow();
    }

    private ChangePlan vacuum(String table) {
        var context =
                new ToolContext(
                        UUID.randomUUID(),
                        rig.target(),
                        Actor.agent("health"),
                        TestTargets.deadline(),
                        Clock.systemUTC(),
                        ToolContext.Progress.SILENT);
        try (var session = rig.targets.read()) {
            return new VacuumPlan(rig.targets.sql(), VacuumKind.ANALYZE, "self_heal", null)
                    .of(
                            session,
                            Subject.table(rig.shop.name(), "public", table),
                            "dead rows",
                            null,
                            context)
                    .orElseThrow();
        }
    }
}

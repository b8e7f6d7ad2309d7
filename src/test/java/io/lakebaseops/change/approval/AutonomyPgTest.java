package io.lakebaseops.change.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.VacuumKind;
import io.lakebaseops.agents.VacuumPlan;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.RoutineAct;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.state.Autonomy.AsksFirst;
import io.lakebaseops.state.Autonomy.LeftAlone;
import io.lakebaseops.state.AutonomyStore;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;
import io.lakebaseops.testing.TestTargets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.UUID;

/// People narrow what agents do without asking: a kind of act that asks first, a table that is left
/// alone. The gate holds to it, whatever screen or tool files the plan.
final class AutonomyPgTest {
    private static final Actor AGENT = Actor.agent("health");
    private final ArrayDeque<Runnable> later = new ArrayDeque<>();
    private final DeskRig rig =
            new DeskRig(
                    StateDatabases.fresh("gate_state").url(),
                    Pg17.shared().database("shop"),
                    later::add,
                    Clock.systemUTC());

    @BeforeEach
    void tables() {
        rig.shop.asDba("create table t (id int)", "create table u (id int)");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private void run() {
        while (!later.isEmpty()) {
            later.remove().run();
        }
    }

    @Test
    void what_is_switched_off_is_filed_for_approval_and_runs_by_itself_when_it_is_on_again() {
        rig.state.run(tx -> AutonomyStore.askFirst(tx, asks(RoutineAct.VACUUM)));
        var asked = rig.desk.file(vacuum("t", AGENT));
        run();
        assertThat(rig.found(asked).state()).isEqualTo(State.WAITING);
        assertThat(asked.risk().level()).isEqualTo(RiskLevel.MEDIUM);
        assertThat(asked.risk().reasons().getFirst())
                .startsWith("asks first: ann switched off 'Vacuum a table' by itself at ");
        assertThat(rig.approve(asked)).isInstanceOf(Decision.Granted.class);

        rig.state.run(tx -> AutonomyStore.byItself(tx, RoutineAct.VACUUM));
        var free = rig.desk.file(vacuum("u", AGENT));
        run();
        assertThat(rig.found(free).state()).isEqualTo(State.DONE);
        assertThat(rig.found(free).byPolicy()).isTrue();
    }

    @Test
    void a_switch_of_another_kind_does_not_matter() {
        rig.state.run(tx -> AutonomyStore.askFirst(tx, asks(RoutineAct.END_IDLE_SESSIONS)));
        var filed = rig.desk.file(vacuum("t", AGENT));
        run();
        assertThat(rig.found(filed).byPolicy()).isTrue();
    }

    @Test
    void a_plan_that_was_about_to_run_asks_when_it_is_switched_off_before() {
        var filed = rig.desk.file(vacuum("t", AGENT));
        assertThat(filed.risk().level()).isEqualTo(RiskLevel.LOW);
        rig.state.run(tx -> AutonomyStore.askFirst(tx, asks(RoutineAct.VACUUM)));
        run();
        assertThat(rig.found(filed).state()).isEqualTo(State.WAITING);
        assertThat(rig.found(filed).risk().level()).isEqualTo(RiskLevel.MEDIUM);
    }

    @Test
    void for_a_table_left_alone_agents_propose_nothing_and_a_person_may() {
        rig.state.run(tx -> AutonomyStore.leaveAlone(tx, alone("public.t", null)));
        var held = rig.desk.file(vacuum("t", AGENT));
        assertThat(held.state()).isEqualTo(State.HELD_BACK);
        assertThat(held.reason())
                .contains("ann leaves public.t alone")
                .contains("it is loaded tonight")
                .endsWith("proposed again when somebody ends that");
        assertThat(rig.desk.find(held.id())).as("nothing is filed").isEmpty();
        assertThat(later).isEmpty();

        assertThat(rig.desk.file(vacuum("u", AGENT)).state())
                .as("another table")
                .isNotEqualTo(State.HELD_BACK);
        var asked = rig.desk.file(vacuum("t", Actor.human("ben")));
        run();
        assertThat(rig.found(asked).state()).isEqualTo(State.DONE);
    }

    @Test
    void a_table_left_alone_after_the_plan_was_filed_is_not_touched_without_asking() {
        var filed = rig.desk.file(vacuum("t", AGENT));
        rig.state.run(tx -> AutonomyStore.leaveAlone(tx, alone("public.t", null)));
        run();
        var waits = rig.found(filed);
        assertThat(waits.state()).isEqualTo(State.WAITING);
        assertThat(waits.risk().reasons().getFirst()).contains("ann leaves public.t alone");
    }

    @Test
    void a_table_is_left_alone_until_its_date_and_no_longer() {
        var yesterday = Instant.now().minus(Duration.ofDays(1));
        rig.state.run(tx -> AutonomyStore.leaveAlone(tx, alone("public.t", yesterday)));
        assertThat(rig.desk.file(vacuum("t", AGENT)).state()).isNotEqualTo(State.HELD_BACK);

        var table = alone("public.u", Instant.now().plus(Duration.ofDays(1)));
        rig.state.run(tx -> AutonomyStore.leaveAlone(tx, table));
        assertThat(rig.desk.file(vacuum("u", AGENT)).state()).isEqualTo(State.HELD_BACK);
        rig.state.run(tx -> AutonomyStore.proposeAgain(tx, table));
        assertThat(rig.desk.file(vacuum("u", AGENT)).state()).isNotEqualTo(State.HELD_BACK);
    }

    private static AsksFirst asks(RoutineAct act) {
        return new AsksFirst(act, "ann", Instant.now());
    }

    private LeftAlone alone(String table, @Nullable Instant until) {
        return new LeftAlone(
                rig.target().key(), table, "it is loaded tonight", "ann", Instant.now(), until);
    }

    private ChangePlan vacuum(String table, Actor by) {
        var context =
                new ToolContext(
                        UUID.randomUUID(),
                        rig.target(),
                        by,
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

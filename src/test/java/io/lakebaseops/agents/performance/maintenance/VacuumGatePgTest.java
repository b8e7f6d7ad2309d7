package io.lakebaseops.agents.performance.maintenance;

import static io.lakebaseops.testing.NastyNames.quoted;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.GateRig;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.testing.NastyNames;
import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Vacuum plans through the real gate: by themselves, as a role without superuser, on tables of
/// other owners, whatever they are called.
final class VacuumGatePgTest {
    /// Of its own: the tool looks at every database of a server.
    private static final Pg17 SERVER = Pg17.started(List.of());

    @Test
    void tablesOfAnyNameAndOwnerAreVacuumedAndVerifiedWithoutAsking(@TempDir Path dir) {
        var seed = System.nanoTime();
        var database = SERVER.database("Vac \"gate\"");
        var asked = new ArrayList<ScheduleVacuumAnalyze.Table>();
        var names = NastyNames.random(new Random(seed), 10);
        database.asAdmin("create schema " + quoted("o " + names.getFirst()));
        for (var name : names) {
            var schema = "o " + names.getFirst();
            var table = quoted(schema) + "." + quoted(name);
            database.asAdmin(
                    "create table " + table + " as select g as id from generate_series(1, 500) g",
                    "delete from " + table + " where id % 2 = 0",
                    "select pg_stat_force_next_flush()");
            asked.add(new ScheduleVacuumAnalyze.Table(database.name(), schema, name));
        }
        database.asDba(
                "create table \"pa:rt\" (id int) partition by range (id)",
                "create table \"pa'1\" partition of \"pa:rt\" for values from (0) to (100)",
                "create table \"pa 2\" partition of \"pa:rt\" for values from (100) to (200)",
                "insert into \"pa:rt\" select g from generate_series(0, 199) g",
                "delete from \"pa:rt\" where id % 2 = 0",
                "select pg_stat_force_next_flush()");
        asked.add(new ScheduleVacuumAnalyze.Table(database.name(), "public", "pa:rt"));
        try (var lakehouse = LocalLakehouse.open(dir, Clock.systemUTC());
                var gate = GateRig.of(database)) {
            lakehouse.ensureTables(OpsTables.ALL);
            var rig = gate.tools();
            var proposal =
                    new ScheduleVacuumAnalyze(
                                    rig.targets(),
                                    rig.sql(),
                                    lakehouse,
                                    new MemoryPostponedVacuums())
                            .propose(
                                    new ScheduleVacuumAnalyze.Input(
                                            List.copyOf(asked),
                                            ScheduleVacuumAnalyze.Window.NOW,
                                            50),
                                    rig.context());
            assertThat(ToolRig.found(proposal.outcome()).data().planned())
                    .as("seed " + seed)
                    .hasSize(names.size() + 2);
            for (var plan : proposal.plans()) {
                var filed = gate.desk().file(plan);
                assertThat(filed.risk().level()).isEqualTo(RiskLevel.LOW);
                var done = gate.found(filed);
                assertThat(done.state())
                        .as("seed %d, %s: %s", seed, plan.title(), done.reason())
                        .isEqualTo(FiledPlan.State.DONE);
                assertThat(done.decidedBy()).isEqualTo("policy");
                assertThat(done.verification())
                        .as(plan.title())
                        .isInstanceOf(Verification.Confirmed.class);
            }
        }
        assertThat(
                        database.scalar(
                                "select count(*) from pg_stat_user_tables where vacuum_count = 1"
                                        + " and analyze_count = 1"))
                .isEqualTo(Integer.toString(names.size() + 2));
    }

    @Test
    void oneLockedTableDoesNotCostTheOthersTheirNight(@TempDir Path dir) throws Exception {
        var database = SERVER.database("vac_locked");
        for (var table : List.of("a", "b")) {
            database.asDba(
                    "create table " + table + " as select g as id from generate_series(1, 500) g",
                    "delete from " + table + " where id % 2 = 0",
                    "select pg_stat_force_next_flush()");
        }
        var asked =
                List.of("a", "b").stream()
                        .map(t -> new ScheduleVacuumAnalyze.Table(database.name(), "public", t))
                        .toList();
        try (var lakehouse = LocalLakehouse.open(dir, Clock.systemUTC());
                var rig = ToolRig.of(database);
                var other = database.dba();
                var holder = other.createStatement()) {
            lakehouse.ensureTables(OpsTables.ALL);
            other.setAutoCommit(false);
            holder.execute("lock table a in access exclusive mode");
            var proposal =
                    new ScheduleVacuumAnalyze(
                                    rig.targets(),
                                    rig.sql(),
                                    lakehouse,
                                    new MemoryPostponedVacuums())
                            .propose(
                                    new ScheduleVacuumAnalyze.Input(
                                            asked, ScheduleVacuumAnalyze.Window.NOW, 50),
                                    rig.context());
            other.rollback();
            assertThat(proposal.plans())
                    .singleElement()
                    .satisfies(p -> assertThat(p.subject().name()).isEqualTo("b"));
            var found = ToolRig.found(proposal.outcome());
            assertThat(found.data().refused()).containsExactly(database.name() + ": public.a");
            assertThat(found.caveats()).anyMatch(c -> c.contains("public.a") && c.contains("lock"));
        }
    }
}

package io.lakebaseops.agents.performance.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.GateRig;
import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.performance.optimization.ForecastCapacityNeeds;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Wraparound, VACUUM FULL, autovacuum limits and forecast on one server, through the gate and
/// back, as a role without superuser.
final class MaintenanceToolsPgTest {
    @TempDir private static Path dir;

    /// Of its own: the tools look at every database of a server.
    private static final Pg17 SERVER = Pg17.started(List.of());

    private static Pg17.Database database;
    private static GateRig gate;
    private static LocalLakehouse lakehouse;

    @BeforeAll
    static void build() {
        database = SERVER.database("Main \"t\".y");
        var rows = " select g as id, repeat('x', 300) as t from generate_series(1, 60000) g";
        database.asDba(
                "create schema \"M a\"",
                "create table \"M a\".\"ho'led\" as" + rows,
                "create index on \"M a\".\"ho'led\" (id)",
                "create table \"M a\".busy with (autovacuum_vacuum_scale_factor = 3,"
                        + " autovacuum_vacuum_threshold = 9000) as"
                        + rows,
                "create table \"M a\".full_of_rows as" + rows,
                "delete from \"M a\".\"ho'led\" where id % 5 <> 0",
                "select pg_stat_force_next_flush()",
                "vacuum analyze \"M a\".\"ho'led\"",
                "analyze \"M a\".busy",
                "analyze \"M a\".full_of_rows");
        database.asAdmin("select pg_stat_reset()");
        database.asDba(
                "update \"M a\".busy set id = id",
                "select pg_stat_force_next_flush()",
                "analyze \"M a\".busy",
                "analyze \"M a\".full_of_rows",
                "analyze \"M a\".\"ho'led\"");
        gate = GateRig.of(database);
        lakehouse = LocalLakehouse.open(dir, Clock.systemUTC());
        lakehouse.ensureTables(OpsTables.ALL);
        var target = gate.tools().test().target();
        var history = new ArrayList<Map<String, @Nullable Object>>();
        var now = Instant.now();
        for (int h = 40 * 24; h >= 0; h -= 6) {
            for (var metric : new String[] {"txid_age", "database_size_bytes"}) {
                var row = HistoryRow.of(target, now.minus(Duration.ofHours(h)), "r");
                row.put("metric_name", metric);
                row.put(
                        "metric_value",
                        metric.equals("txid_age") ? 9e8 - h * 1e6 / 2 : 1e9 - h * 1e5);
                row.put("unit", "n");
                history.add(row);
            }
        }
        lakehouse.append(OpsTables.LAKEBASE_METRICS.name(), history);
    }

    @AfterAll
    static void end() {
        gate.close();
        lakehouse.close();
        SERVER.stop();
    }

    private static FiledPlan carriedOut(FiledPlan done, RiskLevel risk) {
        assertThat(done.state()).as(done.reason()).isEqualTo(FiledPlan.State.DONE);
        assertThat(done.risk().level()).isEqualTo(risk);
        assertThat(done.verification()).isInstanceOf(Verification.Confirmed.class);
        return done;
    }

    @Test
    void wraparoundSaysHowFarAndUntilWhenAndFreezesTheOldest() {
        var rig = gate.tools();
        var tool = new CheckTxidWraparoundRisk(rig.targets(), rig.sql(), lakehouse);

        var calm =
                ToolRig.found(
                        tool.run(
                                new CheckTxidWraparoundRisk.Input(500_000_000, 1_000_000_000),
                                rig.context()));
        assertThat(calm.findings()).isEmpty();
        assertThat(calm.coversKinds()).contains(CheckTxidWraparoundRisk.KIND);
        var ids = calm.data().transactions();
        assertThat(Objects.requireNonNull(ids.perHour())).isBetween(4.9e5, 5.1e5);
        // 2.14 billion at half a million an hour: 178 days.
        assertThat(Duration.between(Instant.now(), Objects.requireNonNull(ids.stop()).expected()))
                .isBetween(Duration.ofDays(170), Duration.ofDays(185));
        assertThat(calm.data().multixacts().perHour()).as("no history").isNull();
        assertThat(calm.data().databases()).anyMatch(d -> d.databaseName().equals("template0"));
        assertThat(calm.data().tables()).isNotEmpty();

        database.asAdmin(
                "do $$ begin for i in 1..200 loop perform pg_current_xact_id(); commit; end loop; end $$");
        var old =
                ToolRig.found(
                        tool.run(new CheckTxidWraparoundRisk.Input(100, 1_000_000), rig.context()));
        var table =
                old.findings().stream()
                        .filter(f -> f.subject().name().equals("full_of_rows"))
                        .findFirst();
        assertThat(old.findings())
                .anyMatch(f -> f.kind().equals(CheckTxidWraparoundRisk.KIND))
                .anyMatch(f -> f.kind().equals(CheckTxidWraparoundRisk.TABLE_KIND));
        var finding =
                table.orElseGet(
                        () ->
                                old.findings().stream()
                                        .filter(f -> f.remedy() != null)
                                        .filter(f -> database.name().equals(f.subject().database()))
                                        .findFirst()
                                        .orElseThrow());
        var plan =
                tool.remedies(database.name(), List.of(finding), rig.context()).plans().getFirst();
        carriedOut(gate.carryOut(plan), RiskLevel.MEDIUM);
    }

    @Test
    void fullIsPlannedForTheTableFullOfHolesOnly() {
        var rig = gate.tools();
        var tool = new ScheduleVacuumFull(rig.targets(), rig.sql(), lakehouse);

        var proposal =
                tool.propose(new ScheduleVacuumFull.Input(null, null, null, 0.3, 3), rig.context());

        var tables = ToolRig.found(proposal.outcome()).data().tables();
        assertThat(tables).extracting(ScheduleVacuumFull.Table::table).contains("ho'led");
        assertThat(proposal.plans()).extracting(p -> p.subject().name()).containsExactly("ho'led");
        var holed =
                tables.stream().filter(t -> t.table().equals("ho'led")).findFirst().orElseThrow();
        carriedOut(gate.carryOut(proposal.plans().getFirst()), RiskLevel.HIGH);
        long after =
                Long.parseLong(
                        String.valueOf(
                                database.scalar(
                                        "select pg_total_relation_size('\"M a\".\"ho''led\"')")));
        System.out.printf(
                "VACUUM FULL: %d bytes before, %d expected, %d after%n",
                holed.bytes(), holed.expectedBytes(), after);
        assertThat((double) holed.expectedBytes()).isBetween(0.8 * after, 1.25 * after);

        var asked =
                tool.propose(
                        new ScheduleVacuumFull.Input(
                                "M a", "full_of_rows", database.name(), 0.3, 3),
                        rig.context());
        assertThat(asked.plans()).isEmpty();
        assertThat(ToolRig.found(asked.outcome()).data().tables())
                .singleElement()
                .satisfies(t -> assertThat(t.way()).isEqualTo("not_worth_it"));
    }

    @Test
    void limitsAreProposedSetAndTakenBackExactly() {
        var rig = gate.tools();
        // Counters of two hours: the reset is moved back, the hour is not waited for.
        var tool = new TuneAutovacuumParameters(rig.targets(), rig.sql());
        var young = tool.propose(new TuneAutovacuumParameters.Input(20, null, null), rig.context());
        assertThat(young.plans()).as("counters of a minute say nothing").isEmpty();
        assertThat(ToolRig.found(young.outcome()).caveats())
                .anyMatch(c -> c.contains("ten minutes"));
        AutovacuumTuning.Table table;
        try (var session =
                rig.targets().read(rig.test().target(), database.name(), TestTargets.deadline())) {
            table =
                    session
                            .query(
                                    MaintenanceSql.TABLE_CHURN,
                                    Map.of("min_bytes", 0L),
                                    AutovacuumTuning.Table.class)
                            .stream()
                            .filter(t -> t.tableName().equals("busy"))
                            .findFirst()
                            .orElseThrow();
            assertThat(table.died()).isEqualTo(60_000);
            assertThat(table.mostRows()).as("new in 18").isNull();
            assertThat(table.workers()).isEqualTo(3);
            assertThat(table.costLimit()).isEqualTo(200);
            assertThat(table.costDelayMillis()).isEqualTo(2);
            var hourOld =
                    new AutovacuumTuning.Table(
                            table.schemaName(),
                            table.tableName(),
                            table.tableOid(),
                            table.liveRows(),
                            table.deadRows(),
                            table.tableBytes(),
                            table.died(),
                            table.lastVacuum(),
                            table.vacuums(),
                            table.ownFactor(),
                            table.ownThreshold(),
                            table.factor(),
                            table.threshold(),
                            table.enabled(),
                            table.mostRows(),
                            table.napSeconds(),
                            table.indexBytes(),
                            table.workers(),
                            table.costLimit(),
                            table.costDelayMillis(),
                            table.missCost(),
                            table.dirtyCost(),
                            table.mayAlter(),
                            table.at().minus(Duration.ofHours(1)),
                            table.serverStart(),
                            table.at());
            var tuning = Objects.requireNonNull(AutovacuumTuning.of(hourOld));
            var plan =
                    new AutovacuumLimitsPlan(rig.sql(), session, rig.context())
                            .of(
                                    new TuneAutovacuumParameters.Simulated(
                                            tuning,
                                            AutovacuumForesight.of(
                                                    List.of(hourOld), List.of(tuning))))
                            .orElseThrow();
            var before = options();
            var done = carriedOut(gate.carryOut(plan), RiskLevel.MEDIUM);
            assertThat(options()).isNotEqualTo(before).contains("scale_factor=" + tuning.factor());
            assertThat(gate.undo(done).state()).isEqualTo(FiledPlan.State.UNDONE);
            assertThat(options()).isEqualTo(before);
        }
    }

    private static String options() {
        return String.valueOf(
                database.scalar(
                        "select array_agg(o order by o) from pg_class, unnest(reloptions) o where"
                                + " oid = '\"M a\".busy'::regclass"));
    }

    @Test
    void theForecastIsStoredAndSaysWhatItCannotSay() {
        var rig = gate.tools();
        var tool = new ForecastCapacityNeeds(rig.targets(), lakehouse);

        var found =
                ToolRig.found(
                        tool.run(
                                new ForecastCapacityNeeds.Input(30, 1_020_000_000L),
                                rig.context()));

        var storage = found.data().resources().getFirst();
        assertThat(storage.forecast()).hasSize(30);
        assertThat(Objects.requireNonNull(storage.perDay())).isBetween(2.3e6, 2.5e6);
        // 1 GB now, 2.4 MB a day: 1.02 GB in eight days.
        assertThat(Objects.requireNonNull(storage.limitMet()))
                .isBetween(
                        LocalDate.now(ZoneOffset.UTC).plusDays(6),
                        LocalDate.now(ZoneOffset.UTC).plusDays(10));
        assertThat(found.caveats()).anyMatch(c -> c.startsWith("connections: only 0 days"));
        assertThat(lakehouse.rowCount(OpsTables.CAPACITY_FORECAST.name())).isEqualTo(60);
    }
}

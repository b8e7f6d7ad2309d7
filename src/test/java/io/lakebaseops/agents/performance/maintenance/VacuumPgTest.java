package io.lakebaseops.agents.performance.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class VacuumPgTest {
    @TempDir private static Path dir;

    /// Of its own: the tool looks at every database of a server.
    private static final Pg17 SERVER = Pg17.started(List.of());

    private static Pg17.Database database;
    private static LocalLakehouse lakehouse;

    @BeforeAll
    static void build() {
        database = SERVER.database("Vac \"x\".y");
        var rows = " select g as id, repeat('x', 200) as t from generate_series(1, 60000) g";
        database.asDba(
                "create schema \"M a\"",
                "create table \"M a\".\"de'ad\" as" + rows,
                "create table \"M a\".lenient with (autovacuum_vacuum_threshold = 1000000) as"
                        + rows,
                "create table \"M a\".tiny as select 1 as id from generate_series(1, 500)",
                "create table \"M a\".e(id int, t text) partition by range (id)",
                "create table \"M a\".e1 partition of \"M a\".e for values from (0) to (60001)",
                "create table \"M a\".e2 partition of \"M a\".e for values from (60001) to (70000)",
                "insert into \"M a\".e" + rows,
                "select pg_stat_force_next_flush()",
                "vacuum analyze \"M a\".\"de'ad\"",
                "vacuum analyze \"M a\".lenient",
                "vacuum analyze \"M a\".tiny",
                "vacuum analyze \"M a\".e",
                "delete from \"M a\".\"de'ad\" where id % 2 = 0",
                "delete from \"M a\".lenient where id % 2 = 0",
                "delete from \"M a\".tiny",
                "delete from \"M a\".e where id % 2 = 0",
                "select pg_stat_force_next_flush()");
        lakehouse = LocalLakehouse.open(dir, Clock.systemUTC());
        lakehouse.ensureTables(OpsTables.ALL);
    }

    @AfterAll
    static void end() {
        lakehouse.close();
    }

    private static List<String> needy(ToolRig rig) {
        var found =
                ToolRig.found(
                        new IdentifyTablesNeedingVacuum(rig.targets(), rig.sql())
                                .run(new IdentifyTablesNeedingVacuum.Input(0.3), rig.context()));
        return found.findings().stream()
                .filter(f -> database.name().equals(f.subject().database()))
                .filter(f -> f.kind().equals(IdentifyTablesNeedingVacuum.KIND))
                .map(Finding::subject)
                .map(s -> s.name())
                .sorted()
                .toList();
    }

    @Test
    void eachTableIsJudgedByItsOwnLimitsAndPartitionsOnceAtTheTop() {
        try (var rig = ToolRig.of(database)) {
            // Another test may have vacuumed them meanwhile: deleting again makes them needy anew.
            assertThat(needy(rig)).doesNotContain("lenient", "tiny", "e1", "e2");
        }
    }

    @Test
    void foundTablesAreVacuumedPartByPartAndProved() {
        try (var rig = ToolRig.of(database)) {
            assertThat(needy(rig)).containsExactly("de'ad", "e");
            var tool =
                    new ScheduleVacuumAnalyze(
                            rig.targets(), rig.sql(), lakehouse, new MemoryPostponedVacuums());
            var proposal =
                    tool.propose(
                            new ScheduleVacuumAnalyze.Input(
                                    null, ScheduleVacuumAnalyze.Window.LOW_TRAFFIC, 20),
                            rig.context());
            assertThat(ToolRig.found(proposal.outcome()).caveats())
                    .anyMatch(c -> c.contains("too short"));
            var ours =
                    proposal.plans().stream()
                            .filter(p -> database.name().equals(p.subject().database()))
                            .toList();
            assertThat(ours)
                    .extracting(p -> p.subject().name())
                    .containsExactlyInAnyOrder("de'ad", "e1");
            ours.forEach(rig::carryOut);
            assertThat(needy(rig)).isEmpty();
        }
    }

    @Test
    void withoutTheRightNothingIsPlannedAndItSaysWhy() {
        database.asAdmin(
                "create role vac_watcher login password 'w' in role pg_monitor, pg_read_all_data");
        try (var rig = new ToolRig(TestTargets.of(database.url(), "vac_watcher", "w"))) {
            var tool =
                    new ScheduleVacuumAnalyze(
                            rig.targets(), rig.sql(), lakehouse, new MemoryPostponedVacuums());
            var asked = new ScheduleVacuumAnalyze.Table(database.name(), "M a", "lenient");
            var proposal =
                    tool.propose(
                            new ScheduleVacuumAnalyze.Input(
                                    List.of(asked), ScheduleVacuumAnalyze.Window.NOW, 5),
                            rig.context());
            assertThat(proposal.plans()).isEmpty();
            assertThat(ToolRig.found(proposal.outcome()).caveats())
                    .anyMatch(c -> c.contains("pg_maintain"));
        }
    }

    @Test
    void aTableThatIsNotThereIsSaidSo() {
        try (var rig = ToolRig.of(database)) {
            var asked = new ScheduleVacuumAnalyze.Table(null, "no", "such");
            var proposal =
                    new ScheduleVacuumAnalyze(
                                    rig.targets(),
                                    rig.sql(),
                                    lakehouse,
                                    new MemoryPostponedVacuums())
                            .propose(
                                    new ScheduleVacuumAnalyze.Input(
                                            List.of(asked), ScheduleVacuumAnalyze.Window.NOW, 5),
                                    rig.context());
            assertThat(ToolRig.found(proposal.outcome()).caveats())
                    .anyMatch(c -> c.contains("no table no.such"));
        }
    }

    /// A table asked for waits for the quiet hours, is planned when they begin, and at once when a
    /// person says so.
    @Test
    void whatIsAskedForInABusyHourWaitsForTheQuietOnes(@TempDir Path other) {
        var now = Instant.now();
        var here = now.atZone(ZoneOffset.UTC);
        try (var rig = ToolRig.of(database);
                var busyWeeks = LocalLakehouse.open(other, Clock.systemUTC())) {
            busyWeeks.ensureTables(OpsTables.ALL);
            var target = rig.test().target();
            var rows = new ArrayList<Map<String, Object>>();
            for (int h = 1; h <= 24 * 8; h++) {
                var at = now.minus(Duration.ofHours(h));
                // Quiet is what lies six to nine hours ahead.
                int ahead = Math.floorMod(at.atZone(ZoneOffset.UTC).getHour() - here.getHour(), 24);
                var row = new HashMap<String, Object>(HistoryRow.of(target, at, "r" + h));
                row.put("wait_event_type", "CPU");
                row.put("samples", ahead >= 6 && ahead < 9 ? 36L : 1_800L);
                row.put("interval_seconds", 3_600.0);
                row.put("sample_period_seconds", 10.0);
                rows.add(row);
            }
            busyWeeks.append(OpsTables.WAIT_SAMPLES.name(), rows);
            var postponed = new MemoryPostponedVacuums();
            var tool = new ScheduleVacuumAnalyze(rig.targets(), rig.sql(), busyWeeks, postponed);
            var asked = List.of(new ScheduleVacuumAnalyze.Table(database.name(), "M a", "lenient"));
            var later =
                    tool.propose(
                            new ScheduleVacuumAnalyze.Input(
                                    asked, ScheduleVacuumAnalyze.Window.LOW_TRAFFIC, 5),
                            rig.context());
            assertThat(later.plans()).isEmpty();
            var from = ToolRig.found(later.outcome()).data().quietFrom();
            assertThat(from)
                    .isBetween(now.plus(Duration.ofHours(3)), now.plus(Duration.ofHours(8)));
            assertThat(postponed.waiting(target))
                    .singleElement()
                    .satisfies(
                            p -> {
                                assertThat(p.tableName()).isEqualTo("lenient");
                                assertThat(p.notBefore()).isEqualTo(from);
                            });
            assertThat(postponed.takeDue(now)).isEmpty();
            assertThat(postponed.takeDue(from)).hasSize(1);
            assertThat(
                            tool.propose(
                                            new ScheduleVacuumAnalyze.Input(
                                                    asked, ScheduleVacuumAnalyze.Window.NOW, 5),
                                            rig.context())
                                    .plans())
                    .as("a person who says now is asked nothing")
                    .hasSize(1);
        }
    }

    @Test
    void theWasteOfAnEmptiedTableLiesWithinItsBounds() {
        // int8 + int4 + text(11, short): 24 header + 8 + 4 + 11 = 47, padded 48, pointer 4 = 52
        // bytes.
        var widths =
                new HeapBloat.Widths(
                        1,
                        3,
                        0,
                        0,
                        List.of(8, 4, -1),
                        List.of("d", "i", "i"),
                        List.of(8, 4, 11),
                        List.of(0.0, 0.0, 0.0),
                        List.of("", "", "11:1"));
        long pages = 1000;
        long full = pages * (8168 / 52);
        var packed = HeapBloat.of(widths, full, pages * 8192, 100);
        assertThat(packed.low()).isLessThan(0.01);
        var half = HeapBloat.of(widths, full / 2, pages * 8192, 100);
        assertThat(half.low()).isLessThan(0.5);
        assertThat(half.high()).isGreaterThan(0.5);
    }
}

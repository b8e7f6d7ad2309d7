package io.lakebaseops.agents.performance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.performance.indexes.DetectBloatedIndexes;
import io.lakebaseops.agents.performance.indexes.DetectDuplicateIndexes;
import io.lakebaseops.agents.performance.indexes.DetectMissingFkIndexes;
import io.lakebaseops.agents.performance.maintenance.IdentifyTablesNeedingVacuum;
import io.lakebaseops.agents.performance.maintenance.MemoryPostponedVacuums;
import io.lakebaseops.agents.performance.maintenance.ScheduleVacuumAnalyze;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.Situation;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/// What other tools were publicly seen to get wrong about indexes and maintenance, on one server.
final class PublicCasesPgTest {
    private static final Pg17 SERVER = Pg17.started(List.of());
    private static Pg17.Database database;
    private static ToolRig rig;
    private static Outcome.Found<DetectDuplicateIndexes.Output> duplicates;
    private static Outcome.Found<DetectMissingFkIndexes.Output> missing;
    private static Outcome.Found<IdentifyTablesNeedingVacuum.Output> maintenance;

    @BeforeAll
    static void build() {
        database = SERVER.database("cases");
        Situation.build(database, "indexes");
        Situation.build(database, "maintenance");
        // Fails for a key that is there twice, and leaves the index behind.
        try {
            database.asAdmin(
                    "create unique index concurrently card_member on lame.card (club, no)");
        } catch (IllegalStateException e) {
            assertThat(e).rootCause().hasMessageContaining("is duplicated");
        }
        database.asAdmin("analyze refs.buyer", "analyze alike.stay", "analyze parts.gauge");
        rig = new ToolRig(TestTargets.of(database.url(), "postgres", ""));
        duplicates =
                ToolRig.found(
                        new DetectDuplicateIndexes(rig.targets(), rig.sql())
                                .run(new DetectDuplicateIndexes.Input(), rig.context()));
        missing = missing(rig);
        maintenance = maintenance(rig);
    }

    @AfterAll
    static void close() {
        rig.close();
        SERVER.stop();
    }

    private static Outcome.Found<DetectMissingFkIndexes.Output> missing(ToolRig rig) {
        return ToolRig.found(
                new DetectMissingFkIndexes(rig.targets(), rig.sql())
                        .run(new DetectMissingFkIndexes.Input(), rig.context()));
    }

    private static Outcome.Found<IdentifyTablesNeedingVacuum.Output> maintenance(ToolRig rig) {
        return ToolRig.found(
                new IdentifyTablesNeedingVacuum(rig.targets(), rig.sql())
                        .run(new IdentifyTablesNeedingVacuum.Input(0.3), rig.context()));
    }

    private static List<String> pairs(String schema) {
        return duplicates.data().pairs().stream()
                .filter(p -> p.schema().equals(schema))
                .map(p -> p.redundant() + " " + p.kind() + " " + p.keep())
                .sorted()
                .toList();
    }

    private static Finding finding(List<Finding> findings, String schema, String name) {
        return findings.stream()
                .filter(f -> schema.equals(f.subject().schema()))
                .filter(f -> f.subject().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aUniqueIndexThatAForeignKeyRefersToIsToldWithTheWayOutAndNotPlanned() throws SQLException {
        assertThat(pairs("refs"))
                .containsExactly("buyer_no_uq referenced buyer_pk", "maker_no_uq same maker_pk");
        var found = finding(duplicates.findings(), "refs", "buyer_no_uq");
        assertThat(found.remedy()).isNull();
        assertThat(found.summary()).contains("refs.bill.bill_buyer_fk").contains("primary key");
        assertThat(found.ddl()).isNotNull().doesNotContainIgnoringCase("cascade;");

        // The statements shown do what they say, in this order.
        try (var c = database.admin();
                var s = c.createStatement()) {
            for (var statement : String.valueOf(found.ddl()).split(";\n")) {
                s.execute(statement);
            }
        }
        assertThat(
                        database.scalar(
                                "select concat_ws(' ', conindid::regclass, confdeltype, convalidated)"
                                        + " from pg_constraint where conname = 'bill_buyer_fk'"))
                .isEqualTo("refs.buyer_pk c t");
        assertThat(database.scalar("select to_regclass('refs.buyer_no_uq')")).isNull();
    }

    @Test
    void onlyTrulyEqualIndexesRepeatEachOther() {
        assertThat(pairs("alike"))
                .containsExactly(
                        "stay_room narrower stay_room_wide",
                        "stay_room_again narrower stay_room_wide");
    }

    @Test
    void aDuplicateOfAPartitionedTableIsToldOnceAndItsCopiesNever() {
        assertThat(pairs("parts"))
                .containsExactly(
                        "gauge_25_alone same gauge_25_device_idx",
                        "gauge_device_two same gauge_device");
        assertThat(finding(duplicates.findings(), "parts", "gauge_device_two").ddl())
                .isEqualTo("drop index \"parts\".\"gauge_device_two\"");
        assertThat(finding(duplicates.findings(), "parts", "gauge_25_alone").ddl())
                .contains("concurrently");
    }

    @Test
    void aForeignKeyIsServedByWhatThePlannerCanUseAndNothingElse() {
        assertThat(missing.data().gaps())
                .filteredOn(g -> g.schema().equals("covers"))
                .extracting(DetectMissingFkIndexes.Gap::constraint)
                .containsExactly("job_checker_fk");
        assertThat(missing.data().gaps())
                .filteredOn(g -> g.schema().equals("lame"))
                .extracting(DetectMissingFkIndexes.Gap::constraint)
                .containsExactlyInAnyOrder("visit_member_fk", "card_member_fk");
        var card =
                missing.findings().stream()
                        .filter(f -> f.subject().name().equals("card_member_fk"))
                        .findFirst()
                        .orElseThrow();
        assertThat(card.summary()).contains("card_member would fit but is invalid");
        assertThat(card.ddl()).doesNotContainIgnoringCase("if not exists");
    }

    private static List<String> bloated(Outcome.Found<IdentifyTablesNeedingVacuum.Output> seen) {
        return seen.findings().stream()
                .filter(f -> f.kind().equals(IdentifyTablesNeedingVacuum.FULL_KIND))
                .map(f -> f.subject().name())
                .sorted()
                .toList();
    }

    @Test
    void onlySpaceThatARewriteGivesBackIsBloat() {
        assertThat(bloated(maintenance)).containsExactly("holed", "secret");
        var holed =
                maintenance.data().needing().stream()
                        .filter(t -> t.table().equals("holed"))
                        .findFirst()
                        .orElseThrow();
        assertThat(holed.bloatLow()).isBetween(0.6, 0.67);
        assertThat(holed.bloatHigh()).isBetween(0.66, 0.72);
    }

    @Test
    void whatTheLoginMayNotReadIsUnknownNotFree() {
        database.asAdmin(
                "create role space_watcher login password 'w' in role pg_monitor",
                "grant usage on schema space to space_watcher",
                "grant select on space.wide, space.half, space.gaps, space.holed to space_watcher");
        try (var watcher = new ToolRig(TestTargets.of(database.url(), "space_watcher", "w"))) {
            var seen = maintenance(watcher);
            assertThat(bloated(seen)).containsExactly("holed");
            assertThat(seen.caveats())
                    .anyMatch(c -> c.contains("space.secret") && c.contains("unknown"))
                    .noneMatch(c -> c.contains("space.holed"));
        }
    }

    @Test
    void aPartitionedTableIsNeverVacuumedButAnalyzedOnce(@TempDir Path dir) {
        assertThat(maintenance.findings())
                .filteredOn(f -> "whole".equals(f.subject().schema()))
                .extracting(f -> f.kind() + " " + f.subject().name())
                .containsExactlyInAnyOrder(
                        "partitioned_table_not_analyzed metric", "table_needs_vacuum dirty");
        assertThat(finding(maintenance.findings(), "whole", "dirty").summary())
                .contains("autovacuum is off")
                .contains("of its rows are dead");

        try (var lakehouse = LocalLakehouse.open(dir, Clock.systemUTC())) {
            lakehouse.ensureTables(OpsTables.ALL);
            var tool =
                    new ScheduleVacuumAnalyze(
                            rig.targets(), rig.sql(), lakehouse, new MemoryPostponedVacuums());
            var asked =
                    List.of("metric", "metric_a").stream()
                            .map(t -> new ScheduleVacuumAnalyze.Table(database.name(), "whole", t))
                            .toList();
            var given =
                    tool.propose(
                            new ScheduleVacuumAnalyze.Input(
                                    asked, ScheduleVacuumAnalyze.Window.NOW, 20),
                            rig.context());
            assertThat(given.plans())
                    .extracting(p -> p.subject().name())
                    .containsExactlyInAnyOrder("metric_a", "metric_b", "metric");

            var found =
                    tool.propose(
                            new ScheduleVacuumAnalyze.Input(
                                    null, ScheduleVacuumAnalyze.Window.NOW, 20),
                            rig.context());
            var analyze =
                    found.plans().stream()
                            .filter(p -> p.subject().name().equals("metric"))
                            .findFirst()
                            .orElseThrow();
            assertThat(found.plans())
                    .extracting(p -> p.subject().name())
                    .doesNotContain("metric_a", "metric_b", "small");
            rig.carryOut(analyze);
            assertThat(maintenance(rig).findings())
                    .noneMatch(f -> f.kind().equals("partitioned_table_not_analyzed"));
        }
    }

    @Test
    void oneLockedTableCostsOnlyWhatCannotBeKnownOfIt() throws SQLException {
        try (var c = database.admin();
                var s = c.createStatement()) {
            c.setAutoCommit(false);
            s.execute("lock table covers.job, parts.gauge, alike.stay in access exclusive mode");
            var seen = missing(rig);
            assertThat(seen.caveats())
                    .anyMatch(w -> w.contains("locked") && w.contains("job_checker_fk"))
                    .noneMatch(w -> w.contains("was left out"));
            assertThat(seen.data().gaps())
                    .extracting(DetectMissingFkIndexes.Gap::constraint)
                    .contains("visit_member_fk")
                    .doesNotContain("job_checker_fk");
            // What was not seen is not taken for mended.
            assertThat(seen.coversKinds()).isEmpty();
            var pairs =
                    ToolRig.found(
                            new DetectDuplicateIndexes(rig.targets(), rig.sql())
                                    .run(new DetectDuplicateIndexes.Input(), rig.context()));
            assertThat(pairs.data().pairs())
                    .extracting(DetectDuplicateIndexes.Pair::redundant)
                    .contains("maker_no_uq", "gauge_device_two", "stay_room");
            assertThat(pairs.caveats())
                    .anyMatch(w -> w.contains("locked") && w.contains("alike.stay_lower"));
            var bloated =
                    ToolRig.found(
                            new DetectBloatedIndexes(rig.targets(), rig.sql())
                                    .run(new DetectBloatedIndexes.Input(2.0), rig.context()));
            assertThat(bloated.coversKinds()).isEmpty();
            assertThat(bloated.caveats())
                    .anyMatch(w -> w.contains("alike.stay_lower"))
                    .noneMatch(w -> w.contains("was left out"));
            assertThat(maintenance(rig).caveats()).noneMatch(w -> w.contains("was left out"));
            c.rollback();
        }
    }
}

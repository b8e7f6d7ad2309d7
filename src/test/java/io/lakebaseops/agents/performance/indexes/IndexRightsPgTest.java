package io.lakebaseops.agents.performance.indexes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.console.FakeLakehouse;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.state.IndexSummaries;
import io.lakebaseops.state.IndexSummary;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The index tools as a login without rights, without extensions, and with counters that began
/// anew: each says what is missing with the statement that gives it, and does what is left.
@TestMethodOrder(OrderAnnotation.class)
final class IndexRightsPgTest {
    private static final Pg17 SERVER = Pg17.started(List.of());
    private static Pg17.Database database;

    @BeforeAll
    static void shop() {
        database = SERVER.database("rights of indexes");
        database.asAdmin("create role \"no rights\" login password 'r'");
        database.asDba(
                "create table parent (id int primary key)",
                "insert into parent select generate_series(1, 100)",
                "create table big (id int primary key, a int references parent, b int, c text)",
                "insert into big select g, g % 100 + 1, g, repeat('x', 40)"
                        + " from generate_series(1, 120000) g",
                "create index big_b on big (b)",
                "create index big_b_again on big (b)",
                "create index big_c on big (c)",
                "delete from big where id % 4 <> 0",
                "vacuum analyze big");
        for (int i = 0; i < 5; i++) {
            database.asDba("select * from big where a = 7 and c <> 'x'");
        }
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    private static ToolRig withoutRights() {
        return new ToolRig(TestTargets.of(database.url(), "no rights", "r"));
    }

    private static final IndexSummaries NOWHERE =
            new IndexSummaries() {
                @Override
                public void put(io.lakebaseops.domain.TargetId target, IndexSummary summary) {}

                @Override
                public Optional<IndexSummary> find(io.lakebaseops.domain.TargetId target) {
                    return Optional.empty();
                }
            };

    private static Map<Long, Instant> none(List<Long> idle) {
        var seen = new HashMap<Long, Instant>();
        idle.forEach(i -> seen.put(i, Instant.now()));
        return seen;
    }

    private static <I extends Record, O extends Record> Outcome.Found<O> run(
            ReadTool<I, O> tool, I input, ToolRig rig) {
        return ToolRig.found(tool.run(input, rig.context()));
    }

    private static DetectUnusedIndexes unused(ToolRig rig) {
        return new DetectUnusedIndexes(
                rig.targets(),
                rig.sql(),
                (_, _, idle, _) -> none(List.copyOf(idle)),
                new FakeLakehouse());
    }

    private static Outcome.Found<DetectMissingIndexes.Output> missing(ToolRig rig) {
        return run(
                new DetectMissingIndexes(rig.targets(), rig.sql()),
                new DetectMissingIndexes.Input(50),
                rig);
    }

    @Test
    @Order(1)
    void hiddenStatementsAreNotTakenForNone() {
        try (var rig = withoutRights()) {
            var found = missing(rig);
            assertThat(found.caveats())
                    .anyMatch(c -> c.contains("GRANT pg_read_all_stats TO \"no rights\""));
            assertThat(found.coversKinds()).as("nothing is concluded").isEmpty();
            assertThat(found.data().missing()).isEmpty();
        }
    }

    @Test
    @Order(2)
    void whatMayBeSeenButNotPlannedNamesTheTable() {
        database.asAdmin("grant pg_read_all_stats to \"no rights\"");
        try (var rig = withoutRights()) {
            assertThat(missing(rig).caveats())
                    .anyMatch(
                            c ->
                                    c.contains("cannot be planned by this login")
                                            && c.contains(
                                                    "GRANT SELECT ON \"public\".\"big\" TO \"no rights\""));
        } finally {
            database.asAdmin("revoke pg_read_all_stats from \"no rights\"");
        }
    }

    @Test
    @Order(3)
    void withoutColumnStatisticsBloatIsNotEstimatedAndTheGrantIsTold() {
        try (var rig = withoutRights()) {
            var found =
                    run(
                            new DetectBloatedIndexes(rig.targets(), rig.sql()),
                            new DetectBloatedIndexes.Input(1.2),
                            rig);
            assertThat(found.data().bloated()).isEmpty();
            assertThat(found.caveats())
                    .anyMatch(
                            c -> c.contains("GRANT SELECT ON \"public\".\"big\" TO \"no rights\""));
        }
    }

    @Test
    @Order(4)
    void withoutPgstattupleItIsAnEstimateAndSaysHowToMeasure() {
        database.asAdmin("grant select on all tables in schema public to \"no rights\"");
        try (var rig = withoutRights()) {
            var found =
                    run(
                            new DetectBloatedIndexes(rig.targets(), rig.sql()),
                            new DetectBloatedIndexes.Input(1.2),
                            rig);
            assertThat(found.data().bloated()).isNotEmpty();
            assertThat(found.caveats()).anyMatch(c -> c.contains("CREATE EXTENSION pgstattuple"));

            database.asAdmin("create extension pgstattuple");
            try (var again = withoutRights()) {
                var measured =
                        run(
                                new DetectBloatedIndexes(again.targets(), again.sql()),
                                new DetectBloatedIndexes.Input(1.2),
                                again);
                assertThat(measured.data().bloated()).allMatch(b -> !b.measured());
                assertThat(measured.caveats())
                        .anyMatch(c -> c.contains("GRANT pg_stat_scan_tables TO \"no rights\""));
            }
        } finally {
            database.asAdmin("revoke select on all tables in schema public from \"no rights\"");
        }
    }

    @Test
    @Order(5)
    void whatTheCatalogSaysNeedsNoRightAndNothingOfOthersIsPlanned() {
        try (var rig = withoutRights()) {
            var same =
                    run(
                            new DetectDuplicateIndexes(rig.targets(), rig.sql()),
                            new DetectDuplicateIndexes.Input(),
                            rig);
            assertThat(same.data().pairs())
                    .extracting(DetectDuplicateIndexes.Pair::redundant)
                    .containsExactly("big_b_again");
            var keys =
                    run(
                            new DetectMissingFkIndexes(rig.targets(), rig.sql()),
                            new DetectMissingFkIndexes.Input(),
                            rig);
            assertThat(keys.data().gaps())
                    .extracting(DetectMissingFkIndexes.Gap::columns)
                    .containsExactly(List.of("a"));
            assertThat(List.of(same, keys))
                    .allSatisfy(f -> assertThat(f.findings()).allMatch(x -> x.remedy() == null));
        }
    }

    @Test
    @Order(6)
    void theWholeAnalysisSaysAllOfItAtOnce() {
        try (var rig = withoutRights()) {
            var tool =
                    new RunFullIndexAnalysis(
                            rig.targets(),
                            rig.sql(),
                            (_, _, idle, _) -> none(List.copyOf(idle)),
                            NOWHERE,
                            new FakeLakehouse());
            var found = run(tool, new RunFullIndexAnalysis.Input(7, 1.2, 50), rig);
            assertThat(found.caveats())
                    .anyMatch(c -> c.contains("GRANT pg_read_all_stats"))
                    .anyMatch(c -> c.contains("GRANT SELECT ON"));
            assertThat(found.coversKinds()).doesNotContain(DetectMissingIndexes.KIND);
            assertThat(found.data().duplicates().pairs()).hasSize(1);
            assertThat(found.data().foreignKeys().gaps()).hasSize(1);
        }
    }

    @Test
    @Order(7)
    void withoutTheStatementsExtensionTheWayToItIsTold() {
        database.asAdmin("drop extension pg_stat_statements");
        try (var rig = withoutRights()) {
            var found = missing(rig);
            assertThat(found.caveats())
                    .anyMatch(c -> c.contains("CREATE EXTENSION pg_stat_statements"));
            assertThat(found.coversKinds()).isEmpty();
        } finally {
            database.asAdmin("create extension pg_stat_statements");
        }
    }

    @Test
    @Order(8)
    void countersThatBeganAnewJustNowAreTold() {
        database.asAdmin(
                "select pg_stat_reset(), pg_stat_statements_reset()",
                "select count(*) from big where a = 7 and c <> 'x'",
                "select pg_stat_force_next_flush()");
        try (var rig = ToolRig.of(database)) {
            assertThat(run(unused(rig), new DetectUnusedIndexes.Input(7), rig).caveats())
                    .anyMatch(c -> c.contains("the counters began anew at"));
            assertThat(
                            run(
                                            new DetectDuplicateIndexes(rig.targets(), rig.sql()),
                                            new DetectDuplicateIndexes.Input(),
                                            rig)
                                    .caveats())
                    .anyMatch(c -> c.contains("its counters began anew at"));
            assertThat(missing(rig).caveats())
                    .anyMatch(c -> c.contains("statements are counted since"));
        }
    }
}

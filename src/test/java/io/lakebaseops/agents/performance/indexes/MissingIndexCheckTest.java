package io.lakebaseops.agents.performance.indexes;

import static io.lakebaseops.agents.performance.indexes.SampleCatalog.NOW;
import static io.lakebaseops.agents.performance.indexes.SampleCatalog.ago;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.performance.indexes.MissingIndexCheck.Missing;
import io.lakebaseops.agents.performance.indexes.MissingIndexCheck.TableScan;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Filters of real plans and the index a careful DBA would add for each, or none.
final class MissingIndexCheckTest {
    /// @param rows the planner expects of a million
    /// @param keys of the suggestion; empty for none
    private record Case(String what, String filter, double rows, String keys) {}

    private static final List<Case> CASES =
            List.of(
                    new Case("equality", "(b = $1)", 10, "[b]"),
                    new Case("equality, written the other way", "($1 = b)", 10, "[b]"),
                    new Case(
                            "of text, with the cast EXPLAIN prints", "((b)::text = $1)", 10, "[b]"),
                    new Case("IN", "(b = ANY ($1))", 100, "[b]"),
                    new Case("qualified", "(t.b = $1)", 10, "[b]"),
                    new Case(
                            "two equalities: the varied one is enough",
                            "((b = $1) AND (c = 7))",
                            5,
                            "[b]"),
                    new Case("equality, then range", "((c = 7) AND (d > $1))", 900, "[c, d]"),
                    new Case("range alone, few rows", "((d > $1) AND (d < $2))", 50, "[d]"),
                    new Case("range that leaves a third", "(d > $1)", 333_000, ""),
                    new Case("half of the table has the value", "(a = $1)", 500_000, ""),
                    new Case("OR", "((b = $1) OR (c = $2))", 10, ""),
                    new Case("a function over the column", "(lower(b) = $1)", 10, ""),
                    new Case("arithmetic over the column", "((b + 1) = $1)", 10, ""),
                    new Case("leading wildcard", "(b ~~ '%x'::text)", 10, ""),
                    new Case("not equal", "(b <> $1)", 10, ""),
                    new Case("two columns of a row", "(b = c)", 10, ""),
                    new Case("another cast than to text", "((b)::integer = 5)", 10, ""),
                    new Case(
                            "an equality beside what cannot be used",
                            "((b = $1) AND (lower(c) = $2))",
                            2,
                            "[b]"));

    private static SampleCatalog shop() {
        return new SampleCatalog()
                .started(ago(10))
                .table("t")
                .index("pk", "a", i -> i.scanned(9, ago(11)));
    }

    private static WorkStatement statement(String id, double totalMs) {
        return new WorkStatement(
                id, "select " + id, 1_000, totalMs, 1_000, NOW.minus(Duration.ofHours(10)));
    }

    private static TableScan scan(IndexCatalog catalog, String id, String filter, double rows) {
        return new TableScan(
                statement(id, 600_000),
                catalog.tables().values().iterator().next(),
                new PlanScan("t", filter, rows, 20_000, 20_100),
                ScanFilter.of(filter));
    }

    private static List<Missing> judge(IndexCatalog catalog, TableScan... scans) {
        long table = catalog.tables().keySet().iterator().next();
        return new MissingIndexCheck(
                        catalog,
                        List.of(
                                new ColumnStatistics(table, "a", 2, 0, 8, 8, "d"),
                                new ColumnStatistics(table, "b", -0.5, 0, 8, 8, "d"),
                                new ColumnStatistics(table, "c", 1_000, 0, 8, 8, "d"),
                                new ColumnStatistics(table, "d", -1, 0, 8, 8, "d")))
                .judge(List.of(scans));
    }

    @TestFactory
    Stream<DynamicTest> suggestions() {
        var catalog = shop().build();
        return CASES.stream()
                .map(
                        c ->
                                DynamicTest.dynamicTest(
                                        c.what(),
                                        () -> {
                                            var found =
                                                    judge(
                                                            catalog,
                                                            scan(
                                                                    catalog,
                                                                    "q",
                                                                    c.filter(),
                                                                    c.rows()));
                                            assertThat(
                                                            found.isEmpty()
                                                                    ? ""
                                                                    : found.getFirst()
                                                                            .keys()
                                                                            .toString())
                                                    .isEqualTo(c.keys());
                                        }));
    }

    @Test
    void statementsShareAnIndexAndItsBeginningIsNotSuggestedTwice() {
        var catalog = shop().build();
        var found =
                judge(
                        catalog,
                        scan(catalog, "q1", "((c = 7) AND (d > $1))", 500),
                        scan(catalog, "q2", "(c = $1)", 1_000),
                        scan(catalog, "q3", "(b = $1)", 2));
        assertThat(found).hasSize(2);
        assertThat(found)
                .filteredOn(m -> m.keys().equals(List.of("c", "d")))
                .singleElement()
                .satisfies(m -> assertThat(m.gains()).hasSize(2));
        // A thousand calls of 600 ms in ten hours are a minute an hour.
        assertThat(found.getFirst().savedMsPerHour()).isBetween(50_000.0, 125_000.0);
    }

    @Test
    void anIndexThatIsThereIsNotSuggestedAgainAndWritesCount() {
        var served = shop().index("i", "b c").build();
        assertThat(judge(served, scan(served, "q", "(b = $1)", 2))).isEmpty();
        var partial = shop().index("i", "b", i -> i.where("(c > 1)")).build();
        assertThat(judge(partial, scan(partial, "q", "(b = $1)", 2))).hasSize(1);
        var catalog = shop().build();
        var rare =
                new TableScan(
                        statement("q", 0.5),
                        catalog.tables().values().iterator().next(),
                        new PlanScan("t", "(b = $1)", 2, 20_000, 20_100),
                        ScanFilter.of("(b = $1)"));
        assertThat(judge(catalog, rare))
                .as("half a millisecond in all pays for no index")
                .isEmpty();
    }

    @Test
    void scansAreReadFromThePlanWithTheirWorkers() {
        var scans =
                PlanScan.of(
                        """
                        [{"Plan": {"Node Type": "Gather", "Workers Planned": 2, "Total Cost": 900,
                          "Plans": [{"Node Type": "Seq Scan", "Relation Name": "t", "Filter": "(b = $1)",
                                     "Plan Rows": 5, "Total Cost": 800},
                                    {"Node Type": "Seq Scan", "Relation Name": "u", "Plan Rows": 9,
                                     "Total Cost": 10}]}}]
                        """);
        assertThat(scans).containsExactly(new PlanScan("t", "(b = $1)", 15, 800, 900));
        assertThat(RunFullIndexAnalysis.score(1_000, 250, 100, 20)).isEqualTo(60.0);
        assertThat(RunFullIndexAnalysis.score(0, 0, 0, 0)).isEqualTo(100.0);
    }
}

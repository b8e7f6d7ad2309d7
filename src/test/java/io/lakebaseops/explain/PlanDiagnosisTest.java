package io.lakebaseops.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.explain.TableFact.IndexFact;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Causes that need more than the plan: what the catalog says, and how the statement is called.
final class PlanDiagnosisTest {
    private static final String FILTERED =
            """
            Seq Scan on orders  (cost=0.00..900.00 rows=%s width=4) (actual time=1.0..90.0 rows=3 loops=1)
              Filter: %s
              Rows Removed by Filter: 199997
            Planning Time: 1.0 ms
            Execution Time: 95.0 ms
            """;

    private static List<PlanProblem> filtered(String filter, TableFact fact) {
        return diagnosis(FILTERED.formatted("3", filter), fact, StatementFacts.UNKNOWN);
    }

    private static List<PlanProblem> diagnosis(
            String plan, @Nullable TableFact fact, StatementFacts statement) {
        return PlanDiagnosis.of(
                ExplainedPlan.read(plan), (_, _) -> Optional.ofNullable(fact), statement);
    }

    private static TableFact orders(IndexFact... indexes) {
        return new TableFact(
                "shop",
                "orders",
                200_000,
                0,
                Instant.parse("2026-11-27T10:00:00Z"),
                Map.of("id", "bigint", "code", "character varying(20)", "status", "text"),
                List.of(indexes),
                List.of());
    }

    private static IndexFact index(String name, String column) {
        return new IndexFact(name, "btree", List.of(column), null, false);
    }

    @Test
    void castIsOnlyBlamedWhereItCostsTheIndex() {
        assertThat(filtered("((code)::text = 'x'::text)", orders(index("i", "code"))))
                .extracting(PlanProblem::cause)
                .containsExactly(PlanCause.LATE_FILTER);
        assertThat(filtered("((id)::text = '5'::text)", orders(index("i", "id"))))
                .extracting(PlanProblem::cause)
                .containsExactly(PlanCause.INDEX_NOT_USABLE);
    }

    @Test
    void prefixNeedsAnIndexForPatterns() {
        var problem = filtered("(status ~~ 'op%'::text)", orders(index("orders_status", "status")));
        assertThat(problem.getFirst().cause()).isEqualTo(PlanCause.INDEX_NOT_USABLE);
        assertThat(problem.getFirst().seen()).contains("orders_status");
        assertThat(problem.getFirst().index().keys()).containsExactly("status text_pattern_ops");
    }

    @Test
    void missingIndexOnlyWhereNoneLeadsWithTheColumns() {
        var missing = filtered("((status = 'open'::text) AND (id > 5))", orders());
        assertThat(missing).hasSize(1);
        assertThat(missing.getFirst().cause()).isEqualTo(PlanCause.MISSING_INDEX);
        assertThat(missing.getFirst().index().keys()).containsExactly("status", "id");
        var there = filtered("(status = 'open'::text)", orders(index("orders_status", "status")));
        assertThat(there.getFirst().cause()).isEqualTo(PlanCause.LATE_FILTER);
        assertThat(there.getFirst().why()).contains("orders_status");
    }

    @Test
    void alternativesNameTheColumnThatHasNoIndex() {
        var problem = filtered("((status = 'open'::text) OR (id = 7))", orders(index("o", "id")));
        assertThat(problem).hasSize(1);
        assertThat(problem.getFirst().cause()).isEqualTo(PlanCause.OR_CONDITION);
        assertThat(problem.getFirst().remedy()).contains("missing: status").doesNotContain("id");
    }

    private static final String MISESTIMATED =
            """
            Seq Scan on orders  (cost=0.00..900.00 rows=3 width=4) (actual time=1.0..90.0 rows=90000 loops=1)
              Filter: ((status = 'open'::text) AND (code = 'x'::text))
              Rows Removed by Filter: 110000
            Execution Time: 95.0 ms
            """;

    @Test
    void wrongEstimateHasTheLikeliestReason() {
        var fresh = orders();
        assertThat(diagnosis(MISESTIMATED, fresh, StatementFacts.UNKNOWN))
                .extracting(PlanProblem::cause)
                .containsExactly(PlanCause.CORRELATED_COLUMNS);
        var stale =
                new TableFact(
                        "shop",
                        "orders",
                        200_000,
                        90_000,
                        fresh.analyzed(),
                        Map.of(),
                        List.of(),
                        List.of());
        assertThat(diagnosis(MISESTIMATED, stale, StatementFacts.UNKNOWN))
                .extracting(PlanProblem::cause)
                .containsExactly(PlanCause.STALE_STATISTICS);
        var known =
                new TableFact(
                        "shop",
                        "orders",
                        200_000,
                        0,
                        fresh.analyzed(),
                        Map.of(),
                        List.of(),
                        List.of(Set.of("status", "code", "id")));
        assertThat(diagnosis(MISESTIMATED, known, StatementFacts.UNKNOWN))
                .extracting(PlanProblem::cause)
                .containsExactly(PlanCause.ROW_MISESTIMATE);
    }

    @Test
    void withoutAnalyzeTheCatalogSaysHowMuchIsRead() {
        var plan =
                "Seq Scan on orders  (cost=0.00..900.00 rows=3 width=4)\n  Filter: (status = 'open'::text)\n";
        assertThat(diagnosis(plan, orders(), StatementFacts.UNKNOWN))
                .extracting(PlanProblem::cause)
                .containsExactly(PlanCause.MISSING_INDEX);
        assertThat(diagnosis(plan, null, StatementFacts.UNKNOWN)).isEmpty();
    }

    private static final String QUICK =
            "Index Scan using a on orders  (cost=0.29..8.31 rows=1 width=8) (actual time=0.1..0.1 rows=1 loops=1)\n"
                    + "Planning Time: 0.1 ms\nExecution Time: 0.2 ms\n";

    @Test
    void howAStatementIsCalledIsAReasonToo() {
        var calls = new StatementFacts("select 1", 3000, 0.2, 1, 0, 0, null, 0);
        assertThat(diagnosis(QUICK, null, calls))
                .extracting(PlanProblem::cause)
                .containsExactly(PlanCause.MANY_SMALL_CALLS);
        var locks = new StatementFacts("update", 10, 900, 1, 0, 0.8, null, 0);
        assertThat(diagnosis(QUICK, null, locks))
                .extracting(PlanProblem::cause)
                .containsExactly(PlanCause.LOCK_WAITS);
        var changed =
                new StatementFacts(
                        "select", 10, 900, 1, 0, 0, "Seq Scan instead of Index Scan.", 30);
        assertThat(diagnosis(QUICK, null, changed).getFirst())
                .satisfies(p -> assertThat(p.cause()).isEqualTo(PlanCause.PLAN_CHANGE))
                .satisfies(p -> assertThat(p.seen()).contains("Seq Scan instead"));
        assertThat(diagnosis(QUICK, null, StatementFacts.UNKNOWN)).isEmpty();
        assertThat(diagnosis(QUICK, null, new StatementFacts("s", 59, 0.2, 1, 0, 0.1, null, 0)))
                .isEmpty();
    }

    @Test
    void whatTheServerCountsOfTemporaryFilesIsSeenWithoutAnalyze() {
        var plan =
                """
                Sort  (cost=900.00..950.00 rows=40000 width=24)
                  Sort Key: total
                  ->  Hash Join  (cost=10.00..700.00 rows=40000 width=24)
                        Hash Cond: (o.c = c.id)
                        ->  Seq Scan on orders o  (cost=0.00..500.00 rows=40000 width=20)
                        ->  Hash  (cost=5.00..5.00 rows=100 width=8)
                              ->  Seq Scan on customers c  (cost=0.00..5.00 rows=100 width=8)
                """;
        var facts = new StatementFacts("select", 1, 90, 20, 3 << 20, 0, null, 0);
        assertThat(diagnosis(plan, null, facts))
                .singleElement()
                .satisfies(p -> assertThat(p.cause()).isEqualTo(PlanCause.SORT_SPILL))
                .satisfies(p -> assertThat(p.node()).isZero())
                .satisfies(p -> assertThat(p.seen()).contains("3 MB of temporary files a call"));
        var little = new StatementFacts("select", 1, 90, 20, 1000, 0, null, 0);
        assertThat(diagnosis(plan, null, little)).isEmpty();
    }

    @Test
    void compilationAndPlanningThatTakeLongerThanRunning() {
        var plan =
                """
                Aggregate  (cost=0.29..8.31 rows=1 width=8) (actual time=99.0..100.0 rows=1 loops=1)
                Planning Time: %s ms
                JIT:
                  Functions: 3
                  Timing: Generation 1.0 ms, Inlining 0.0 ms, Optimization 10.0 ms, Emission 50.0 ms, Total %s ms
                Execution Time: 100.0 ms
                """;
        assertThat(diagnosis(plan.formatted("1.0", "61.0"), null, StatementFacts.UNKNOWN))
                .extracting(PlanProblem::cause)
                .containsExactly(PlanCause.JIT);
        assertThat(diagnosis(plan.formatted("300.0", "5.0"), null, StatementFacts.UNKNOWN))
                .extracting(PlanProblem::cause)
                .containsExactly(PlanCause.PLANNING);
        assertThat(diagnosis(plan.formatted("99.0", "19.0"), null, StatementFacts.UNKNOWN))
                .isEmpty();
    }

    @Test
    void whatIsMostAtStakeComesFirst() {
        var plan =
                """
                Sort  (cost=1.00..900.00 rows=3 width=60) (actual time=100.0..190.0 rows=3 loops=1)
                  Sort Key: note
                  Sort Method: external merge  Disk: 20480kB
                  ->  Seq Scan on orders  (cost=0.00..90.00 rows=3 width=4) (actual time=1.0..20.0 rows=3 loops=1)
                        Filter: (status = 'open'::text)
                        Rows Removed by Filter: 199997
                Execution Time: 200.0 ms
                """;
        var problems = diagnosis(plan, orders(), StatementFacts.UNKNOWN);
        assertThat(problems)
                .extracting(PlanProblem::cause)
                .containsExactly(
                        PlanCause.SORT_SPILL,
                        PlanCause.SORT_WITHOUT_INDEX,
                        PlanCause.MISSING_INDEX);
        assertThat(problems.getFirst().share()).isGreaterThan(0.8);
        assertThat(problems.getLast().share()).isLessThan(0.2);
    }
}

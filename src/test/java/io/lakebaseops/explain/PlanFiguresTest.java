package io.lakebaseops.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Self time, shares and the origin of wrong estimates, on plans whose figures are known.
final class PlanFiguresTest {
    private static ExplainedPlan plan(String text) {
        return ExplainedPlan.read(text);
    }

    private static NodeFigures at(ExplainedPlan plan, int number) {
        return PlanFigures.of(plan).of(plan.node(number).orElseThrow());
    }

    @Test
    void loopsCountAndSharesSumUp() {
        var plan =
                plan(
                        """
                        Nested Loop  (cost=0.00..900.00 rows=100 width=4) (actual time=0.1..100.0 rows=100 loops=1)
                          ->  Seq Scan on a  (cost=0.00..100.00 rows=100 width=4) (actual time=0.0..10.0 rows=100 loops=1)
                          ->  Index Scan using b_pkey on b  (cost=0.00..7.00 rows=1 width=4) (actual time=0.2..0.8 rows=1 loops=100)
                        Execution Time: 100.0 ms
                        """);
        assertThat(at(plan, 0).selfMillis()).isEqualTo(10, within(1e-6));
        assertThat(at(plan, 1).selfMillis()).isEqualTo(10, within(1e-6));
        assertThat(at(plan, 2).selfMillis()).isEqualTo(80, within(1e-6));
        assertThat(at(plan, 2).severity()).isEqualTo(PlanSeverity.CRITICAL);
        var figures = PlanFigures.of(plan);
        assertThat(figures.nodes().values().stream().mapToDouble(NodeFigures::timeShare).sum())
                .isEqualTo(1, within(1e-9));
        assertThat(figures.nodes().values().stream().mapToDouble(NodeFigures::costShare).sum())
                .isEqualTo(1, within(1e-9));
        assertThat(at(plan, 2).selfCost()).isEqualTo(700, within(1e-9));
    }

    @Test
    void processesThatRunAtTheSameTimeShareTheClock() {
        var plan =
                plan(
                        """
                        Gather  (cost=0.00..10.00 rows=300 width=4) (actual time=0.1..50.0 rows=300 loops=1)
                          Workers Planned: 2
                          Workers Launched: 2
                          ->  Parallel Seq Scan on a  (cost=0.00..9.00 rows=125 width=4) (actual time=0.1..45.0 rows=100 loops=3)
                        Execution Time: 51.0 ms
                        """);
        assertThat(at(plan, 1).selfMillis()).isEqualTo(45, within(1e-6));
        assertThat(at(plan, 0).selfMillis()).isEqualTo(5, within(1e-6));
    }

    @Test
    void withQueryBelongsToItsScanAndInitPlanToItsUser() {
        var plan =
                plan(
                        """
                        Hash Join  (cost=1.00..9.00 rows=5 width=4) (actual time=60.0..100.0 rows=5 loops=1)
                          Hash Cond: (w.i = b.i)
                          CTE w
                            ->  Function Scan on f  (cost=0.00..1.00 rows=5 width=4) (actual time=50.0..50.0 rows=5 loops=1)
                          InitPlan 2 (returns $1)
                            ->  Aggregate  (cost=0.00..1.00 rows=1 width=4) (actual time=30.0..30.0 rows=1 loops=1)
                          ->  CTE Scan on w  (cost=0.00..1.00 rows=5 width=4) (actual time=50.0..52.0 rows=5 loops=1)
                          ->  Hash  (cost=1.00..1.00 rows=5 width=4) (actual time=40.0..40.0 rows=5 loops=1)
                                ->  Seq Scan on b  (cost=0.00..1.00 rows=5 width=4) (actual time=30.0..39.0 rows=5 loops=1)
                                      Filter: (v > $1)
                        Execution Time: 100.0 ms
                        """);
        assertThat(at(plan, 1).selfMillis()).as("with query").isEqualTo(50, within(1e-6));
        assertThat(at(plan, 3).selfMillis()).as("its scan").isEqualTo(2, within(1e-6));
        assertThat(at(plan, 5).selfMillis()).as("user of $1").isEqualTo(9, within(1e-6));
        assertThat(at(plan, 0).selfMillis()).as("join").isEqualTo(8, within(1e-6));
    }

    @Test
    void errorIsBlamedWhereItBegins() {
        var plan =
                plan(
                        """
                        Sort  (cost=9.00..9.10 rows=5 width=4) (actual time=9.0..9.5 rows=11590 loops=1)
                          ->  Hash Join  (cost=1.00..9.00 rows=5 width=4) (actual time=1.0..8.0 rows=11590 loops=1)
                                ->  Seq Scan on a  (cost=0.00..1.00 rows=5 width=4) (actual time=0.5..3.0 rows=11590 loops=1)
                                ->  Hash  (cost=1.00..1.00 rows=50 width=4) (actual time=2.0..2.0 rows=50 loops=1)
                                      ->  Seq Scan on b  (cost=0.00..1.00 rows=50 width=4) (actual time=0.0..1.0 rows=50 loops=1)
                        """);
        assertThat(at(plan, 2).estimate()).isEqualTo(RowEstimate.ORIGIN);
        assertThat(at(plan, 2).factor()).isEqualTo(2318, within(1e-9));
        assertThat(at(plan, 2).severity()).isEqualTo(PlanSeverity.CRITICAL);
        assertThat(at(plan, 1).estimate()).isEqualTo(RowEstimate.FROM_BELOW);
        assertThat(at(plan, 0).estimate()).isEqualTo(RowEstimate.FROM_BELOW);
        assertThat(at(plan, 4).estimate()).isEqualTo(RowEstimate.GOOD);
    }

    @Test
    void rowsNobodyWantedAreNoError() {
        var plan =
                plan(
                        """
                        Limit  (cost=0.00..1.00 rows=5 width=4) (actual time=0.0..0.5 rows=5 loops=1)
                          ->  Nested Loop Semi Join  (cost=0.00..900.00 rows=90000 width=4) (actual time=0.0..0.5 rows=5 loops=1)
                                ->  Seq Scan on a  (cost=0.00..90.00 rows=90000 width=4) (actual time=0.0..0.1 rows=7 loops=1)
                                ->  Seq Scan on b  (cost=0.00..90.00 rows=4000 width=4) (actual time=0.0..0.1 rows=1 loops=7)
                        """);
        for (int node = 1; node <= 3; node++) {
            assertThat(at(plan, node).estimate()).isEqualTo(RowEstimate.STOPPED_EARLY);
        }
    }

    @Test
    void withoutAnalyzeCostIsAllThereIs() {
        var plan =
                plan(
                        """
                        Sort  (cost=90.00..95.00 rows=5 width=4)
                          ->  Seq Scan on a  (cost=0.00..80.00 rows=5 width=4)
                        """);
        assertThat(PlanFigures.of(plan).millis()).isNull();
        assertThat(at(plan, 1).selfMillis()).isNull();
        assertThat(at(plan, 1).costShare()).isEqualTo(80 / 95.0, within(1e-9));
        assertThat(at(plan, 1).estimate()).isEqualTo(RowEstimate.GOOD);
    }
}

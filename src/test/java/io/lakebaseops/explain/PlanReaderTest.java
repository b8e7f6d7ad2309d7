package io.lakebaseops.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Plans as people paste them: framed, quoted, wrapped, logged, cut, and no plans at all.
final class PlanReaderTest {
    private static final String PLAN =
            """
            Limit  (cost=0.29..1.04 rows=3 width=20) (actual time=0.031..0.034 rows=3 loops=1)
              ->  Index Scan Backward using a_pkey on a  (cost=0.29..251.28 rows=1000 width=20) (actual time=0.030..0.032 rows=3 loops=1)
                    Index Cond: (id > 5)
            Planning Time: 0.111 ms
            Execution Time: 0.050 ms
            """;

    /// Real plans of public reports, in the form in which they were pasted.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    psql-unicode.txt      | TEXT |  3 | Nested Loop  |   2.363
                    psql-old-ascii.txt    | JSON |  3 | Nested Loop  |   2.469
                    psql-arrows.txt       | JSON |  3 | Nested Loop  |   2.174
                    dbeaver.txt           | TEXT |  2 | ModifyTable  | 4024.335
                    wrapped-narrow.txt    | TEXT |  5 | Sort         |   0.616
                    wrapped-parallel.txt  | TEXT | 13 | Gather       | 12533.236
                    quoted.txt            | TEXT |  5 | Sort         | 102423.136
                    subplans-8.txt        | TEXT | 15 | Limit        | 1352.834
                    deep-subplan.txt      | TEXT | 19 | Sort         |  987.935
                    planned-partitions.txt| TEXT |  2 | Aggregate    |  438.186
                    io-timings.txt        | TEXT | 20 | Nested Loop  |  992.144
                    ctes.txt              | TEXT | 42 | Subquery Scan|
                    psql-french.txt       | TEXT |  4 | Aggregate    |   63.581
                    citus-tasks.txt       | TEXT |  5 | Custom Scan  |
                    timescale-chunks.txt  | TEXT |  4 | Limit        |
                    datagrip-quoted.txt   | TEXT |  8 | Nested Loop  |
                    """)
    void publicPlansAreRead(String file, PlanFormat format, int nodes, String root, Double millis)
            throws IOException {
        var plan = ExplainedPlan.read(resource(file));
        assertThat(plan.format()).isEqualTo(format);
        assertThat(plan.root().all()).hasSize(nodes);
        assertThat(plan.root().type()).isEqualTo(root);
        assertThat(plan.executionMillis()).isEqualTo(millis);
        assertThat(plan.root().all().filter(n -> n.says("Notes"))).isEmpty();
        assertThat(plan.root().all().filter(n -> n.estimate() == null && !isOfCitus(n))).isEmpty();
    }

    /// Its tasks and subplans stand among the nodes and have no figures.
    private static boolean isOfCitus(PlanNode node) {
        return node.type().equals("Task") || node.type().startsWith("Distributed Subplan");
    }

    private static String resource(String file) throws IOException {
        try (var in = PlanReaderTest.class.getResourceAsStream("/plans/pasted/" + file)) {
            assertThat(in).as(file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A log line of auto_explain, the next entry behind it.
                "2026-11-27 10:00:00 UTC [7] LOG:  duration: 12.3 ms  plan:\n\tQuery Text: select *\n"
                        + "\tfrom a\n\t@PLAN@2026-11-27 10:00:01 UTC [7] LOG:  checkpoint starting",
                "shop=> explain analyze select 1;\n          QUERY PLAN\n------------\n @PLAN@(5 rows)\n",
                "```\n@PLAN@```",
                "QUERY PLAN |\n-----+\n@PLAN@",
            })
    void framesAreTakenOff(String frame) {
        var indented = PLAN.strip().replace("\n", "\n" + (frame.contains("\t@") ? "\t" : " "));
        var plan = ExplainedPlan.read(frame.replace("@PLAN@", indented + "\n"));
        assertThat(plan.root().type()).isEqualTo("Limit");
        assertThat(plan.root().all()).hasSize(2);
        assertThat(plan.executionMillis()).isEqualTo(0.05);
        var scan = plan.root().children().getFirst();
        assertThat(scan.text("Index Name")).isEqualTo("a_pkey");
        assertThat(scan.text("Scan Direction")).isEqualTo("Backward");
        assertThat(scan.text("Index Cond")).isEqualTo("(id > 5)");
        if (frame.contains("Query Text")) {
            assertThat(plan.query()).isEqualTo("select *\nfrom a");
        }
    }

    @Test
    void allThatTextSaysOfNodesIsKept() {
        var plan =
                ExplainedPlan.read(
                        """
                        Finalize GroupAggregate  (cost=1.00..2.00 rows=10 width=12) (actual time=1.0..9.0 rows=10 loops=1)
                          Group Key: "A b".x, (coalesce(y, 'a,b'::text))
                          Buffers: shared hit=10 read=5 dirtied=1, temp read=7 written=8
                          I/O Timings: shared read=1.250, temp read=0.5 write=0.25
                          ->  Gather Merge  (cost=1.00..2.00 rows=10 width=12) (actual time=1.0..8.5 rows=30 loops=1)
                                Workers Planned: 2
                                Workers Launched: 1
                                ->  Sort  (cost=1.00..2.00 rows=10 width=12) (actual time=1.0..8.0 rows=15 loops=2)
                                      Sort Key: "A b".x DESC NULLS LAST
                                      Sort Method: external merge  Disk: 2048kB
                                      Worker 0:  Sort Method: quicksort  Memory: 25kB
                                      ->  Partial HashAggregate  (cost=1.00..2.00 rows=10 width=12) (actual time=1.0..7.0 rows=15 loops=2)
                                            Batches: 5  Memory Usage: 4145kB  Disk Usage: 100kB
                                            ->  Parallel Hash Left Join  (cost=1.00..2.00 rows=10 width=12) (actual time=1.0..6.0 rows=100 loops=2)
                                                  Hash Cond: ("A b".x = t.x)
                                                  ->  Parallel Seq Scan on s."A b"  (cost=1.00..2.00 rows=10 width=12) (actual time=1.0..2.0 rows=100 loops=2)
                                                        Filter: ((n <> 'x: y'::text) AND (id = 5))
                                                        Rows Removed by Filter: 900
                                                  ->  Parallel Hash  (cost=1.00..2.00 rows=10 width=12) (actual time=1.0..3.0 rows=50 loops=2)
                                                        Buckets: 1024 (originally 512)  Batches: 4 (originally 1)  Memory Usage: 9kB
                                                        ->  Bitmap Heap Scan on t  (cost=1.00..2.00 rows=10 width=12) (never executed)
                                                              Recheck Cond: (x = 3)
                                                              Heap Blocks: exact=3 lossy=4
                        Settings: work_mem = '64kB', search_path = 'a''b'
                        Planning:
                          Buffers: shared hit=3
                        Planning Time: 0.5 ms
                        Trigger RI_ConstraintTrigger_a_1 for constraint x_fkey on x: time=1.5 calls=3
                        JIT:
                          Functions: 12
                          Options: Inlining false, Optimization false, Expressions true, Deforming true
                          Timing: Generation 1.0 ms (Deform 0.5 ms), Inlining 0.0 ms, Optimization 0.5 ms, Emission 3.0 ms, Total 4.5 ms
                        Execution Time: 9.5 ms
                        """);
        var top = plan.root();
        assertThat(top.type()).isEqualTo("Aggregate");
        assertThat(top.text("Partial Mode")).isEqualTo("Finalize");
        assertThat(top.properties().path("Group Key")).hasSize(2);
        assertThat(top.buffers()).isEqualTo(new Buffers(10, 5, 0, 7, 8, 2));
        var gather = top.children().getFirst();
        assertThat(gather.number("Workers Launched")).isEqualTo(1);
        var sort = gather.children().getFirst();
        assertThat(sort.text("Sort Space Type")).isEqualTo("Disk");
        assertThat(sort.number("Sort Space Used")).isEqualTo(2048);
        assertThat(sort.properties().path("Workers")).hasSize(1);
        var groups = sort.children().getFirst();
        assertThat(groups.number("Disk Usage")).isEqualTo(100);
        assertThat(groups.number("HashAgg Batches")).isEqualTo(5);
        var join = groups.children().getFirst();
        assertThat(join.type()).isEqualTo("Hash Join");
        assertThat(join.text("Join Type")).isEqualTo("Left");
        var scan = join.children().getFirst();
        assertThat(scan.table()).isEqualTo("s.A b");
        assertThat(scan.number("Rows Removed by Filter")).isEqualTo(900);
        assertThat(scan.place()).isEqualTo("Outer");
        var hash = join.children().getLast();
        assertThat(hash.place()).isEqualTo("Inner");
        assertThat(hash.number("Hash Batches")).isEqualTo(4);
        assertThat(hash.number("Original Hash Batches")).isEqualTo(1);
        var bitmap = hash.children().getFirst();
        assertThat(bitmap.actual()).isNotNull();
        assertThat(bitmap.actual().executed()).isFalse();
        assertThat(bitmap.number("Lossy Heap Blocks")).isEqualTo(4);
        assertThat(plan.settings()).containsEntry("search_path", "a'b").hasSize(2);
        assertThat(plan.triggers())
                .containsExactly(
                        new Trigger("RI_ConstraintTrigger_a_1 for constraint x_fkey", 1.5, 3));
        assertThat(plan.jitMillis()).isEqualTo(4.5);
        assertThat(plan.planningMillis()).isEqualTo(0.5);
    }

    @Test
    void fractionsAndIndexSearchesOfPostgresql18AreRead() {
        var plan =
                ExplainedPlan.read(
                        """
                        Nested Loop  (cost=0.29..8.31 rows=1 width=8) (actual time=0.1..0.2 rows=0.33 loops=3)
                          Disabled: true
                          ->  Seq Scan on a  (cost=0.00..1.00 rows=1 width=4) (actual time=0.1..0.1 rows=1.00 loops=3)
                          ->  Index Scan using b_pkey on b  (cost=0.29..8.31 rows=1 width=8) (actual time=0.1..0.1 rows=0.33 loops=3)
                                Index Cond: (id = a.id)
                                Index Searches: 3
                        """);
        assertThat(plan.root().actual().allRows()).isBetween(0.98, 1.0);
        assertThat(plan.root().properties().path("Disabled").asBoolean()).isTrue();
        assertThat(plan.root().children().getLast().number("Index Searches")).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                                 | There is no text
                    hello                              | No node of a plan was found
                    [{"Plan": {"Node Type": "Result"}  | looks like JSON but cannot be read in line 1
                    [{"x": 1}]                         | There is no "Plan"
                    <explain xmlns="x">                | Plans in XML are not read
                    """)
    void whatIsNoPlanSaysWhy(String pasted, String reason) {
        assertThatThrownBy(() -> ExplainedPlan.read(pasted))
                .isInstanceOf(UnreadablePlanException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void lostIndentationIsSaidNotGuessed() {
        assertThatThrownBy(
                        () ->
                                ExplainedPlan.read(
                                        PLAN.lines()
                                                .map(String::strip)
                                                .reduce("", (a, b) -> a + "\n" + b)))
                .isInstanceOf(UnreadablePlanException.class)
                .hasMessageContaining("indentation of the plan is lost");
    }

    @Test
    void aPlanCutOffInTheMiddleIsReadAsFarAsItGoes() {
        var cut = PLAN.lines().limit(2).reduce("", (a, b) -> a + b + "\n");
        assertThat(ExplainedPlan.read(cut).root().all()).hasSize(2);
        assertThat(ExplainedPlan.read(cut).executionMillis()).isNull();
    }
}

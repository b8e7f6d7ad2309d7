package io.lakebaseops.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/// Each cause of slowness found in the real plan of a statement that has it, and none in the plans
/// of statements that are as they should be.
final class SlowCausesPgTest {
    private static Connection connection;

    @BeforeAll
    static void schema() throws SQLException {
        connection = Pg17.shared().admin(Pg17.shared().database("slow").name());
        ExplainSchema.create(connection);
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    enum Slow {
        NO_INDEX(
                PlanCause.MISSING_INDEX,
                "select * from orders where status = 'open' and total = 500"),
        NO_INDEX_FOR_JOIN(
                PlanCause.MISSING_INDEX,
                "set enable_hashjoin = off; set enable_mergejoin = off; set max_parallel_workers_per_gather = 0",
                "select count(*) from (select * from orders where id <= 2000 offset 0) o join tags t on t.order_id = o.id"),
        FUNCTION(
                PlanCause.FUNCTION_ON_COLUMN,
                "select * from customers where lower(email) = 'user77@example.org'"),
        CAST_TO_DATE(
                PlanCause.INDEX_NOT_USABLE,
                "select * from orders where created::date = '2026-02-02'"),
        WRONG_TYPE(PlanCause.INDEX_NOT_USABLE, "select * from orders where id = 77::numeric"),
        PATTERN(PlanCause.LEADING_WILDCARD, "select * from customers where name like '%me 777'"),
        PREFIX(PlanCause.MISSING_INDEX, "select * from customers where name like 'name 7777%'"),
        ALTERNATIVES(
                PlanCause.OR_CONDITION,
                "select * from customers where city = 'city7' or zip = 'zip9'"),
        LATE(
                PlanCause.LATE_FILTER,
                "set enable_seqscan = off; set enable_bitmapscan = off",
                "select * from orders where created > '2026-01-01' and total = 999 and status = 'open'"),
        CORRELATED(
                PlanCause.CORRELATED_COLUMNS,
                "set enable_hashjoin = off",
                "select count(*) from customers c join lines l on l.order_id = c.id"
                        + " where city = 'city7' and zip = 'zip7'"),
        STALE(
                PlanCause.ROW_MISESTIMATE,
                "select count(*) from grown g join grown_child c on c.grown_id = g.id where g.kind = 2"),
        FUNCTION_ROWS(
                PlanCause.ROW_MISESTIMATE,
                "select count(*) from many() m(i) join customers c on c.id = m.i"),
        UNKNOWN_ARRAY(
                PlanCause.ROW_MISESTIMATE,
                "select sum(total) from orders where id = any(array(select id from orders where total < 500))"),
        NESTED_LOOP(
                PlanCause.NESTED_LOOP,
                "set enable_hashjoin = off; set enable_mergejoin = off",
                "select count(*) from grown g join grown_child c on c.grown_id = g.id where g.kind = 2"),
        SUBPLAN(
                PlanCause.SUBPLAN_PER_ROW,
                "select id, (select max(total) from orders o where o.id between c.id and c.id + 3)"
                        + " from customers c"),
        NOT_IN(
                PlanCause.SUBPLAN_PER_ROW,
                "set work_mem = '64kB'",
                "select * from (select id from customers limit 1500) c where id not in (select order_id from lines)"),
        SORT_ON_DISK(
                PlanCause.SORT_SPILL,
                "set work_mem = '1MB'",
                "select * from orders order by filler, total"),
        HASH_ON_DISK(
                PlanCause.HASH_SPILL,
                "set work_mem = '64kB'; set enable_mergejoin = off; set enable_nestloop = off",
                "select count(o.filler || c.note) from orders o join customers c on c.id = o.customer_id"),
        GROUPS_ON_DISK(
                PlanCause.HASH_SPILL,
                "set work_mem = '64kB'; set enable_sort = off",
                "select customer_id, count(*) from orders group by 1"),
        TEMPORARY(
                PlanCause.TEMPORARY_FILES,
                "set work_mem = '64kB'",
                "with o as materialized (select * from orders) select count(*) from o"),
        TOP_N(PlanCause.SORT_WITHOUT_INDEX, "select * from orders order by total desc limit 10"),
        OFFSET(
                PlanCause.OFFSET_PAGING,
                "select * from orders order by created offset 150000 limit 20"),
        PARTITIONS(
                PlanCause.PARTITIONS_NOT_PRUNED,
                "select * from events where to_char(at, 'YYYY-MM-DD') = '2026-05-05'"),
        WORKERS(
                PlanCause.WORKERS_NOT_LAUNCHED,
                "set max_parallel_workers = 0; set parallel_setup_cost = 0; set min_parallel_table_scan_size = 0;"
                        + " set max_parallel_workers_per_gather = 2; set parallel_tuple_cost = 0",
                "select count(*) from orders"),
        HEAP_FETCHES(
                PlanCause.HEAP_FETCHES,
                "set enable_seqscan = off; set enable_bitmapscan = off",
                "select count(id) from pages where id > 0"),
        LOSSY(
                PlanCause.LOSSY_BITMAP,
                "set work_mem = '64kB'; set enable_seqscan = off; set enable_indexscan = off",
                "select sum(total) from orders where created < '2026-05-01'"),
        TRIGGERS(PlanCause.TRIGGERS, "delete from parents where id <= 1500");

        private final PlanCause cause;
        private final String settings;
        private final String statement;

        /// Without workers: on a busy machine starting them takes longer than the work itself.
        Slow(PlanCause cause, String statement) {
            this(cause, "set max_parallel_workers_per_gather = 0", statement);
        }

        Slow(PlanCause cause, String settings, String statement) {
            this.cause = cause;
            this.settings = settings;
            this.statement = statement;
        }
    }

    @ParameterizedTest
    @EnumSource
    void causeIsFoundInTheRealPlan(Slow slow) throws SQLException {
        var json = explained(slow.settings, slow.statement, "json");
        assertThat(problems(json))
                .as("%s%n%s", slow.statement, json)
                .extracting(PlanProblem::cause)
                .contains(slow.cause);
        // The text of the same statement says the same.
        var text = explained(slow.settings, slow.statement, "text");
        assertThat(problems(text))
                .as("%s%n%s", slow.statement, text)
                .extracting(PlanProblem::cause)
                .contains(slow.cause);
    }

    @Test
    void thereAreEighteenCausesAndMore() {
        var causes = Arrays.stream(Slow.values()).map(s -> s.cause).distinct().count();
        System.out.printf(
                "slow statements with a real plan: %d, of %d causes%n",
                Slow.values().length, causes);
        assertThat(causes).isGreaterThanOrEqualTo(18);
    }

    @Test
    void goodStatementsHaveNoCause() throws SQLException {
        for (var statement :
                List.of(
                        "select * from customers where id = 7",
                        "select * from customers where email = 'User7@example.org'",
                        "select count(*) from orders where created between '2026-02-01' and '2026-02-02'",
                        "select o.id from orders o join customers c on c.id = o.customer_id where o.id < 50",
                        "select * from events where at = '2026-05-05'",
                        "select * from orders order by created desc limit 10",
                        "select count(*) from lines")) {
            var plan = explained("set max_parallel_workers_per_gather = 0", statement, "json");
            assertThat(problems(plan)).as("%s%n%s", statement, plan).isEmpty();
        }
    }

    private static List<PlanProblem> problems(String explained) {
        return PlanDiagnosis.of(
                ExplainedPlan.read(explained), TableFacts.UNKNOWN, StatementFacts.UNKNOWN);
    }

    private static String explained(String settings, String statement, String format)
            throws SQLException {
        try (var s = connection.createStatement()) {
            s.execute("begin; set local jit = off; " + settings.replace("set ", "set local "));
            var text = new StringBuilder();
            try (var rows =
                    s.executeQuery(
                            "explain (analyze, buffers, format %s) %s"
                                    .formatted(format, statement))) {
                while (rows.next()) {
                    text.append(rows.getString(1)).append('\n');
                }
            }
            s.execute("rollback");
            return text.toString();
        }
    }
}

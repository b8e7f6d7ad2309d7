package io.lakebaseops.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/// Typed statements on a real server, as a superuser.
final class ReadSqlPgTest {
    private static Pg17.Database db;
    private static TestTargets targets;

    @BeforeAll
    static void start() {
        db = Pg17.shared().database("readsql");
        db.asAdmin(
                "CREATE TABLE public.orders (id bigint PRIMARY KEY, total numeric, placed timestamptz)",
                "INSERT INTO orders SELECT g, g * 1.5, now() FROM generate_series(1, 5000) g");
        targets = TestTargets.of(db.url(), "postgres", "");
    }

    @AfterAll
    static void stop() {
        targets.close();
    }

    static ReadResult run(String sql) {
        return new ReadSql(targets.targets(), ReadCaps.USUAL)
                .run(targets.target(), sql, Deadline.in(Duration.ofSeconds(60)));
    }

    @Test
    void tries() {
        for (var sql :
                new String[] {
                    "select count(*), sum(total) from orders",
                    "select * from pg_stat_activity",
                    "select * from pg_stat_statements limit 3",
                    "select pg_size_pretty(pg_total_relation_size('orders'))",
                    "show work_mem",
                    "explain select * from orders where id between 1 and 5",
                    "select * from information_schema.columns limit 2",
                    "select pg_read_file('/etc/passwd')",
                    "select ('/etc/passwd'::text).pg_read_file",
                    "select repeat('x', 200000000)",
                    "select 1 from nowhere",
                    "select id from orders",
                    "select pg_sleep(1)"
                }) {
            System.err.println(sql + " -> " + String.valueOf(run(sql)).substring(0, Math.min(300, String.valueOf(run(sql)).length())));
        }
        assertThat(run("select 1")).isInstanceOf(ReadResult.Rows.class);
    }
}

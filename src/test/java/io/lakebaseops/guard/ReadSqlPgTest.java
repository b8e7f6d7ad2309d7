package io.lakebaseops.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.postgres.TypedRows.Cap;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Hundreds of statements by a superuser on a server of its own: those that would do harm do not
/// run, seen by what they would leave behind; those that read are answered.
final class ReadSqlPgTest {
    private static Pg17 server;
    private static Pg17.Database harmful;
    private static Pg17.Database shop;
    private static TestTargets attacked;
    private static TestTargets asked;

    @BeforeAll
    static void start() throws Exception {
        server = Pg17.started(List.of("wal_level=logical"));
        harmful = server.database("harmful");
        shop = server.database("shop");
        filled(harmful, "attacks-setup.sql");
        filled(shop, "reads-setup.sql");
        attacked = TestTargets.of(harmful.url(), "postgres", "");
        asked = TestTargets.of(shop.url(), "postgres", "");
    }

    @AfterAll
    static void stop() {
        attacked.close();
        asked.close();
        server.stop();
    }

    private static void filled(Pg17.Database db, String file) throws Exception {
        try (var c = db.admin();
                var s = c.createStatement()) {
            for (var sql : statements(file)) {
                s.execute(sql.replace("DATABASE", db.name()));
            }
        }
    }

    /// Statements are blocks with empty lines between.
    private static List<String> statements(String file) throws IOException {
        try (var in = ReadSqlPgTest.class.getResourceAsStream("/guard/" + file)) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(text.strip().split("\n\n"));
        }
    }

    private static ReadResult run(TestTargets targets, String sql) {
        return run(targets, sql, ReadCaps.USUAL);
    }

    private static ReadResult run(TestTargets targets, String sql, ReadCaps caps) {
        return new ReadSql(targets.targets(), caps)
                .run(targets.target(), sql, Deadline.in(Duration.ofMinutes(2)));
    }

    private static String traces() {
        return harmful.scalar(
                """
                select jsonb_pretty(jsonb_build_object(
                  'harm', (select coalesce(jsonb_agg(what), '[]') from harm),
                  'rows', (select count(*) from t),
                  'names', (select md5(string_agg(name, ',' order by id)) from t),
                  'relations', (select count(*) from pg_class),
                  'settings', (select pg_conf_load_time()),
                  'slots', (select count(*) from pg_replication_slots),
                  'origins', (select count(*) from pg_replication_origin),
                  'sequence', (select is_called from seq),
                  'large objects', (select count(*) from pg_largeobject_metadata),
                  'locks', (select count(*) from pg_locks where locktype = 'advisory'),
                  'reset', (select stats_reset from pg_stat_database where datname = current_database()),
                  'io reset', (select max(stats_reset) from pg_stat_io),
                  'roles', (select count(*) from pg_roles),
                  'superusers', (select count(*) from pg_roles where rolsuper),
                  'files', (select coalesce(jsonb_agg(f), '[]') from pg_ls_dir('.') f where f like 'guard%')
                ))::text
                """);
    }

    @Test
    void no_attempt_to_do_harm_runs() throws Exception {
        var before = traces();
        var through = new ArrayList<String>();
        var attempts = statements("attacks.sql");
        try (var victim = harmful.admin()) {
            int pid = Integer.parseInt(scalar(victim, "select pg_backend_pid()"));
            try (var s = victim.createStatement()) {
                s.execute("listen harm");
            }
            for (var sql : attempts) {
                var result = run(attacked, sql.replace("VICTIM", "" + pid));
                if (!(result instanceof ReadResult.Refused refused)) {
                    through.add(sql + "  ->  " + result);
                } else {
                    assertThat(refused.why()).as(sql).isNotBlank();
                }
            }
            assertThat(victim.isValid(5)).isTrue();
            var heard = victim.unwrap(org.postgresql.PGConnection.class).getNotifications();
            assertThat(heard).isEmpty();
        }
        System.out.printf(
                "%d attempts to do harm by a superuser, %d not refused, traces %s%n",
                attempts.size(),
                through.size(),
                traces().equals(before) ? "none" : "left: " + traces());
        assertThat(traces()).isEqualTo(before);
        assertThat(through).isEmpty();
        assertThat(attempts).hasSizeGreaterThanOrEqualTo(200);
    }

    private static String scalar(Connection c, String sql) throws SQLException {
        try (var s = c.createStatement();
                var rows = s.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void statements_that_read_are_answered() throws Exception {
        var reads = statements("reads.sql");
        var refused = new TreeMap<String, String>();
        var failed = new TreeMap<String, String>();
        for (var sql : reads) {
            switch (run(asked, sql)) {
                case ReadResult.Refused r -> refused.put(sql, r.word() + ": " + r.sentence());
                case ReadResult.Failed f -> failed.put(sql, f.failure().getMessage());
                case ReadResult.Rows _ -> {}
            }
        }
        System.out.printf("%d reads, %d refused%n", reads.size(), refused.size());
        assertThat(failed).isEmpty();
        assertThat(refused).isEmpty();
        assertThat(reads).hasSizeGreaterThanOrEqualTo(200);
    }

    @Test
    void caps_are_kept_and_said() {
        var few = new ReadCaps(10, 1_000, 100, Duration.ofSeconds(30));
        var rows = (ReadResult.Rows) run(asked, "select generate_series(1, 1000000000)", few);
        assertThat(rows.table().rows()).hasSize(10);
        assertThat(rows.table().more()).isEqualTo(Cap.ROWS);
        var large =
                (ReadResult.Rows)
                        run(
                                asked,
                                "select repeat('x', 90) from generate_series(1, 15)",
                                new ReadCaps(100, 1_000, 100, Duration.ofSeconds(30)));
        assertThat(large.table().rows()).hasSize(11);
        assertThat(large.table().more()).isEqualTo(Cap.BYTES);
        var cut = (ReadResult.Rows) run(asked, "select repeat('x', 5000)", few);
        assertThat(cut.table().cut()).isTrue();
        var exact = (ReadResult.Rows) run(asked, "select g from generate_series(1, 10) g", few);
        assertThat(exact.table().more()).isNull();
        var huge = (ReadResult.Failed) run(asked, "select repeat('x', 200000000)");
        assertThat(huge.failure()).hasMessageContaining("too large");
        var slow =
                (ReadResult.Failed)
                        run(
                                asked,
                                "select count(*) from generate_series(1, 1000000000000) g",
                                new ReadCaps(10, 1_000, 100, Duration.ofMillis(300)));
        assertThat(slow.failure().kind())
                .isEqualTo(io.lakebaseops.domain.OpsException.Kind.TIMEOUT);
        assertThat(
                        shop.scalar(
                                "select count(*) from pg_stat_activity where query like '%1000000000000%'"
                                        + " and pid <> pg_backend_pid() and state = 'active'"))
                .isEqualTo("0");
    }
}

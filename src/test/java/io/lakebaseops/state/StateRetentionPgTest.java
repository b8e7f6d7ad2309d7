package io.lakebaseops.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

class StateRetentionPgTest {
    private static final List<String> TABLES =
            List.of(
                    "tool_runs",
                    "job_runs",
                    "alerts",
                    "alert_mutes",
                    "findings",
                    "change_plans",
                    "decisions",
                    "receipts",
                    "settings");

    private final Pg17.Database pg = StateDatabases.fresh("retention");
    private StateDb db;
    private StateRetention retention;

    @BeforeEach
    void open() {
        db = StateDb.open(StateSettings.of(pg.url(), Pg17.DBA, Pg17.DBA_PASSWORD));
        retention = new StateRetention(db);
    }

    @AfterEach
    void close() {
        db.close();
    }

    /// Fifty targets; the tables are full for 90 days, then a month goes by with the daily job.
    @Test
    void aMonthOfFiftyTargetsDoesNotMakeTheTablesGrow() {
        var today = Instant.now().truncatedTo(ChronoUnit.DAYS);
        var start = today.minus(Duration.ofDays(121));
        days(start, 0, 90);
        retention.prune(start.plus(Duration.ofDays(90)));
        var before = counts();
        for (int day = 91; day <= 120; day++) {
            days(start, day, day);
            retention.prune(start.plus(Duration.ofDays(day)));
        }
        var after = counts();
        System.out.println("rows after 90 days:  " + before);
        System.out.println("rows after 120 days: " + after);
        assertThat(after).isEqualTo(before);
        assertThat(after.get("tool_runs")).isGreaterThan(50 * 90L);
        assertThat(pg.scalar("select count(*) from lakebaseops.tool_runs where report is not null"))
                .isEqualTo(Integer.toString(50 * 4 * 8));
    }

    /// What one day of fifty targets leaves behind, for each of these days.
    private void days(Instant start, int from, int to) {
        var day = "timestamptz '%s' + make_interval(days => d)".formatted(start);
        var per = "generate_series(%d, %d) d, generate_series(1, 50) t".formatted(from, to);
        pg.asDba(
                "set search_path = lakebaseops",
                """
                insert into tool_runs (id, tool, target_key, actor, status, report, started_at)
                select gen_random_uuid(), 'tool', 't' || t, 'agent', 'OK', '{}',
                       %s + make_interval(hours => h * 6)
                  from %s, generate_series(0, 3) h
                """
                        .formatted(day, per),
                """
                insert into job_runs (id, job, trigger, state, started_at, ended_at)
                select gen_random_uuid(), 'job', 'schedule', 'OK', %1$s, %1$s from %2$s
                """
                        .formatted(day, per),
                """
                insert into alerts (id, target_key, metric, severity, value, threshold, target, subject,
                                    message, opened_at, updated_at, recovered_at)
                select d || '/' || t, 't' || t, 'm', 'WARNING', 1, 1, '', '', '', %1$s, %1$s, %1$s
                  from %2$s
                """
                        .formatted(day, per),
                """
                insert into findings (fingerprint, target_key, kind, severity_rank, body, state,
                                      first_seen, last_seen, closed_at)
                select d || '/' || t, 't' || t, 'k', 1, '{}', 'CLOSED', %1$s, %1$s, %1$s from %2$s
                """
                        .formatted(day, per),
                """
                insert into change_plans (id, fingerprint, target_key, tool, title, body, risk,
                                          risk_level, state, filed_at, expires_at, decided_at, finished_at)
                select md5(d || '/' || t)::uuid, repeat('a', 64), 't' || t, 'tool', 'x', '{}', '{}', 'LOW',
                       case t %% 3 when 0 then 'DONE' when 1 then 'REJECTED' else 'SUPERSEDED' end,
                       %1$s, %1$s, %1$s, case t %% 3 when 1 then null else %1$s end
                  from %2$s
                """
                        .formatted(day, per),
                """
                update change_plans p set superseded_by = n.id
                  from change_plans n
                 where p.state = 'SUPERSEDED' and p.superseded_by is null
                   and n.target_key = 't3' and n.filed_at = p.filed_at
                """,
                """
                insert into decisions (plan_id, act, actor, actor_kind, decided_at)
                select md5(d || '/' || t)::uuid, 'approve', 'kim', 'HUMAN', %1$s from %2$s
                """
                        .formatted(day, per),
                """
                insert into receipts (plan_id, phase, step_no, title, statement, started_at, outcome)
                select md5(d || '/' || t)::uuid, 'run', n, 'x', 'x', %1$s, 'DONE'
                  from %2$s, generate_series(1, 2) n
                """
                        .formatted(day, per),
                """
                insert into settings (name, value, updated_by, updated_at)
                select 'migration.told/' || d, 'x', 'x', %s from generate_series(%d, %d) d
                """
                        .formatted(day, from, to));
    }

    private Map<String, Long> counts() {
        var counts = new LinkedHashMap<String, Long>();
        for (var table : TABLES) {
            counts.put(
                    table,
                    Long.valueOf(
                            String.valueOf(
                                    pg.scalar("select count(*) from lakebaseops." + table))));
        }
        return counts;
    }

    @Test
    void whatIsOpenIgnoredForGoodOrSetByAPersonStays() {
        pg.asDba(
                "set search_path = lakebaseops",
                """
                insert into findings (fingerprint, target_key, kind, severity_rank, body, state,
                                      first_seen, last_seen, ignored_until)
                values ('for good', 't', 'k', 1, '{}', 'IGNORED', now() - interval '1 year',
                        now() - interval '1 year', null),
                       ('until then', 't', 'k', 1, '{}', 'IGNORED', now() - interval '1 year',
                        now() - interval '1 year', now() - interval '200 days'),
                       ('gone', 't', 'k', 1, '{}', 'OPEN', now() - interval '1 year',
                        now() - interval '1 year', null),
                       ('seen', 't', 'k', 1, '{}', 'OPEN', now() - interval '1 year', now(), null)
                """,
                """
                insert into change_plans (id, fingerprint, target_key, tool, title, body, risk,
                                          risk_level, state, filed_at, expires_at)
                values (gen_random_uuid(), repeat('a', 64), 't', 'tool', 'x', '{}', '{}', 'LOW', 'WAITING',
                        now() - interval '1 year', now())
                """,
                """
                insert into change_plans (id, fingerprint, target_key, tool, title, body, risk, risk_level,
                                          state, filed_at, expires_at, decided_at, held_until)
                select gen_random_uuid(), repeat('a', 64), 't', 'tool', 'x', '{}', '{}', 'LOW', 'REJECTED',
                       now() - interval '1 year', now(), now() - interval '1 year', until
                  from (values (now() + interval '1 day'), (now() - interval '1 day'), (null)) v(until)
                """,
                """
                insert into alerts (id, target_key, metric, severity, value, threshold, target, subject,
                                    message, opened_at, updated_at)
                values ('on', 't', 'm', 'WARNING', 1, 1, '', '', '', now() - interval '1 year', now())
                """,
                """
                insert into settings (name, value, updated_by, updated_at)
                values ('theme', 'dark', 'kim', now() - interval '2 years')
                """);
        retention.prune(Instant.now());
        assertThat(
                        pg.scalar(
                                "select string_agg(fingerprint, ',' order by fingerprint) from lakebaseops.findings"))
                .isEqualTo("for good,seen");
        assertThat(counts())
                .containsEntry("change_plans", 2L)
                .containsEntry("alerts", 1L)
                .containsEntry("settings", 1L);
    }

    @Test
    void longOutputsAndErrorsAreCut() {
        var store = new ToolRunStore(db);
        var long_ = "{\"x\":\"" + "😀".repeat(100_000) + "\"}";
        store.put(
                new ToolRunStore.ToolRow(
                        UUID.randomUUID(),
                        "t",
                        "t",
                        "kim",
                        "OK",
                        "LIVE",
                        0,
                        "[]",
                        long_,
                        long_,
                        Instant.now(),
                        1));
        var row = store.recent("t", 1).getFirst();
        assertThat(row.report())
                .hasSizeLessThan(60_000)
                .startsWith("{\"begins\":")
                .contains("\"characters\":200008");
        assertThat(row.error()).hasSizeLessThan(4_100).contains("more characters");
    }
}

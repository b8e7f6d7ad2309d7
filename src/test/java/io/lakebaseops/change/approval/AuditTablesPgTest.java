package io.lakebaseops.change.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.change.audit.AuditLog.ChainState;
import io.lakebaseops.testing.AuditChains;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;

/// Plans, decisions and receipts edited past the gate, compared with what the audit chain says.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTablesPgTest {
    private DeskRig rig;

    /// One plan that was run, one that was rejected, one that waits.
    @BeforeAll
    void plans() {
        rig = new DeskRig();
        rig.shop.asDba(
                "create table t (a int, b text)",
                "create index i on t (a)",
                "create index j on t (b)",
                "create index k on t (a, b)");
        var run = rig.desk.file(rig.dropIndex("public", "t", "i"));
        assertThat(rig.approve(run)).isInstanceOf(Decision.Granted.class);
        var rejected = rig.desk.file(rig.dropIndex("public", "t", "j"));
        rig.desk.reject(rejected.id(), DeskRig.PERSON, "it is used");
        rig.desk.file(rig.dropIndex("public", "t", "k"));
    }

    @AfterAll
    void close() {
        rig.close();
    }

    @Test
    void whatTheGateWroteFits() {
        assertThat(rig.audit.verifyAll()).isInstanceOf(ChainState.Intact.class);
        assertThat(rig.audit.verify()).isInstanceOf(ChainState.Intact.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
"""
actor of a decision     | decision    | update decisions set actor = 'innocent' where act = 'approve'
kind of actor           | decision    | update decisions set actor_kind = 'CI' where act = 'approve'
reason of a decision    | decision    | update decisions set reason = 'because' where act = 'reject'
decision deleted        | decisions   | delete from decisions where act = 'reject'
decision invented       | decisions   | insert into decisions (plan_id, act, actor, actor_kind, decided_at) select id, 'approve', 'kim', 'HUMAN', now() from change_plans where state = 'WAITING'
who decided             | decided_by  | update change_plans set decided_by = 'innocent' where state = 'DONE'
decided, nobody did     | decided_by  | update change_plans set decided_by = 'kim' where state = 'WAITING'
risk                    | risk        | update change_plans set risk = replace(risk, 'MEDIUM', 'LOW')
level of risk           | risk        | update change_plans set risk_level = 'LOW'
statements              | its text    | update change_plans set body = replace(body, 'concurrently', '') where state = 'WAITING'
fingerprint             | fingerprint | update change_plans set fingerprint = repeat('a', 64) where state = 'WAITING'
title                   | title       | update change_plans set title = 'harmless' where state = 'WAITING'
target                  | target      | update change_plans set target_key = 'elsewhere' where state = 'WAITING'
waits again             | state       | update change_plans set state = 'WAITING' where state = 'DONE'
never rejected          | state       | update change_plans set state = 'WAITING' where state = 'REJECTED'
verification            | verificat   | update change_plans set verification = '{"at":"2026-01-01T00:00:00Z","kind":"confirmed","measured":[]}' where state = 'DONE'
outcome of a step       | receipts    | update receipts set outcome = 'FAILED', error = 'x'
duration of a step      | receipts    | update receipts set duration_ms = duration_ms + 1
step deleted            | receipts    | delete from receipts
plan deleted            | not in the table | delete from change_plans where state = 'WAITING'
plan invented           | no entry    | insert into change_plans (id, fingerprint, target_key, tool, title, body, risk, risk_level, state, filed_at, expires_at) select gen_random_uuid(), repeat('b', 64), target_key, tool, title, body, risk, 'LOW', 'WAITING', now(), expires_at from change_plans where state = 'WAITING'
""")
    void aRowThatWasEditedIsFound(String what, String why, String sql) throws SQLException {
        var url = rig.state.settings().url() + "?currentSchema=lakebaseops";
        try (var c = DriverManager.getConnection(url, "dba", "dba")) {
            copy(c, "create schema kept");
            for (var table : new String[] {"change_plans", "decisions", "receipts"}) {
                copy(c, "create table kept.%1$s as table %1$s".formatted(table));
            }
            try {
                copy(c, sql);
                assertThat(AuditChains.of(rig.state, Clock.systemUTC()).verifyAll())
                        .as(what)
                        .isInstanceOfSatisfying(
                                ChainState.Broken.class, b -> assertThat(b.why()).contains(why));
            } finally {
                copy(c, "truncate change_plans, decisions, receipts");
                copy(c, "insert into change_plans select * from kept.change_plans");
                copy(
                        c,
                        "insert into decisions overriding system value select * from kept.decisions");
                copy(c, "insert into receipts overriding system value select * from kept.receipts");
                copy(c, "drop schema kept cascade");
            }
        }
    }

    private static void copy(java.sql.Connection c, String sql) throws SQLException {
        try (var statement = c.createStatement()) {
            statement.execute(sql);
        }
    }
}

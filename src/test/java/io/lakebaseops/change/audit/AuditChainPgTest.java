package io.lakebaseops.change.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.change.audit.AuditLog.ChainState;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateSettings;
import io.lakebaseops.testing.AuditChains;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

class AuditChainPgTest {
    private final Pg17.Database database = StateDatabases.fresh("audit");
    private StateDb db;
    private AuditChain audit;

    @BeforeEach
    void open() {
        db = connect();
        audit = AuditChains.of(db, Clock.systemUTC());
    }

    private StateDb connect() {
        return StateDb.open(StateSettings.of(database.url(), Pg17.DBA, Pg17.DBA_PASSWORD));
    }

    @AfterEach
    void close() {
        db.close();
    }

    private void append(int entries) {
        for (int i = 1; i <= entries; i++) {
            int n = i;
            db.run(tx -> audit.append(tx, "receipt", null, "kim", Map.of("n", n, "text", "ä\"☃")));
        }
    }

    @Test
    void anUntouchedChainIsIntactAndAnEmptyOneToo() {
        assertThat(audit.verify()).isInstanceOf(ChainState.Intact.class);
        append(5);
        assertThat(audit.verify())
                .isInstanceOfSatisfying(
                        ChainState.Intact.class,
                        i -> {
                            assertThat(i.entries()).isEqualTo(5);
                            assertThat(i.head()).isEqualTo(audit.entries(1).getFirst().hash());
                        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
"""
body altered        | 3 | update audit_chain set body = replace(body, '3', '4') where seq = 3
actor altered       | 3 | update audit_chain set actor = 'eve' where seq = 3
time altered        | 3 | update audit_chain set at = at + interval '1 microsecond' where seq = 3
hash altered        | 3 | update audit_chain set hash = repeat('a', 64) where seq = 3
row deleted         | 3 | delete from audit_chain where seq = 3
first row deleted   | 1 | delete from audit_chain where seq = 1
tail cut off        | 5 | delete from audit_chain where seq >= 5
all deleted         | 1 | delete from audit_chain
deleted and closed  | 3 | delete from audit_chain where seq = 3; update audit_chain set seq = seq - 1 where seq > 3
two rows swapped    | 2 | update audit_chain set seq = -seq where seq in (2, 3); update audit_chain set seq = case seq when -2 then 3 else 2 end where seq < 0
row inserted        | 7 | insert into audit_chain select 7, at, kind, plan_id, actor, body, hash, repeat('b', 64) from audit_chain where seq = 6
copy appended       | 7 | insert into audit_chain select 7, at, kind, plan_id, actor, body, previous_hash, hash from audit_chain where seq = 6
""")
    void anyTamperingShowsAtItsPlace(String what, long seq, String sql) {
        append(6);
        tamper(sql);
        assertThat(audit.verify())
                .as(what)
                .isInstanceOfSatisfying(
                        ChainState.Broken.class, b -> assertThat(b.seq()).isEqualTo(seq));
    }

    @Test
    void aForgedEntryThatHashesWellIsNotedAsNotOurs() {
        append(3);
        // One more honest entry whose head is then set back: the row fits, the head does not.
        append(1);
        tamper(
                "alter table audit_head disable trigger all; update audit_head set entries = 3,"
                        + " hash = (select hash from audit_chain where seq = 3)");
        assertThat(audit.verify())
                .isInstanceOfSatisfying(
                        ChainState.Broken.class, b -> assertThat(b.seq()).isEqualTo(4));
    }

    private void tamper(String sql) {
        database.asAdmin(
                "set search_path = lakebaseops; alter table audit_chain disable trigger all; "
                        + sql
                        + "; alter table audit_chain enable trigger all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update lakebaseops.audit_chain set actor = 'eve'",
                "delete from lakebaseops.audit_chain",
                "truncate lakebaseops.audit_chain",
                "delete from lakebaseops.audit_head",
                "truncate lakebaseops.audit_head",
                "insert into lakebaseops.audit_head (only_row, entries, hash) values (true, 9, 'x')",
                "delete from lakebaseops.audit_chain where at < now() - interval '366 days' or seq = 1",
                "update lakebaseops.audit_head set entries = entries - 1"
            })
    void theDatabaseItselfRefusesChanges(String sql) {
        append(2);
        assertThatThrownBy(() -> database.asDba(sql)).rootCause().hasMessageContaining("refused");
        assertThat(audit.verify()).isInstanceOf(ChainState.Intact.class);
    }

    @Test
    void severalProcessesAppendToOneChainWithoutForkingIt() throws Exception {
        try (var other = connect();
                var threads = Executors.newFixedThreadPool(6)) {
            var tasks = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 60; i++) {
                var through = i % 2 == 0 ? db : other;
                tasks.add(
                        () ->
                                through.tx(
                                        tx -> {
                                            audit.append(tx, "x", null, "kim", Map.of());
                                            return true;
                                        }));
            }
            for (var done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        }
        assertThat(audit.verify())
                .isInstanceOfSatisfying(
                        ChainState.Intact.class, i -> assertThat(i.entries()).isEqualTo(60));
    }

    @Test
    void anEntryOfATransactionThatFailsIsNotThere() {
        append(1);
        assertThatThrownBy(
                        () ->
                                db.run(
                                        tx -> {
                                            audit.append(tx, "x", null, "kim", Map.of());
                                            throw new IllegalStateException("no");
                                        }))
                .hasMessage("no");
        assertThat(audit.entries(10)).hasSize(1);
        append(1);
        assertThat(audit.verify()).isInstanceOf(ChainState.Intact.class);
    }
}

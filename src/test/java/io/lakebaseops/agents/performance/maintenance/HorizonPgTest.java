package io.lakebaseops.agents.performance.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/// On a server of its own: the horizon and the counters after a crash are about all of it.
final class HorizonPgTest {
    /// Each takes a transaction id, so that what held the horizon before is old.
    private static final String MANY_TRANSACTIONS =
            "do $$ begin for i in 1..10100 loop perform pg_current_xact_id(); commit; end loop;"
                    + " end $$";

    private static Pg17 server;

    @BeforeAll
    static void start() {
        server = Pg17.started(List.of("max_prepared_transactions=5"));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static void bigTable(Pg17.Database database) {
        database.asDba(
                "create table u with (autovacuum_enabled = off) as"
                        + " select g as id, repeat('x', 200) as t from generate_series(1, 60000) g",
                "vacuum analyze u",
                "select pg_stat_force_next_flush()");
    }

    private static Outcome.Found<IdentifyTablesNeedingVacuum.Output> look(Pg17.Database database) {
        try (var rig = ToolRig.of(database)) {
            return ToolRig.found(
                    new IdentifyTablesNeedingVacuum(rig.targets(), rig.sql())
                            .run(new IdentifyTablesNeedingVacuum.Input(0.3), rig.context()));
        }
    }

    @Test
    void holdersAreBlamedForTheirOwnDatabaseOnlyAndAllThatStandTogetherAreNamed()
            throws SQLException {
        var a = server.database("a21");
        var b = server.database("b21");
        bigTable(b);
        a.asDba("create table t (id int primary key, v int)", "insert into t values (1, 0)");
        try (var prepared = a.dba();
                var session = a.dba();
                var innocent = a.dba()) {
            innocent.setAutoCommit(false);
            innocent.createStatement().execute("select 1");
            prepared.setAutoCommit(false);
            prepared.createStatement().execute("insert into t values (999001, 1)");
            prepared.createStatement().execute("prepare transaction 'c21_px'");
            session.setAutoCommit(false);
            session.setTransactionIsolation(java.sql.Connection.TRANSACTION_REPEATABLE_READ);
            session.createStatement().execute("select count(*) from t");
            b.asDba(MANY_TRANSACTIONS);
            b.asDba(
                    "vacuum u",
                    "delete from u where id % 3 = 0",
                    "select pg_stat_force_next_flush()");

            var found = look(b);
            var held = Objects.requireNonNull(found.data().horizon());
            assertThat(held.by()).contains("session ").contains("prepared transaction c21_px");
            assertThat(held.remedy())
                    .contains("ROLLBACK PREPARED or COMMIT PREPARED 'c21_px' in database a21");
            assertThat(held.wouldRelease())
                    .doesNotContain("by 0 transactions")
                    .as("no row of another database would go")
                    .doesNotContain("dead rows");
            assertThat(found.findings())
                    .filteredOn(f -> f.kind().equals(IdentifyTablesNeedingVacuum.KIND))
                    .extracting(Finding::summary)
                    .isNotEmpty()
                    .noneMatch(s -> s.contains("vacuum cannot help"));
            prepared.rollback();
            prepared.setAutoCommit(true);
            prepared.createStatement().execute("rollback prepared 'c21_px'");
        }
    }

    @Test
    void aCrashMakesNoTableBloatedAndLeavesItsDeadRowsUnknown(@TempDir Path dir) {
        var crashed = server.database("crashed");
        bigTable(crashed);
        crashed.asAdmin("checkpoint");
        assertThat(bloated(look(crashed), crashed)).isEmpty();
        server.kill();
        server.restart();
        crashed.asDba(
                "insert into u select g, 'new' from generate_series(1, 2000) g",
                "select pg_stat_force_next_flush()");
        assertThat(crashed.scalar("select n_live_tup from pg_stat_user_tables"))
                .as("the counters are gone")
                .isEqualTo("2000");
        var found = look(crashed);
        assertThat(bloated(found, crashed)).isEmpty();
        assertThat(found.caveats())
                .anyMatch(c -> c.startsWith("crashed") && c.contains("began anew at"));
        try (var rig = ToolRig.of(crashed);
                var lakehouse = LocalLakehouse.open(dir, Clock.systemUTC())) {
            lakehouse.ensureTables(OpsTables.ALL);
            var round =
                    new LiveVacuumMonitor(rig.targets(), lakehouse, Clock.systemUTC())
                            .read(rig.test().target());
            assertThat(Objects.requireNonNull(round.tables().value()).notable())
                    .singleElement()
                    .satisfies(
                            t -> {
                                assertThat(t.name()).isEqualTo("public.u");
                                assertThat(t.unknownSince()).isNotNull();
                                assertThat(t.next()).isNull();
                            });
        }
    }

    private static List<String> bloated(Outcome.Found<?> found, Pg17.Database database) {
        return found.findings().stream()
                .filter(f -> database.name().equals(f.subject().database()))
                .filter(f -> f.kind().equals(IdentifyTablesNeedingVacuum.FULL_KIND))
                .map(Finding::summary)
                .toList();
    }
}

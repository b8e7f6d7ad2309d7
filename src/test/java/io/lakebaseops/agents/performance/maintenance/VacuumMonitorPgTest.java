package io.lakebaseops.agents.performance.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.gameday.StandbyFeedback;
import io.lakebaseops.gameday.TestFaultSite;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// On a server of its own: the horizon is about all of it.
final class VacuumMonitorPgTest {
    private static Pg17 server;
    @TempDir private static Path dir;
    private static LocalLakehouse lakehouse;

    @BeforeAll
    static void start() throws IOException {
        server = Pg17.started(List.of("max_prepared_transactions=5", "wal_level=logical"));
        var any = server.database("mon_any");
        Files.writeString(
                Path.of(String.valueOf(any.scalar("show hba_file"))),
                "host replication postgres 127.0.0.1/32 trust\n",
                StandardOpenOption.APPEND);
        any.asAdmin("select pg_reload_conf()");
        lakehouse = LocalLakehouse.open(dir, Clock.systemUTC());
        lakehouse.ensureTables(OpsTables.ALL);
    }

    @AfterAll
    static void stop() {
        lakehouse.close();
        server.stop();
    }

    private static Pg17.Database database(String name) {
        var database = server.database(name);
        database.asDba(
                "create table t with (autovacuum_enabled = off) as"
                        + " select g as id, repeat('x', 200) as v from generate_series(1, 60000) g",
                "vacuum analyze t",
                "select pg_stat_force_next_flush()");
        return database;
    }

    private static HorizonHolder holder(VacuumRound round, String kind) {
        return Objects.requireNonNull(round.horizon().value()).holders().stream()
                .filter(h -> h.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static long dead(Pg17.Database database) {
        return Long.parseLong(
                Objects.requireNonNull(
                        database.scalar(
                                "select n_dead_tup from pg_stat_user_tables where relname = 't'")));
    }

    /// What begins to hold the horizon, and how it ends.
    private interface Holding {
        AutoCloseable begin() throws Exception;
    }

    /// Each scripted holder is named, and what is foretold goes when it ends: within a tenth.
    private static void foretells(Pg17.Database database, String kind, String name, Holding holding)
            throws Exception {
        try (var rig = ToolRig.of(database)) {
            var monitor = new LiveVacuumMonitor(rig.targets(), lakehouse, new Hourly());
            var target = rig.test().target();
            monitor.read(target);
            var end = holding.begin();
            Awaitility.await()
                    .atMost(Patience.LONG)
                    .until(() -> holders(monitor.read(target)).contains(kind + " " + name));
            database.asDba("delete from t where id % 4 = 0", "select pg_stat_force_next_flush()");
            var found = holder(monitor.read(target), kind);
            assertThat(found.holds()).isEqualTo(HorizonHolder.Holds.ALONE);
            var foretold = Objects.requireNonNull(found.rows());

            database.asDba("vacuum t", "select pg_stat_force_next_flush()");
            long kept = dead(database);
            end.close();
            Awaitility.await()
                    .atMost(Patience.LONG)
                    .until(() -> !holders(monitor.read(target)).contains(kind + " " + name));
            database.asDba("vacuum t", "select pg_stat_force_next_flush()");
            long removed = kept - dead(database);

            System.out.printf("%s: foretold %,d, removed %,d%n", kind, foretold, removed);
            assertThat(removed).isPositive();
            assertThat((double) foretold).isBetween(removed * 0.9, removed * 1.1);
        }
    }

    private static List<String> holders(VacuumRound round) {
        return Objects.requireNonNull(round.horizon().value()).holders().stream()
                .map(HorizonHolder::words)
                .toList();
    }

    /// Each look an hour after the one before: what is remembered is read anew.
    private static final class Hourly extends Clock {
        private long hours;

        @Override
        public java.time.Instant instant() {
            return Clock.systemUTC().instant().plusSeconds(3_600 * hours++);
        }

        @Override
        public java.time.ZoneId getZone() {
            return java.time.ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    @Test
    void aSessionIsNamedAndWhatItKeepsIsForetold() throws Exception {
        var database = database("mon_session");
        var session = database.dba();
        foretells(
                database,
                "session",
                pid(session),
                () -> {
                    session.setAutoCommit(false);
                    session.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                    session.createStatement().execute("select count(*) from t where id < 10");
                    return session;
                });
    }

    private static String pid(Connection session) throws SQLException {
        try (var rows = session.createStatement().executeQuery("select pg_backend_pid()")) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void aPreparedTransactionIsNamedAndWhatItKeepsIsForetold() throws Exception {
        var database = database("mon_prepared");
        foretells(
                database,
                "prepared transaction",
                "mon_px",
                () -> {
                    var session = database.dba();
                    session.setAutoCommit(false);
                    session.createStatement().execute("insert into t values (999999, 'p')");
                    session.createStatement().execute("prepare transaction 'mon_px'");
                    session.setAutoCommit(true);
                    return () -> {
                        session.createStatement().execute("rollback prepared 'mon_px'");
                        session.close();
                    };
                });
    }

    @Test
    void aPhysicalSlotIsNamedAndWhatItKeepsIsForetold() throws Exception {
        var database = database("mon_physical");
        database.asAdmin("select pg_create_physical_replication_slot('mon_standby')");
        foretells(
                database,
                "slot",
                "mon_standby",
                () -> {
                    var standby = standby(database, "mon_standby");
                    return () -> {
                        standby.close();
                        Awaitility.await()
                                .atMost(Patience.LONG)
                                .until(
                                        () ->
                                                "f"
                                                        .equals(
                                                                database.scalar(
                                                                        "select active from pg_replication_slots"
                                                                                + " where slot_name = 'mon_standby'")));
                        database.asAdmin("select pg_drop_replication_slot('mon_standby')");
                    };
                });
    }

    @Test
    void aStandbyIsNamedAndWhatItKeepsIsForetold() throws Exception {
        var database = database("mon_feedback");
        foretells(
                database,
                "standby",
                "127.0.0.1",
                () -> {
                    return standby(database, "");
                });
    }

    /// As if a query had begun on a standby now.
    private static StandbyFeedback standby(Pg17.Database database, String slot)
            throws SQLException {
        var standby =
                StandbyFeedback.over(
                        new TestFaultSite(database).replication(),
                        slot,
                        Objects.requireNonNull(database.scalar("select pg_current_wal_lsn()")));
        standby.hold(
                Long.parseLong(
                        Objects.requireNonNull(
                                database.scalar(
                                        "select pg_snapshot_xmin(pg_current_snapshot())"))));
        return standby;
    }

    /// Against the server's own counter, an hour of the day in an instant.
    @Test
    void theDateAnAgeIsMetIsForetoldWithinItsInterval(@TempDir Path other) {
        var database = database("mon_ids");
        var random = new java.util.Random(9);
        try (var rig = ToolRig.of(database);
                var history = LocalLakehouse.open(other, Clock.systemUTC())) {
            history.ensureTables(OpsTables.ALL);
            var target = rig.test().target();
            var at = java.time.Instant.parse("2026-11-27T00:00:00Z");
            var rows = new ArrayList<Map<String, Object>>();
            for (int quarter = 0; quarter < 4 * 12; quarter++) {
                use(database, 200 + random.nextInt(600));
                at = at.plusSeconds(900);
                var row = new HashMap<String, Object>(HistoryRow.of(target, at, "r" + quarter));
                row.put("metric_name", "txid_age");
                row.put("unit", "transactions");
                row.put("metric_value", (double) age(rig));
                rows.add(row);
            }
            history.append(OpsTables.LAKEBASE_METRICS.name(), rows);
            long mark = age(rig) + 15_000;
            var ids =
                    new IdConsumption(
                            databases(rig),
                            IdConsumption.rates(history, target, at, TestTargets.deadline()),
                            at,
                            new IdConsumption.Marks(mark, mark * 2));
            var eta = Objects.requireNonNull(ids.transactions().warning());
            while (age(rig) < mark) {
                use(database, 200 + random.nextInt(600));
                at = at.plusSeconds(900);
            }
            System.out.printf(
                    "age met at %s, foretold %s (%s to %s)%n",
                    at, eta.expected(), eta.earliest(), eta.latest());
            assertThat(at).isBetween(eta.earliest(), Objects.requireNonNull(eta.latest()));
        }
    }

    private static void use(Pg17.Database database, int ids) {
        database.asDba(
                "do $$ begin for i in 1.."
                        + ids
                        + " loop perform pg_current_xact_id(); commit; end loop; end $$");
    }

    private static List<CheckTxidWraparoundRisk.Database> databases(ToolRig rig) {
        try (var session = rig.targets().read(rig.test().target(), TestTargets.deadline())) {
            return session.query(
                    MaintenanceSql.WRAPAROUND, Map.of(), CheckTxidWraparoundRisk.Database.class);
        }
    }

    private static long age(ToolRig rig) {
        return databases(rig).stream()
                .mapToLong(CheckTxidWraparoundRisk.Database::xidAge)
                .max()
                .orElseThrow();
    }

    @Test
    void aLogicalSlotHoldsCatalogRowsOnlyAndIsSaidSo() throws Exception {
        var database = database("mon_slot");
        database.asAdmin("select pg_create_logical_replication_slot('mon_slot', 'test_decoding')");
        try (var rig = ToolRig.of(database)) {
            var monitor = new LiveVacuumMonitor(rig.targets(), lakehouse, Clock.systemUTC());
            var slot = holder(monitor.read(rig.test().target()), "slot");
            assertThat(slot.name()).isEqualTo("mon_slot");
            assertThat(slot.holds()).isEqualTo(HorizonHolder.Holds.CATALOG);
        } finally {
            database.asAdmin("select pg_drop_replication_slot('mon_slot')");
        }
    }

    @Test
    void aRunningVacuumShowsItsPhaseAndALockThatItCannotPassIsNamed() throws Exception {
        var database = database("mon_running");
        database.asDba(
                "create table u with (autovacuum_vacuum_threshold = 10, autovacuum_vacuum_scale_factor = 0,"
                        + " autovacuum_enabled = off) as select * from t",
                "delete from u where id % 2 = 0",
                "delete from t where id % 2 = 0",
                "select pg_stat_force_next_flush()");
        try (var rig = ToolRig.of(database);
                var slow = database.dba();
                var holder = database.dba()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("lock table u in share mode");
            slow.createStatement()
                    .execute("set vacuum_cost_delay = 100; set vacuum_cost_limit = 1");
            var runs =
                    Thread.startVirtualThread(
                            () -> {
                                try (var s = slow.createStatement()) {
                                    s.execute("vacuum t");
                                } catch (SQLException e) {
                                    // Ended below, as an impatient person would.
                                    assertThat(e.getSQLState()).isEqualTo("57P01");
                                }
                            });
            var monitor = new LiveVacuumMonitor(rig.targets(), lakehouse, Clock.systemUTC());
            var target = rig.test().target();
            try {
                Awaitility.await()
                        .atMost(Patience.LONG)
                        .until(() -> !running(monitor.read(target)).vacuums().isEmpty());
                var now = running(monitor.read(target));
                var vacuum = now.vacuums().getFirst();
                assertThat(vacuum.name()).isEqualTo("public.t");
                assertThat(vacuum.phase()).isEqualTo("scanning heap");
                assertThat(vacuum.share()).isBetween(0.0, 1.0);
                assertThat(vacuum.automatic()).isFalse();
                assertThat(now.workers()).isEqualTo(3);
                assertThat(now.locked())
                        .singleElement()
                        .satisfies(
                                l -> {
                                    assertThat(l.table()).isEqualTo("public.u");
                                    assertThat(l.mode()).isEqualTo("ShareLock");
                                    assertThat(l.command()).isEqualTo("LOCK TABLE");
                                });
            } finally {
                database.asAdmin("select pg_terminate_backend(pid) from pg_stat_progress_vacuum");
                runs.join();
            }
        }
    }

    private static VacuumRound.Running running(VacuumRound round) {
        return Objects.requireNonNull(round.running().value());
    }

    @Test
    void aLoginWithoutPgMonitorIsToldThatSessionsAreHidden() {
        var database = database("mon_plain");
        database.asAdmin("create role mon_plain_user login password 'w'");
        try (var rig = new ToolRig(TestTargets.of(database.url(), "mon_plain_user", "w"))) {
            var monitor = new LiveVacuumMonitor(rig.targets(), lakehouse, Clock.systemUTC());
            var round = monitor.read(rig.test().target());
            assertThat(round.seesSessions()).isFalse();
            assertThat(round.tables().problem()).isNull();
            assertThat(Objects.requireNonNull(round.tables().value()).tables())
                    .extracting(VacuumTable::name)
                    .contains("public.t");
            assertThat(round.wraparound().problem()).isNull();
        }
    }
}

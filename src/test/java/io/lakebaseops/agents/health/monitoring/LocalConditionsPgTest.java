package io.lakebaseops.agents.health.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.databricks.sdk.service.postgres.CreateEndpointRequest;
import com.databricks.sdk.service.postgres.Endpoint;
import com.databricks.sdk.service.postgres.EndpointSettings;
import com.databricks.sdk.service.postgres.EndpointSpec;
import com.databricks.sdk.service.postgres.EndpointType;
import com.databricks.sdk.service.postgres.UpdateEndpointRequest;
import com.google.protobuf.FieldMask;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.Metric.Condition;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.local.api.SdkFixture;
import io.lakebaseops.local.compute.ComputeHost.Faults;
import io.lakebaseops.state.AlertStore;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.StateDatabases;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/// Cache hits, XID age and the lag of a standby, each through warning, critical and its end, from
/// conditions of computes of a Local Lakebase; the console is started anew between the two levels.
///
/// Two things are not waited for: the five minutes in which a server's cache is not judged, and
/// the ten and sixty seconds of lag, for which there are limits of one and three.
final class LocalConditionsPgTest {
    private static final String DATABASE = "databricks_postgres";
    private static final String BRANCH = "/branches/production";

    /// As far as transactions are apart at which they wrap around.
    private static final long CIRCLE = 1L << 32;

    @TempDir private static Path dir;

    private static SdkFixture lakebase;
    private static LocalLakehouse lakehouse;
    private static StateDb state;
    private static ToolRig rig;
    private static Faults primary;
    private static Faults reader;

    @BeforeAll
    static void start() throws SQLException {
        lakebase = new SdkFixture(dir.resolve("lakebase"));
        var branch = lakebase.project("shop") + BRANCH;
        var writes = branch + "/endpoints/primary";
        configure(
                writes,
                Map.of(
                        "shared_buffers", "16MB",
                        "autovacuum", "off",
                        "autovacuum_freeze_max_age", "2000000000"));
        lakebase.done(
                lakebase.postgres()
                        .createEndpoint(
                                new CreateEndpointRequest()
                                        .setParent(branch)
                                        .setEndpointId("reader")
                                        .setEndpoint(
                                                new Endpoint()
                                                        .setSpec(
                                                                new EndpointSpec()
                                                                        .setEndpointType(
                                                                                EndpointType
                                                                                        .ENDPOINT_TYPE_READ_ONLY))))
                        .getName());
        lakebase.settled(branch + "/endpoints/reader");
        primary = lakebase.lakebase().faults(writes);
        reader = lakebase.lakebase().faults(branch + "/endpoints/reader");
        lakehouse = LocalLakehouse.open(dir.resolve("lake"), Clock.systemUTC());
        state = StateDatabases.open("conditions");
        rig =
                new ToolRig(
                        TestTargets.of(
                                "jdbc:postgresql://" + lakebase.address(writes) + "/" + DATABASE,
                                lakebase.lakebase().user(),
                                lakebase.token(writes)));
    }

    private static void configure(String endpoint, Map<String, String> settings) {
        lakebase.done(
                lakebase.postgres()
                        .updateEndpoint(
                                new UpdateEndpointRequest()
                                        .setName(endpoint)
                                        .setEndpoint(
                                                new Endpoint()
                                                        .setSpec(
                                                                new EndpointSpec()
                                                                        .setSettings(
                                                                                new EndpointSettings()
                                                                                        .setPgSettings(
                                                                                                settings))))
                                        .setUpdateMask(
                                                FieldMask.newBuilder()
                                                        .addPaths("spec.settings")
                                                        .build()))
                        .getName());
        lakebase.settled(endpoint);
    }

    @AfterAll
    static void stop() {
        rig.close();
        state.close();
        lakehouse.close();
        lakebase.close();
    }

    private static AlertRounds rounds(MetricDefinitions definitions) {
        return new AlertRounds(rig, lakehouse, new AlertStore(state), definitions);
    }

    private static void run(Connection session, String... statements) {
        try (var statement = session.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(String.join("; ", statements), e);
        }
    }

    /// A table larger than the cache is read from end to end, beside look-ups in a small one.
    @Test
    void rowsThatAreReadFromDisk() throws SQLException {
        var metric = MetricName.CACHE_HIT_RATIO;
        var rounds =
                rounds(AlertRounds.standardBut(d -> d.name() == metric ? warm(d) : d))
                        .every(Duration.ofSeconds(40));
        try (var session = primary.superuser(DATABASE, false)) {
            run(
                    session,
                    "create table large as select g, repeat('x', 900) as v"
                            + " from generate_series(1, 32000) g",
                    "create table small as select g as id from generate_series(1, 1000) g",
                    "alter table small add primary key (id)",
                    "vacuum analyze large, small",
                    "set max_parallel_workers_per_gather = 0",
                    "set enable_hashjoin = off",
                    "set enable_mergejoin = off",
                    "set enable_memoize = off",
                    "set enable_seqscan = off");
            rounds.round(Duration.ZERO);
            Runnable hits = () -> lookUps(session, 300_000);
            Runnable both =
                    () -> {
                        scan(session);
                        lookUps(session, 50_000);
                    };
            hits.run();
            rounds.round(Duration.ofSeconds(5));
            assertThat(rounds.told(metric)).as("all is found in memory").isEmpty();
            rounds.awaitTold(both, metric, Severity.WARNING);
            rounds.restart();
            rounds.round(Duration.ofSeconds(5));
            rounds.awaitTold(() -> scan(session), metric, Severity.WARNING, Severity.CRITICAL);
            rounds.awaitOver(hits, metric);
        }
    }

    /// Judged although the server started a moment ago.
    private static MetricDefinition warm(MetricDefinition d) {
        return new MetricDefinition(
                d.name(),
                new Derivation(
                        d.derivation().counters(),
                        i ->
                                d.derivation().rule().apply(i) instanceof Derived.Value v
                                                && v.condition() == Condition.WARMING_UP
                                        ? Derived.value(v.value(), v.at(), v.detail())
                                        : d.derivation().rule().apply(i)),
                d.watched());
    }

    private static void scan(Connection session) {
        run(
                session,
                "set enable_seqscan = on",
                "select count(v) from large",
                "set enable_seqscan = off",
                "select pg_stat_force_next_flush()");
    }

    /// Three blocks each.
    private static void lookUps(Connection session, int times) {
        run(
                session,
                "select count(s.id) from generate_series(1, %d) g join small s on s.id = g %% 1000 + 1"
                        .formatted(times),
                "select pg_stat_force_next_flush()");
    }

    /// The counter cannot be burnt in a test: the oldest row is put as far behind it instead, and
    /// only a real VACUUM FREEZE brings it near again.
    @Test
    void rowsThatAreNeverFrozen() throws SQLException {
        var metric = MetricName.TXID_AGE;
        var rounds = rounds(MetricDefinitions.standard());
        try (var session = primary.superuser(DATABASE, false)) {
            run(session, "create table ledger as select g from generate_series(1, 1000) g");
            rounds.round(Duration.ZERO);
            assertThat(rounds.told(metric)).isEmpty();
            age(session, 600_000_000);
            rounds.awaitTold(metric, Severity.WARNING);
            rounds.restart();
            rounds.round(Duration.ofSeconds(5));
            assertThat(rounds.told(metric)).as("a new console repeats nothing").hasSize(1);
            age(session, 1_100_000_000);
            rounds.awaitTold(metric, Severity.WARNING, Severity.CRITICAL);
            run(session, "vacuum (freeze) ledger");
            rounds.awaitOver(metric);
        }
    }

    private static void age(Connection session, long transactions) {
        var old =
                "((%d + pg_current_xact_id()::text::int8 - %d) %% %d)::text::xid"
                        .formatted(CIRCLE, transactions, CIRCLE);
        run(
                session,
                "update pg_class set relfrozenxid = " + old + " where relname = 'ledger'",
                "update pg_database set datfrozenxid = "
                        + old
                        + " where datname = current_database()");
    }

    /// The standby goes on receiving and stops replaying.
    @Test
    void aStandbyThatFallsBehind() throws SQLException {
        var metric = MetricName.REPLICATION_LAG_SECONDS;
        var rounds =
                rounds(
                        AlertRounds.standardBut(
                                d -> d.name() == metric ? AlertRounds.limited(d, 1, 3, 0.5) : d));
        try (var session = primary.superuser(DATABASE, false);
                var standby = reader.superuser(DATABASE, false)) {
            run(session, "create table ticks (id int)");
            Runnable writes = () -> run(session, "insert into ticks values (1)");
            await().atMost(Patience.LONG).until(() -> streams(session));
            run(standby, "select pg_wal_replay_pause()");
            await().atMost(Patience.LONG).until(() -> paused(standby));
            rounds.awaitTold(writes, metric, Severity.WARNING);
            rounds.restart();
            rounds.awaitTold(writes, metric, Severity.WARNING, Severity.CRITICAL);
            run(standby, "select pg_wal_replay_resume()");
            rounds.awaitOver(writes, metric);
        }
    }

    private static boolean streams(Connection session) throws SQLException {
        return first(session, "select count(*) from pg_stat_replication where state = 'streaming'")
                .equals("1");
    }

    private static boolean paused(Connection standby) throws SQLException {
        return first(standby, "select pg_get_wal_replay_pause_state()").equals("paused");
    }

    private static String first(Connection session, String query) throws SQLException {
        try (var statement = session.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}

package io.lakebaseops.agents.health.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.agents.AlertsInMemory;
import io.lakebaseops.agents.ExecutionPlanHistory;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.framework.MemoryFindings;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.testing.Patience;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// From a round of measuring to a verified repair, on a server of its own: metrics are about all
/// databases of a server.
final class HealthPgTest {
    @TempDir private static Path dir;

    private static Pg17 server;
    private static Pg17.Database database;
    private static LocalLakehouse lakehouse;

    @BeforeAll
    static void start() {
        server = Pg17.started(List.of());
        database = server.database("Shop \"1\".x");
        database.asDba(
                "create schema \"S.c\"",
                "create table \"S.c\".\"Big 'un\" with (autovacuum_enabled = off) as"
                        + " select g as id, repeat('x', 200) as t from generate_series(1, 60000) g",
                "delete from \"S.c\".\"Big 'un\" where id % 3 = 0",
                "select pg_stat_force_next_flush()");
        lakehouse = LocalLakehouse.open(dir, Clock.systemUTC());
        lakehouse.ensureTables(OpsTables.ALL);
    }

    @AfterAll
    static void stop() {
        lakehouse.close();
        server.stop();
    }

    private static MonitorSystemHealth.Figure figure(
            MonitorSystemHealth.Output round, MetricName name) {
        return round.metrics().stream()
                .filter(f -> f.name().equals(name.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyMetricIsMeasuredOrSaysWhyNot() {
        try (var rig = ToolRig.of(database)) {
            var board = new LiveHealthBoard();
            var tool =
                    new MonitorSystemHealth(
                            rig.targets(), rig.sql(), lakehouse, board, new ToolRig.Events());
            var first =
                    ToolRig.found(tool.run(new MonitorSystemHealth.Input(false), rig.context()))
                            .data();
            assertThat(first.metrics()).hasSize(MetricName.values().length);
            assertThat(first.metrics())
                    .allSatisfy(
                            f -> assertThat(f.value() != null || !f.detail().isBlank()).isTrue());
            assertThat(figure(first, MetricName.TPS).value()).isNull();
            assertThat(figure(first, MetricName.TPS).detail()).isEqualTo("needs two measurements");
            assertThat(figure(first, MetricName.REPLICATION_LAG_SECONDS).detail())
                    .isEqualTo("no standby is attached");
            assertThat(figure(first, MetricName.MAX_DEAD_TUPLE_RATIO).value()).isBetween(0.3, 0.51);
            assertThat(figure(first, MetricName.MAX_DEAD_TUPLE_RATIO).detail())
                    .isEqualTo("S.c.Big 'un");

            database.asDba(
                    "select count(*) from \"S.c\".\"Big 'un\"",
                    "select pg_stat_force_next_flush()");
            var second =
                    ToolRig.found(tool.run(new MonitorSystemHealth.Input(true), rig.context()))
                            .data();
            assertThat(second.stored()).as("the job's first round stands for itself").isPositive();
            assertThat(figure(second, MetricName.TPS).value()).isNull();
            database.asDba(
                    "select count(*) from \"S.c\".\"Big 'un\"",
                    "select pg_stat_force_next_flush()");
            var third =
                    ToolRig.found(tool.run(new MonitorSystemHealth.Input(false), rig.context()))
                            .data();
            assertThat(figure(third, MetricName.TPS).value()).isPositive();
            assertThat(figure(third, MetricName.CACHE_HIT_RATIO).value()).isBetween(0.5, 1.0);
            assertThat(figure(third, MetricName.MEAN_LATENCY_MS).value()).isPositive();
            assertThat(lakehouse.rowCount(OpsTables.LAKEBASE_METRICS.name()))
                    .isEqualTo(second.stored());
            assertThat(board.series(rig.test().target(), MetricName.TPS, Duration.ofHours(6)))
                    .hasSize(1);
        }
    }

    @Test
    void aTableLockedByAnotherSessionCostsNoFigureOfTheRest() throws Exception {
        var other = server.database("locked");
        other.asDba(
                "create table a with (autovacuum_enabled = off) as"
                        + " select g as id, repeat('x', 200) as t from generate_series(1, 60000) g",
                "create table b with (autovacuum_enabled = off) as select * from a",
                "analyze",
                "delete from a where id % 2 = 0",
                "delete from b where id % 3 = 0",
                "select pg_stat_force_next_flush()");
        try (var rig = ToolRig.of(other);
                var blocker = other.dba();
                var session = rig.test().read()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("lock table a in access exclusive mode");
            assertThat(session.query(HealthSql.WORST_DEAD_ROWS, DeadRowsTour.FLOORS).list())
                    .extracting(r -> r.get("table_name"))
                    .containsExactly("a", "b");
            assertThat(session.query(HealthSql.DISK_READERS).list())
                    .extracting(r -> r.get("table_bytes") != null)
                    .containsExactlyInAnyOrder(true, false);
        }
    }

    /// After a crash a server knows of no live row, but not that the table is empty.
    @Test
    void emptiedCountersDoNotMakeATableAllDead() {
        var other = server.database("after a crash");
        other.asDba(
                "create table t with (autovacuum_enabled = off) as"
                        + " select g as id, repeat('x', 200) as t from generate_series(1, 60000) g",
                "analyze t",
                "select pg_stat_force_next_flush()");
        other.asAdmin("select pg_stat_reset()");
        other.asDba("delete from t where id <= 3000", "select pg_stat_force_next_flush()");
        try (var rig = ToolRig.of(other);
                var session = rig.targets().read(rig.test().target(), TestTargets.deadline())) {
            var rows =
                    session.query(
                                    HealthSql.WORST_DEAD_ROWS,
                                    Map.of("min_rows", 1_000L, "min_bytes", 0L))
                            .list();
            assertThat(rows).hasSize(1);
            assertThat(((Number) rows.getFirst().get("dead_ratio")).doubleValue())
                    .isBetween(0.045, 0.055);
            assertThat(rows.getFirst()).containsEntry("live_rows", 57_000L);
        }
    }

    @Test
    void judgingAloneMeasuresFirst() {
        try (var rig = ToolRig.of(database)) {
            var board = new LiveHealthBoard();
            var events = new ToolRig.Events();
            var monitor =
                    new MonitorSystemHealth(rig.targets(), rig.sql(), lakehouse, board, events);
            var judge =
                    new EvaluateAlertThresholds(
                            board,
                            new AlertsInMemory(),
                            MetricDefinitions.standard(),
                            events,
                            monitor,
                            new MemoryFindings(),
                            (_, _, _) -> List.of());
            var first =
                    ToolRig.found(
                            judge.run(
                                    new EvaluateAlertThresholds.Input("connection_utilization"),
                                    rig.context()));
            assertThat(first.data().metrics())
                    .singleElement()
                    .satisfies(m -> assertThat(m.value()).isNotNull());
            var round = board.latest(rig.test().target()).orElseThrow();
            var again =
                    ToolRig.found(
                            judge.run(new EvaluateAlertThresholds.Input(null), rig.context()));
            assertThat(again.data().roundAt()).as("a fresh round serves").isEqualTo(round.at());
        }
    }

    @Test
    void deadRowsRaiseAnAlertThatIsRepairedProvedAndRecovers() {
        try (var rig = ToolRig.of(database)) {
            var board = new LiveHealthBoard();
            var events = new ToolRig.Events();
            var alerts = new AlertsInMemory();
            var rules = MetricDefinitions.standard();
            var monitor =
                    new MonitorSystemHealth(rig.targets(), rig.sql(), lakehouse, board, events);
            var judge =
                    new EvaluateAlertThresholds(
                            board,
                            alerts,
                            rules,
                            events,
                            monitor,
                            new MemoryFindings(),
                            (_, _, _) -> List.of());
            monitor.run(new MonitorSystemHealth.Input(false), rig.context());
            judge.run(new EvaluateAlertThresholds.Input(null), rig.context());
            judge.run(new EvaluateAlertThresholds.Input(null), rig.context());
            var breached =
                    events.of(OpsEvent.ThresholdBreached.class).stream()
                            .filter(e -> e.metric() == MetricName.MAX_DEAD_TUPLE_RATIO)
                            .toList();
            assertThat(breached).as("told once").hasSize(1);
            assertThat(breached.getFirst().severity()).isEqualTo(Severity.CRITICAL);
            assertThat(breached.getFirst().subject().database()).isEqualTo(database.name());

            var sop =
                    new ExecuteLowRiskSop(
                            rig.targets(),
                            rig.sql(),
                            alerts,
                            rules,
                            new ExecutionPlanHistory(lakehouse, new ToolRig.Events()),
                            (_, _, _) -> List.of());
            var proposal =
                    sop.propose(
                            new ExecuteLowRiskSop.Input(breached.getFirst().alertId(), false),
                            rig.context());
            assertThat(ToolRig.found(proposal.outcome()).data().evidence().rows().isEmpty())
                    .isFalse();
            assertThat(proposal.plans()).hasSize(1);
            var plan = proposal.plans().getFirst();
            assertThat(plan.alertId()).isEqualTo(breached.getFirst().alertId());
            rig.carryOut(plan);

            monitor.run(new MonitorSystemHealth.Input(false), rig.context());
            judge.run(new EvaluateAlertThresholds.Input(null), rig.context());
            assertThat(events.of(OpsEvent.AlertRecovered.class))
                    .anyMatch(e -> e.alertId().equals(breached.getFirst().alertId()));
            database.asDba(
                    "delete from \"S.c\".\"Big 'un\" where id % 6 = 1",
                    "delete from \"S.c\".\"Big 'un\" where id % 6 = 2",
                    "select pg_stat_force_next_flush()");
        }
    }

    @Test
    void withoutPgMonitorWhatIsHiddenIsUnavailable() {
        database.asAdmin("create role stranger login password 's'");
        try (var rig = new ToolRig(TestTargets.of(database.url(), "stranger", "s"))) {
            var tool =
                    new MonitorSystemHealth(
                            rig.targets(),
                            rig.sql(),
                            lakehouse,
                            new LiveHealthBoard(),
                            new ToolRig.Events());
            var found =
                    ToolRig.found(tool.run(new MonitorSystemHealth.Input(false), rig.context()));
            assertThat(figure(found.data(), MetricName.IDLE_IN_TRANSACTION).detail())
                    .contains("pg_monitor");
            assertThat(figure(found.data(), MetricName.CONNECTION_UTILIZATION))
                    .satisfies(f -> assertThat(f.value()).isNotNull())
                    .satisfies(f -> assertThat(f.detail()).contains("more ours"));
            assertThat(found.caveats()).anyMatch(c -> c.contains("pg_monitor"));
        }
    }

    /// A server of its own, that is killed: its counters are gone, which the event says.
    @Test
    void aRestartIsTold() {
        var own = Pg17.started(List.of());
        try (var rig = ToolRig.of(own.database("shop"))) {
            var events = new ToolRig.Events();
            var monitor =
                    new MonitorSystemHealth(
                            rig.targets(), rig.sql(), lakehouse, new LiveHealthBoard(), events);
            Runnable round = () -> monitor.run(new MonitorSystemHealth.Input(false), rig.context());
            round.run();
            round.run();
            assertThat(events.of(OpsEvent.ServerRestarted.class)).isEmpty();

            own.kill();
            own.restart();
            // The first round may meet the connection that died with the server.
            await().atMost(Patience.LONG)
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> {
                                round.run();
                                assertThat(events.of(OpsEvent.ServerRestarted.class)).isNotEmpty();
                            });
            round.run();
            assertThat(events.of(OpsEvent.ServerRestarted.class))
                    .singleElement()
                    .satisfies(e -> assertThat(e.statisticsLost()).isTrue())
                    .satisfies(e -> assertThat(e.startedAt()).isBefore(e.at()));
        } finally {
            own.stop();
        }
    }

    @Test
    void anUnreachableServerIsAnOutageNotANumber() {
        try (var rig =
                new ToolRig(TestTargets.of("jdbc:postgresql://127.0.0.1:1/none", "dba", "dba"))) {
            var board = new LiveHealthBoard();
            var events = new ToolRig.Events();
            var tool = new MonitorSystemHealth(rig.targets(), rig.sql(), lakehouse, board, events);
            assertThatThrownBy(() -> tool.run(new MonitorSystemHealth.Input(false), rig.context()))
                    .isInstanceOf(OpsException.class);
            var outage = Objects.requireNonNull(board.outage(rig.test().target()));
            assertThatThrownBy(() -> tool.run(new MonitorSystemHealth.Input(false), rig.context()))
                    .isInstanceOf(OpsException.class);
            assertThat(Objects.requireNonNull(board.outage(rig.test().target())).since())
                    .isEqualTo(outage.since());
            assertThat(events.of(OpsEvent.ReachabilityChanged.class)).hasSize(1);
            var judge =
                    new EvaluateAlertThresholds(
                            board,
                            new AlertsInMemory(),
                            MetricDefinitions.standard(),
                            events,
                            tool,
                            new MemoryFindings(),
                            (_, _, _) -> List.of());
            assertThat(
                            ToolRig.refused(
                                    judge.run(
                                            new EvaluateAlertThresholds.Input(null),
                                            rig.context())))
                    .contains("not answered");
        }
    }
}

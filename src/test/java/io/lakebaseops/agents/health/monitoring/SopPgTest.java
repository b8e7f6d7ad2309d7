package io.lakebaseops.agents.health.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.AlertsInMemory;
import io.lakebaseops.agents.ExecutionPlanHistory;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/// Procedures that capture or ask: the plan of a slow statement, the freeze of old tables. On a
/// server of its own, where the slowest statement is the one the test runs.
final class SopPgTest {
    @TempDir private static Path dir;

    private static Pg17 server;
    private static Pg17.Database database;
    private static LocalLakehouse lakehouse;

    private final AlertsInMemory alerts = new AlertsInMemory();

    @BeforeAll
    static void start() {
        server = Pg17.started(List.of("compute_query_id=on"));
        database = server.database("Sop \"1\".x");
        database.asDba(
                "create schema \"S.c\"",
                "create table \"S.c\".\"Slow 'un\" as"
                        + " select g as id, 'mail' || g as mail from generate_series(1, 2000) g",
                "create table \"S.c\".\"Old :a\" as select g as id from generate_series(1, 100) g",
                "create table \"S.c\".young (id int)");
        lakehouse = LocalLakehouse.open(dir, Clock.systemUTC());
        lakehouse.ensureTables(OpsTables.ALL);
    }

    @AfterAll
    static void stop() {
        lakehouse.close();
        server.stop();
    }

    private Alerts.Alert alert(ToolRig rig, MetricName metric, Severity severity) {
        var now = Instant.now();
        return alerts.save(
                new Alerts.Alert(
                        UUID.randomUUID().toString(),
                        rig.test().target(),
                        metric,
                        severity,
                        1,
                        1,
                        Subject.database(database.name()),
                        metric.id() + " is beyond its limit",
                        now,
                        now,
                        null,
                        null,
                        null));
    }

    private ExecuteLowRiskSop tool(ToolRig rig) {
        return new ExecuteLowRiskSop(
                rig.targets(),
                rig.sql(),
                alerts,
                MetricDefinitions.standard(),
                new ExecutionPlanHistory(lakehouse, new ToolRig.Events()),
                (_, _, _) -> List.of());
    }

    /// Handles a slow-statement alert while `sql` runs as `user`.
    private ExecuteLowRiskSop.Output whileRunning(ToolRig rig, String user, String sql)
            throws SQLException {
        var alert = alert(rig, MetricName.SLOWEST_QUERY_SECONDS, Severity.CRITICAL);
        try (var connection = server.connect(database.name(), user, user);
                var statement = connection.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = CompletableFuture.runAsync(() -> execute(statement, sql), threads);
            Awaitility.await()
                    .until(
                            () ->
                                    "1"
                                            .equals(
                                                    database.scalar(
                                                            "select count(*) from pg_stat_activity"
                                                                    + " where usename = '"
                                                                    + user
                                                                    + "' and wait_event = 'PgSleep'"
                                                                    + " and application_name not"
                                                                    + " like 'lakebaseops%'")));
            try {
                return ToolRig.found(
                                tool(rig)
                                        .propose(
                                                new ExecuteLowRiskSop.Input(alert.id(), false),
                                                rig.context())
                                        .outcome())
                        .data();
            } finally {
                statement.cancel();
                running.join();
            }
        }
    }

    private static void execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("57014");
        }
    }

    @Test
    void theSlowStatementsOwnPlanIsKeptWithoutItsValues() throws SQLException {
        try (var rig = ToolRig.of(database)) {
            var sql =
                    "select s.id, pg_sleep(120) from \"S.c\".\"Slow 'un\" s where mail = 'mail7' or"
                            + " mail = 'ada@example.org'";
            var output = whileRunning(rig, Pg17.DBA, sql);
            assertThat(output.advice()).contains("execution plan (cost");
            var plan = Objects.requireNonNull(output.executionPlan()).rows().list().getFirst();
            assertThat(plan.toString())
                    .contains("Seq Scan")
                    .contains("Slow 'un")
                    .doesNotContain("ada@")
                    .doesNotContain("mail7");
            assertThat(lakehouse.rowCount(OpsTables.PLAN_HISTORY.name())).isEqualTo(1);
            whileRunning(rig, Pg17.DBA, sql);
            assertThat(lakehouse.rowCount(OpsTables.PLAN_HISTORY.name()))
                    .as("the same plan again is no news")
                    .isEqualTo(1);
            database.asDba("create index on \"S.c\".\"Slow 'un\" (mail)", "analyze");
            whileRunning(rig, Pg17.DBA, sql);
            assertThat(lakehouse.rowCount(OpsTables.PLAN_HISTORY.name())).isEqualTo(2);
        }
    }

    @Test
    void aTextLongerThanTheServerKeepsIsPlannedFromItsNormalisedForm() throws SQLException {
        try (var rig = ToolRig.of(database)) {
            var sql =
                    "select /* "
                            + "long ".repeat(300)
                            + "*/ count(pg_sleep(120)) from (values (1)) v(id) where id < 777123";
            // The server keeps the text of a statement once it has ended for the first time.
            database.asDba(sql.replace("pg_sleep(120)", "pg_sleep(0)"));
            var alone = whileRunning(rig, Pg17.DBA, sql);
            assertThat(alone.advice()).contains("execution plan (cost");
            var evidence = Objects.requireNonNull(alone.executionPlan());
            assertThat(evidence.query()).isEqualTo("capability/explain_generic");
            assertThat(evidence.rows().list().getFirst().toString()).doesNotContain("777123");
        }
    }

    @Test
    void withoutPgMonitorItSaysWhyThereIsNoPlan() throws SQLException {
        database.asAdmin("create role onlooker login password 'onlooker'");
        try (var rig = new ToolRig(TestTargets.of(database.url(), "onlooker", "onlooker"))) {
            var output =
                    whileRunning(rig, Pg17.DBA, "select pg_sleep(120) from \"S.c\".\"Slow 'un\"");
            assertThat(output.executionPlan()).isNull();
            assertThat(output.advice()).contains("pg_monitor");
        }
    }

    @Test
    void aWarningAboutAgeIsAdviceAndACriticalOneAsksToFreezeTheOldestTables() {
        database.asDba(
                "do $$ begin for i in 1..300 loop perform pg_current_xact_id(); commit; end loop;"
                        + " end $$",
                "vacuum (freeze) \"S.c\".young");
        try (var rig = ToolRig.of(database)) {
            var warning = alert(rig, MetricName.TXID_AGE, Severity.WARNING);
            var advised =
                    tool(rig)
                            .propose(
                                    new ExecuteLowRiskSop.Input(warning.id(), false),
                                    rig.context());
            assertThat(advised.plans()).isEmpty();
            assertThat(ToolRig.found(advised.outcome()).data().advice()).contains("VACUUM FREEZE");

            var critical = alert(rig, MetricName.TXID_AGE, Severity.CRITICAL);
            var asked =
                    tool(rig)
                            .propose(
                                    new ExecuteLowRiskSop.Input(critical.id(), false),
                                    rig.context());
            assertThat(asked.plans()).isNotEmpty().hasSizeLessThanOrEqualTo(3);
            assertThat(asked.plans()).extracting(p -> p.subject().name()).doesNotContain("young");
            assertThat(ToolRig.found(asked.outcome()).data().advice()).contains("approval");
            asked.plans().forEach(rig::carryOut);
        }
    }

    @Test
    void withoutPgMaintainItSaysThatItMayNotFreeze() {
        database.asAdmin("create role bystander login password 'b' in role pg_monitor");
        try (var rig = new ToolRig(TestTargets.of(database.url(), "bystander", "b"))) {
            var critical = alert(rig, MetricName.TXID_AGE, Severity.CRITICAL);
            var asked =
                    tool(rig)
                            .propose(
                                    new ExecuteLowRiskSop.Input(critical.id(), false),
                                    rig.context());
            assertThat(asked.plans()).isEmpty();
            assertThat(ToolRig.found(asked.outcome()).caveats())
                    .anyMatch(c -> c.contains("pg_maintain"));
        }
    }
}

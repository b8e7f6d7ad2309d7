package io.lakebaseops.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.health.connections.MonitorConnections;
import io.lakebaseops.agents.health.monitoring.ExecuteLowRiskSop;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.agents.performance.maintenance.IdentifyTablesNeedingVacuum;
import io.lakebaseops.agents.performance.metrics.PersistPgStatStatements;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// A right taken away is said, never taken for an empty or healthy server. The other tools' lost
/// rights are tested beside them; detecting indexes, branches and judging alerts need none.
final class LostRightsPgTest {
    /// Of its own: the tool looks at every database of a server.
    private static final Pg17 SERVER = Pg17.started(List.of());

    private static Pg17.Database database;

    @TempDir private Path dir;

    @BeforeAll
    static void build() {
        database = SERVER.database("rights");
        database.asDba(
                "create table big as select g as id, repeat('x', 200) as t"
                        + " from generate_series(1, 60000) g",
                "delete from big where id % 2 = 0",
                "select pg_stat_force_next_flush()");
        database.asAdmin(
                "create role rights_none login password 'r'",
                "create role rights_watch login password 'r' in role pg_monitor");
    }

    private static ToolRig as(String role) {
        return new ToolRig(TestTargets.of(database.url(), role, "r"));
    }

    @Test
    void withoutPgMonitorStatementsOfOthersAreNotTakenForNone() {
        try (var rig = as("rights_none");
                var lakehouse = LocalLakehouse.open(dir, Clock.systemUTC())) {
            lakehouse.ensureTables(OpsTables.ALL);
            var outcome =
                    new PersistPgStatStatements(
                                    rig.targets(),
                                    lakehouse,
                                    dir.resolve("s"),
                                    (_, _) -> null,
                                    (_, _) -> {})
                            .run(new PersistPgStatStatements.Input(5000), rig.context());
            assertThat(ToolRig.refused(outcome)).contains("pg_monitor");
        }
    }

    @Test
    void withoutPgMonitorNobodyKnowsWhatHoldsTheHorizon() {
        try (var rig = as("rights_none")) {
            var found =
                    ToolRig.found(
                            new IdentifyTablesNeedingVacuum(rig.targets(), rig.sql())
                                    .run(
                                            new IdentifyTablesNeedingVacuum.Input(0.3),
                                            rig.context()));
            assertThat(found.caveats()).anyMatch(c -> c.contains("pg_monitor"));
            assertThat(found.coversKinds()).noneMatch(k -> k.contains("horizon"));
        }
    }

    @Test
    void withoutPgMonitorConnectionsAreIncomplete() {
        try (var rig = as("rights_none")) {
            var found =
                    ToolRig.found(
                            new MonitorConnections(rig.targets(), rig.sql())
                                    .run(new MonitorConnections.Input(5), rig.context()));
            assertThat(found.caveats()).anyMatch(c -> c.contains("pg_monitor"));
        }
    }

    @Test
    void withoutPgMaintainTheProcedureForDeadRowsSaysSo() {
        assertThat(caveatsOf(MetricName.MAX_DEAD_TUPLE_RATIO))
                .anyMatch(c -> c.contains("pg_maintain") && c.contains("public.big"));
    }

    @Test
    void withoutPgSignalBackendTheProcedureForIdleSessionsSaysSo() {
        assertThat(caveatsOf(MetricName.CONNECTION_UTILIZATION))
                .anyMatch(c -> c.contains("pg_signal_backend"));
    }

    private List<String> caveatsOf(MetricName metric) {
        var now = Instant.now();
        var alerts = new AlertsInMemory();
        try (var rig = as("rights_watch")) {
            alerts.save(
                    new Alerts.Alert(
                            "a",
                            rig.test().target(),
                            metric,
                            Severity.CRITICAL,
                            1,
                            1,
                            Subject.database(database.name()),
                            "beyond its limit",
                            now,
                            now,
                            null,
                            null,
                            null));
            try (var lakehouse = LocalLakehouse.open(dir, Clock.systemUTC())) {
                var sop =
                        new ExecuteLowRiskSop(
                                rig.targets(),
                                rig.sql(),
                                alerts,
                                MetricDefinitions.standard(),
                                new ExecutionPlanHistory(lakehouse, new ToolRig.Events()),
                                (_, _, _) -> List.of());
                var proposal = sop.propose(new ExecuteLowRiskSop.Input("a", false), rig.context());
                assertThat(proposal.plans()).isEmpty();
                return ToolRig.found(proposal.outcome()).caveats();
            }
        }
    }
}

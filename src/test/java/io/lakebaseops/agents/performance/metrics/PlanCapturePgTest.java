package io.lakebaseops.agents.performance.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ExecutionPlanHistory;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.lakehouse.history.StatementPlans;
import io.lakebaseops.lakehouse.history.TimeRange;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Plans of statements that ran, kept by the run that stores their statistics.
final class PlanCapturePgTest {
    @TempDir private Path dir;

    private final Pg17.Database database = Pg17.shared().database("plan capture");
    private final ToolRig.Events events = new ToolRig.Events();

    private long queryId() throws Exception {
        try (var admin = Pg17.shared().admin(database.name());
                var row =
                        admin.createStatement()
                                .executeQuery(
                                        "select queryid from pg_stat_statements where query like"
                                                + " 'select y from public.captured%' and dbid = (select oid"
                                                + " from pg_database where datname ="
                                                + " current_database())")) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    @Test
    void aPlanIsLookedAtOnceAnHourAndItsChangeIsTold() throws Exception {
        database.asDba(
                "create table captured (x int primary key, y int)",
                "insert into captured select i, i from generate_series(1, 20000) i",
                "analyze captured",
                "select y from public.captured where y = 7");
        try (var lake = LocalLakehouse.open(dir, Clock.systemUTC());
                var rig = ToolRig.of(database)) {
            lake.ensureTables(OpsTables.ALL);
            var history = new ExecutionPlanHistory(lake, events);
            var running = Map.of(database.name(), Map.of(queryId(), 1.5));
            var capture = new ExplainedPlanCapture(rig.targets(), history);
            capture.capture(running, rig.context());
            database.asDba("create index captured_y on captured (y)");
            capture.capture(running, rig.context());
            var plans = new StatementPlans(lake);
            assertThat(plans.of(rig.context().target(), queryId(), TestTargets.deadline()))
                    .as("looked at within the hour")
                    .singleElement()
                    .satisfies(p -> assertThat(p.meanMillis()).isEqualTo(1.5));
            // Its mean time jumps, so that it is looked at within the hour, too.
            capture.capture(Map.of(database.name(), Map.of(queryId(), 0.1)), rig.context());
            assertThat(plans.of(rig.context().target(), queryId(), TestTargets.deadline()))
                    .extracting(p -> p.changed())
                    .containsExactly(false, true);
            assertThat(events.of(OpsEvent.ExecutionPlanChanged.class))
                    .singleElement()
                    .satisfies(
                            e ->
                                    assertThat(e.difference())
                                            .startsWith("public.captured is read by ")
                                            .contains("captured_y instead of Seq Scan"));
            var hour = TimeRange.before(Instant.now().plusSeconds(1), Duration.ofHours(1));
            assertThat(plans.changes(rig.context().target(), hour, TestTargets.deadline()))
                    .extracting(StatementPlans.Change::queryId)
                    .isEqualTo(List.of(queryId()));
        }
    }
}

package io.lakebaseops.agents.performance.indexes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.GateRig;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.state.IdleIndexStore;
import io.lakebaseops.testing.Pg17;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.util.List;

/// Index checks on one real server, through the gate and back, as a role without superuser.
final class IndexToolsPgTest {
    /// Of its own: the tools look at every database of a server.
    private static final Pg17 SERVER =
            Pg17.started(List.of("shared_preload_libraries=pg_stat_statements"));

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    private static @Nullable String indexes(Pg17.Database database) {
        return database.scalar(
                "select string_agg(pg_get_indexdef(indexrelid) || indisvalid, e'\\n' order by"
                        + " indexrelid::regclass::text) from pg_index join pg_class c on c.oid ="
                        + " indexrelid where relnamespace <> 'pg_catalog'::regnamespace and"
                        + " relnamespace <> 'pg_toast'::regnamespace");
    }

    private static List<Finding> of(List<Finding> findings, Pg17.Database database) {
        return findings.stream()
                .filter(f -> database.name().equals(f.subject().database()))
                .toList();
    }

    private static void done(FiledPlan done) {
        assertThat(done.state()).as(done.reason()).isEqualTo(FiledPlan.State.DONE);
        assertThat(done.risk().level()).isEqualTo(RiskLevel.MEDIUM);
    }

    @Test
    void anUnusedIndexIsDroppedThroughTheGateUnlessSomebodyUsedItMeanwhile() {
        var database = SERVER.database("Un \"used\".x");
        database.asDba(
                "create table \"t's\"(id int primary key, a int, b int)",
                "insert into \"t's\" select g, g, g from generate_series(1, 100000) g",
                "create index \"i.1\" on \"t's\"(a)",
                "create index \"i;2\" on \"t's\"(b) include (a) with (fillfactor = 80)",
                "comment on index \"i;2\" is 'it''s there'",
                "analyze \"t's\"",
                "select * from \"t's\" where id = 7");
        try (var gate = GateRig.of(database)) {
            var rig = gate.tools();
            var tool =
                    new DetectUnusedIndexes(
                            rig.targets(), rig.sql(), new IdleIndexStore(gate.state()));

            var today = ToolRig.found(tool.run(new DetectUnusedIndexes.Input(7), rig.context()));
            assertThat(of(today.findings(), database)).isEmpty();
            assertThat(today.data().waiting())
                    .extracting(DetectUnusedIndexes.Unused::index)
                    .containsExactlyInAnyOrder("i.1", "i;2");
            assertThat(today.caveats()).anyMatch(c -> c.contains("2 indexes of a megabyte"));

            var found = of(found(tool, rig), database);
            assertThat(found).hasSize(2);
            var before = indexes(database);
            var plans = tool.remedies(database.name(), found, rig.context()).plans();
            database.asDba(
                    "set enable_seqscan = off; select count(*) from \"t's\" where a = 5;"
                            + " select pg_stat_force_next_flush()");
            for (var plan : plans) {
                var done = gate.carryOut(plan);
                if (plan.subject().name().equals("i.1")) {
                    assertThat(done.state())
                            .as("used meanwhile")
                            .isEqualTo(FiledPlan.State.SUPERSEDED);
                    assertThat(indexes(database)).isEqualTo(before);
                } else {
                    done(done);
                    assertThat(indexes(database)).isNotEqualTo(before);
                    assertThat(gate.undo(done).state()).isEqualTo(FiledPlan.State.UNDONE);
                    assertThat(indexes(database)).isEqualTo(before);
                }
            }
            assertThat(database.scalar("select obj_description('\"i;2\"'::regclass, 'pg_class')"))
                    .isEqualTo("it's there");
        }
    }

    private static List<Finding> found(DetectUnusedIndexes tool, ToolRig rig) {
        return ToolRig.found(tool.run(new DetectUnusedIndexes.Input(0), rig.context())).findings();
    }
}

package io.lakebaseops.agents.performance;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.GateRig;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.change.approval.PlanListener;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.state.FindingStore;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What tools cost must not grow with findings times catalog: every remedy is filed, and the server
/// is asked as often for three hundred findings as for three. Figures: [ManyTablesBench].
final class ManyTablesPgTest {
    private static final int TABLES = 1_000;

    /// Databases, capabilities, one or two looks at the catalog, timeouts; nothing per finding.
    private static final int STATEMENTS = 20;

    /// Findings stored, plans filed in batches of five hundred, the chain, the notes: however many.
    private static final int STATE_STATEMENTS = 30;

    /// A table, its three indexes, every third one's foreign key: each once, and once more where a
    /// plan is made for it. Not the index of its TOAST table.
    private static final int ROWS = 5 * TABLES;

    /// Far above what it takes, far below what a look per finding took.
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static final Pg17 SERVER =
            Pg17.started(
                    List.of(
                            "max_locks_per_transaction=500",
                            "fsync=off",
                            "shared_preload_libraries=pg_stat_statements"));

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    private static final String OWN = " from pg_database where datname = current_database()";

    private static long sum(Pg17.Database database, String column) {
        var sum =
                database.scalar(
                        "select coalesce(sum(%s), 0) from pg_stat_statements where query like '/* lakebaseops%%'"
                                        .formatted(column)
                                + " and dbid = (select oid"
                                + OWN
                                + ")");
        return Long.parseLong(sum);
    }

    @Test
    void allRemediesAreFiledWithoutALookPerFinding() {
        var database = SERVER.database("many");
        ManyTables.fill(database, TABLES);
        database.asAdmin("create extension if not exists pg_stat_statements");
        var state = StateDatabases.fresh("many_state");
        try (var gate =
                        GateRig.on(
                                state.url(),
                                ToolRig.of(database),
                                PlanListener.NOBODY,
                                _ -> Optional.empty());
                var room = TaskExecutor.open(Clock.systemUTC())) {
            int[] plans = {ManyTables.duplicates(TABLES) + ManyTables.gaps(TABLES), 0};
            var tools = ManyTablesBench.tools(gate);
            for (int i = 0; i < plans.length; i++) {
                database.asAdmin("select pg_stat_statements_reset()");
                state.asAdmin("select pg_stat_statements_reset(0, oid, 0)" + OWN);
                long begin = System.nanoTime();

                var report = ManyTablesBench.run(gate, room, tools.get(i));

                assertThat(report.status()).as(report.error()).isEqualTo(ToolReport.Status.OK);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LIMIT);
                assertThat(report.caveats()).isEmpty();
                assertThat(report.plans())
                        .hasSize(plans[i])
                        .allMatch(p -> p.state() == FiledPlan.State.WAITING);
                assertThat(sum(database, "calls"))
                        .as("statements of %s", report.tool())
                        .isBetween(3L, (long) STATEMENTS);
                assertThat(sum(database, "rows"))
                        .as("rows read by %s", report.tool())
                        .isLessThanOrEqualTo(ROWS);
                assertThat(sum(state, "calls"))
                        .as("statements of %s to the state database", report.tool())
                        .isBetween(3L, (long) STATE_STATEMENTS);
            }
            var groups = new FindingStore(gate.state()).groups(gate.tools().test().target());
            assertThat(groups.stream().mapToInt(g -> g.count()).sum()).isEqualTo(plans[0]);
            assertThat(groups).hasSizeLessThan(150);
        }
    }
}

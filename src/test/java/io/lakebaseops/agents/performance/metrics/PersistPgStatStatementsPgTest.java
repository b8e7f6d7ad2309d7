package io.lakebaseops.agents.performance.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.postgres.Capabilities;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SnapshotSession;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.postgres.WritePermit;
import io.lakebaseops.postgres.WriteSession;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// On a server of its own: statement statistics are about the whole server.
final class PersistPgStatStatementsPgTest {
    private static final PersistPgStatStatements.Input ALL =
            new PersistPgStatStatements.Input(5000);

    private static Pg17 server;
    private static Pg17.Database database;
    private Lakehouse lakehouse;
    private Path snapshots;

    @BeforeAll
    static void start() {
        server = Pg17.started(List.of());
        database = server.database("s");
        database.asDba("create table t(a int, b text)");
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @BeforeEach
    void open(@TempDir Path dir) {
        lakehouse = LocalLakehouse.open(dir.resolve("lake"), Clock.systemUTC());
        lakehouse.ensureTables(OpsTables.ALL);
        snapshots = dir.resolve("snapshots");
    }

    private PersistPgStatStatements.Output run(ToolRig rig) {
        return found(rig, snapshots).data();
    }

    private Outcome.Found<PersistPgStatStatements.Output> found(ToolRig rig, Path snapshots) {
        return ToolRig.found(
                new PersistPgStatStatements(
                                rig.targets(), lakehouse, snapshots, (_, _) -> null, (_, _) -> {})
                        .run(ALL, rig.context()));
    }

    private Rows read(String sql) {
        return lakehouse.query(
                new LakeQuery("test", sql), Map.of(), ReadScope.ALL, TestTargets.deadline());
    }

    private Object calls(String like) {
        return read("select cast(sum(calls) as bigint) as calls from {pg_stat_history} where queryid"
                        + " in (select queryid from {query_text} where query like '"
                        + like
                        + "')")
                .list()
                .getFirst()
                .get("calls");
    }

    @Test
    void anIntervalHoldsWhatRanInItAcrossRestartsOfTheConsole() {
        try (var rig = ToolRig.of(database)) {
            assertThat(run(rig).baseline()).isTrue();
            for (int i = 0; i < 7; i++) {
                database.asDba("insert into t values (" + i + ", 'secret')");
            }
            var second = run(rig);
            assertThat(second.baseline())
                    .as("a new tool object goes on from the stored snapshot")
                    .isFalse();
            assertThat(second.written()).isPositive();
            assertThat(calls("insert into t %")).isEqualTo(7L);
            assertThat(
                            read("select query from {query_text} where query like '%secret%' or"
                                            + " query like '%lakebaseops%'")
                                    .isEmpty())
                    .isTrue();
            var third = run(rig);
            assertThat(third.written()).as("only what ran is written").isLessThan(5);
            assertThat(third.newTexts()).isLessThan(5);
            assertThat(calls("insert into t %")).isEqualTo(7L);
        }
    }

    /// Each machine has its own snapshots; the history is one.
    @Test
    void twoConsolesOnOneHistoryCountNoIntervalTwice(@TempDir Path here, @TempDir Path there) {
        var other = server.database("two");
        other.asDba("create table u(a int)");
        try (var rig = ToolRig.of(other)) {
            assertThat(found(rig, here).data().baseline()).isTrue();
            assertThat(found(rig, there).data().baseline()).isTrue();
            for (int i = 0; i < 3; i++) {
                other.asDba("insert into u values (1)");
                assertThat(found(rig, here).data().written()).isPositive();
                var second = found(rig, there);
                assertThat(second.data().written()).isZero();
                assertThat(second.caveats()).anyMatch(c -> c.contains("another console"));
            }
            assertThat(calls("insert into u %")).isEqualTo(3L);

            // The first is closed: the second goes on from its last look.
            other.asDba("insert into u values (1)");
            assertThat(found(rig, there).data().written()).isPositive();
            assertThat(calls("insert into u %")).isEqualTo(4L);
            other.asDba("insert into u values (1)");
            assertThat(found(rig, there).data().written()).isPositive();
            assertThat(found(rig, here).data().written()).as("opened again").isZero();
            assertThat(calls("insert into u %")).isEqualTo(5L);
        }
    }

    /// Anybody can write our comment before a statement.
    @Test
    void anApplicationsStatementWithOurCommentIsNotHidden() {
        try (var rig = ToolRig.of(database)) {
            run(rig);
            database.asAdmin(
                    "/* lakebaseops:capability/databases */ select count(*) as l2_probe from t",
                    "select count(*) as l2_probe from t");
            run(rig);
            assertThat(calls("%l2_probe%")).isEqualTo(2L);
            assertThat(calls("%lakebaseops:metrics%")).as("ours stays out").isNull();
        }
    }

    @Test
    void theHistoryGrowsOnlyByWhatChanged() {
        var other = server.database("grows");
        int known = 300;
        int changed = 20;
        other.asDba(statements(known));
        try (var rig = ToolRig.of(other)) {
            run(rig);
            long before = grown();
            long bytes = lakehouse.facts(OpsTables.PG_STAT_HISTORY.name()).bytes();
            long texts = lakehouse.rowCount(OpsTables.QUERY_TEXT.name());
            other.asDba(statements(changed));
            run(rig);
            assertThat(grown() - before).isEqualTo(changed);
            assertThat(lakehouse.facts(OpsTables.PG_STAT_HISTORY.name()).bytes() - bytes)
                    .as("one small file, not a copy of what was there")
                    .isBetween(1L, 64L << 10);
            assertThat(
                            read("select q.queryid from {query_text} q where q.query like"
                                            + " '%grows_probe%' group by q.queryid having"
                                            + " count(*) > 1")
                                    .isEmpty())
                    .as("a text is kept once")
                    .isTrue();
            assertThat(lakehouse.rowCount(OpsTables.QUERY_TEXT.name()) - texts)
                    .isLessThanOrEqualTo(known);
            long size = lakehouse.facts(OpsTables.PG_STAT_HISTORY.name()).bytes();
            long rows = grown();
            run(rig);
            assertThat(grown()).as("nothing of it ran").isEqualTo(rows);
            assertThat(lakehouse.facts(OpsTables.PG_STAT_HISTORY.name()).bytes() - size)
                    .isLessThan(64L << 10);
        }
    }

    /// Each with another number of columns: aliases and values make no statement a new one.
    private static String[] statements(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> "select 1 as grows_probe" + ", 1".repeat(n))
                .toArray(String[]::new);
    }

    /// Rows about the statements of that test.
    private long grown() {
        return ((Number)
                        read("select count(*) as n from {pg_stat_history} h where h.queryid in"
                                        + " (select q.queryid from {query_text} q where q.query"
                                        + " like '%grows_probe%')")
                                .list()
                                .getFirst()
                                .get("n"))
                .longValue();
    }

    @Test
    void aResetIsMarkedAndNothingIsNegative() {
        try (var rig = ToolRig.of(database)) {
            database.asDba(
                    "select count(*) as reset_probe from t",
                    "select count(*) as reset_probe from t");
            run(rig);
            database.asAdmin("select pg_stat_statements_reset()");
            database.asDba("select count(*) as reset_probe from t");
            assertThat(run(rig).resetDetected()).isTrue();
            assertThat(calls("%reset_probe%")).isEqualTo(1L);
            assertThat(
                            read("select calls from {pg_stat_history} where calls < 0 or"
                                            + " total_exec_time < 0")
                                    .isEmpty())
                    .isTrue();
            assertThat(
                            read("select reset_detected from {pg_stat_history} where"
                                            + " reset_detected")
                                    .isEmpty())
                    .isFalse();
        }
    }

    @Test
    void aCrashBetweenStoringAndCommittingCountsNothingTwice() throws Exception {
        try (var rig = ToolRig.of(database)) {
            run(rig);
            Path base;
            try (var files = Files.list(snapshots)) {
                base = files.findFirst().orElseThrow();
            }
            var before = Files.readAllBytes(base);
            database.asDba("select 1 as crash_probe", "select 2 as crash_probe");
            run(rig);
            // As it was just before the rename: rows stored, the new snapshot still pending.
            Files.move(
                    base,
                    base.resolveSibling(
                            base.getFileName().toString().replace(".snapshot.", ".pending.")));
            Files.write(base, before);
            database.asDba("select 3 as crash_probe");
            run(rig);
            assertThat(calls("%crash_probe%")).isEqualTo(3L);
        }
    }

    @Test
    void aSuspendedComputeIsNotWoken() {
        try (var rig = ToolRig.of(database)) {
            var asleep = new Asleep(rig.targets());
            var outcome =
                    new PersistPgStatStatements(
                                    asleep, lakehouse, snapshots, (_, _) -> null, (_, _) -> {})
                            .run(ALL, rig.context(Actor.agent("performance")));
            assertThat(ToolRig.refused(outcome)).contains("suspended");
        }
    }

    /// Real targets whose compute sleeps; to open a session would be to wake it.
    private record Asleep(Targets real) implements Targets {
        @Override
        public SnapshotSession snapshot(TargetId target, String database, Deadline deadline) {
            return real.snapshot(target, database, deadline);
        }

        @Override
        public ReadSession read(TargetId target, Deadline deadline) {
            throw new AssertionError("woken");
        }

        @Override
        public ReadSession read(TargetId target, String database, Deadline deadline) {
            throw new AssertionError("woken");
        }

        @Override
        public List<String> databases(TargetId target, Deadline deadline) {
            throw new AssertionError("woken");
        }

        @Override
        public Capabilities capabilities(TargetId target, Deadline deadline) {
            throw new AssertionError("woken");
        }

        @Override
        public WriteSession write(
                TargetId target, String database, WritePermit permit, Deadline deadline) {
            throw new AssertionError("woken");
        }

        @Override
        public List<TargetId> known() {
            return real.known();
        }

        @Override
        public boolean awake(TargetId target, Deadline deadline) {
            return false;
        }

        @Override
        public void close() {}
    }
}

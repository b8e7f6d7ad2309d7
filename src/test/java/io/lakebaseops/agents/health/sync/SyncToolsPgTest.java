package io.lakebaseops.agents.health.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.GateRig;
import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.change.approval.PlanListener;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.reconcile.MirrorFixture;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.SyncPairStore;
import io.lakebaseops.state.SyncPairs.Truth;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A pair found, watched, compared, told of, and repaired through the gate.
final class SyncToolsPgTest {
    @TempDir static Path folder;

    /// Its own: rows that are younger than the oldest transaction of the whole server may be on
    /// their way.
    private static final Pg17 SERVER = Pg17.started(List.of("autovacuum=off"));

    private static Pg17.Database database;
    private static ToolRig rig;
    private static MirrorFixture mirror;
    private static GateRig gate;
    private static StateDb state;
    private static LocalLakehouse lakehouse;
    private static PairList pairs;
    private static PairValidator validator;
    private static RepairPlans repairs;
    private static final ToolRig.Events EVENTS = new ToolRig.Events();
    private static final SyncBoard BOARD = new SyncBoard();

    @BeforeAll
    static void start() {
        database = SERVER.database("sync");
        database.asDba(
                "create schema shop",
                "create table shop.prices (sku text primary key, price numeric(10,2), valid daterange,"
                        + " updated_at timestamptz)",
                "insert into shop.prices select 'S' || g, g, daterange('2024-01-01', null),"
                        + " timestamptz '2026-11-20 10:00+00' + g * interval '1 s' from generate_series(1, 200) g",
                "create table shop.alone (id int primary key)",
                "create table shop.loose (id int)",
                "analyze");
        rig = ToolRig.of(database);
        mirror = new MirrorFixture(database, folder.resolve("prod_shop"), rig.test());
        gate = GateRig.of(rig, PlanListener.NOBODY, _ -> Optional.empty());
        state = gate.state();
        lakehouse = LocalLakehouse.open(folder.resolve("lake"), Clock.systemUTC());
        lakehouse.ensureTables(List.of(OpsTables.SYNC_VALIDATION_HISTORY));
        pairs = new PairList(new SyncPairStore(state), mirror.reconciler(), rig.targets());
        validator = new PairValidator(mirror.reconciler(), pairs, BOARD, lakehouse);
        repairs = new RepairPlans(rig.targets(), rig.sql());
    }

    @AfterAll
    static void stop() {
        lakehouse.close();
        gate.close();
        mirror.close();
        SERVER.stop();
    }

    private static void copy(String query) {
        mirror.mirror(
                "prices",
                query,
                "sku VARCHAR",
                "price DECIMAL(10,2)",
                "valid VARCHAR",
                "updated_at TIMESTAMPTZ");
    }

    private static RunFullSyncValidation tool() {
        return new RunFullSyncValidation(rig.targets(), validator, repairs, EVENTS);
    }

    private static void watch(Truth truth) {
        var pair = mirror.pair("prices");
        new SyncPairStore(state).put(pair.target(), PairList.row(pair, truth, 0, true), "ada");
    }

    @Test
    void a_pair_is_found_compared_told_of_and_repaired_from_the_side_that_is_right()
            throws SQLException {
        copy(
                "select sku, case when sku = 'S7' then 99.5 else price end, valid, updated_at"
                        + " from shop.prices where sku <> 'S9' union all"
                        + " select 'NEW', 1.25, '[2024-01-01,)', '2026-11-20 10:00+00'");
        var none =
                ToolRig.found(
                        tool().run(new RunFullSyncValidation.Input(null, false), rig.context()));
        assertThat(none.data().pairs()).isEmpty();
        assertThat(none.data().found())
                .as("a namesake in Delta")
                .contains("shop.prices")
                .doesNotContain("shop.alone");

        watch(Truth.DELTA);
        var run =
                ToolRig.found(
                        tool().run(new RunFullSyncValidation.Input(null, false), rig.context()));
        assertThat(run.data().drift()).isEqualTo(1);
        assertThat(run.data().found()).doesNotContain("shop.prices");
        assertThat(run.coversKinds()).contains("sync_drift");
        var finding = run.findings().getFirst();
        assertThat(finding.summary())
                .isEqualTo(
                        "3 rows of shop.prices differ from shop.prices in Delta: 1 extra, 1 missing, 1 stale");
        assertThat(EVENTS.of(OpsEvent.SyncDriftDetected.class))
                .anyMatch(e -> e.subject().name().equals("prices"));
        var history =
                lakehouse.query(
                        new LakeQuery(
                                        "test/history",
                                        "select * from {history} where status = 'drift'")
                                .at(
                                        "history",
                                        TableName.parse("lakebase_ops.sync_validation_history")),
                        Map.of(),
                        ReadScope.ALL,
                        TestTargets.deadline());
        assertThat(history.list().getFirst())
                .containsEntry("source_count", 200L)
                .containsEntry("count_drift", 0L)
                .containsEntry("checksum_match", false)
                .containsEntry("status", "drift");

        var remedies = tool().remedies(database.name(), List.of(finding), rig.context());
        assertThat(remedies.skipped()).isEmpty();
        var plan = remedies.plans().getFirst();
        assertThat(plan.title()).isEqualTo("Repair 3 rows of shop.prices from Delta");
        var done = gate.carryOut(plan);
        assertThat(done.state()).as(String.valueOf(done.reason())).isEqualTo(FiledPlan.State.DONE);
        assertThat(done.risk().level()).as("a person decides").isNotEqualTo(RiskLevel.LOW);
        assertThat(prices()).isEqualTo("NEW=1.25 S7=99.50");
        var again =
                ToolRig.found(
                        tool().run(new RunFullSyncValidation.Input(null, false), rig.context()));
        assertThat(again.data().inSync()).isEqualTo(1);
        assertThat(again.findings()).isEmpty();

        gate.undo(done);
        assertThat(prices()).isEqualTo("S7=7.00 S9=9.00");
    }

    private static String prices() throws SQLException {
        try (var c = database.server().admin(database.name());
                var rows =
                        c.createStatement()
                                .executeQuery(
                                        "select string_agg(sku || '=' || price, ' ' order by sku) from shop.prices"
                                                + " where sku in ('S7', 'S9', 'NEW')")) {
            rows.next();
            return rows.getString(1);
        }
    }

    /// What was changed after it was seen is not overwritten.
    @Test
    void a_row_changed_since_is_left_alone() throws SQLException {
        database.asDba(
                "create table shop.stock (id int primary key, n int)",
                "insert into shop.stock values (1, 1), (2, 2)");
        mirror.mirror("stock", "select id, n + 10 from shop.stock", "id INTEGER", "n INTEGER");
        var pair = mirror.pair("stock");
        new SyncPairStore(state)
                .put(pair.target(), PairList.row(pair, Truth.DELTA, 0, true), "ada");
        var run =
                ToolRig.found(
                        tool().run(
                                        new RunFullSyncValidation.Input(
                                                List.of("shop.stock"), false),
                                        rig.context()));
        var plan =
                tool().remedies(database.name(), run.findings(), rig.context()).plans().getFirst();
        database.asDba("update shop.stock set n = 5 where id = 1");
        rig.run(plan.steps());
        try (var c = database.server().admin(database.name());
                var rows =
                        c.createStatement()
                                .executeQuery(
                                        "select string_agg(id || ':' || n, ' ' order by id) from shop.stock")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("1:5 2:12");
        }
        new SyncPairStore(state)
                .put(pair.target(), PairList.row(pair, Truth.DELTA, 0, false), "ada");
    }

    @Test
    void what_cannot_be_compared_fails_alone_and_says_what_to_do() {
        mirror.mirror("loose", "select id from shop.loose", "id INTEGER");
        var pair = mirror.pair("loose");
        new SyncPairStore(state)
                .put(pair.target(), PairList.row(pair, Truth.POSTGRESQL, 0, true), "ada");
        var run =
                ToolRig.found(
                        tool().run(
                                        new RunFullSyncValidation.Input(
                                                List.of("shop.loose"), false),
                                        rig.context()));
        assertThat(run.data().failed()).isEqualTo(1);
        assertThat(run.caveats().getFirst()).contains("no primary key", "add a primary key");
        assertThat(run.coversKinds()).as("nothing is concluded from what was not seen").isEmpty();
        new SyncPairStore(state)
                .put(pair.target(), PairList.row(pair, Truth.POSTGRESQL, 0, false), "ada");
    }

    @Test
    void completeness_counts_both_sides_and_tells_the_lag() {
        database.asDba(
                "create table shop.late (id int primary key, updated_at timestamptz)",
                "insert into shop.late values (1, '2026-11-20 10:00+00'), (2, '2026-11-20 12:00+00')");
        mirror.mirror(
                "late",
                "select * from shop.late where id = 1",
                "id INTEGER",
                "updated_at TIMESTAMPTZ");
        var output =
                ToolRig.found(
                                new ValidateSyncCompleteness(rig.targets(), validator)
                                        .run(
                                                new ValidateSyncCompleteness.Input(
                                                        "shop.late", "shop.late", null),
                                                rig.context()))
                        .data();
        assertThat(output.drift()).isEqualTo(1);
        assertThat(output.tsColumn()).isEqualTo("updated_at");
        assertThat(output.lagSeconds()).isEqualTo(7200);
        assertThat(output.fresh()).as("two hours are more than one").isFalse();
    }

    /// Paused it reads nothing more, cancelled it ends.
    @Test
    void a_check_can_be_held_and_cancelled() throws Exception {
        var deadline = TestTargets.deadline();
        var pair = mirror.pair("alone");
        try (var watch = BOARD.watch(pair, deadline)) {
            var running = BOARD.running(pair.target()).orElseThrow();
            running.pause(true);
            var held =
                    new Thread(
                            () -> {
                                try {
                                    watch.waitWhilePaused(deadline);
                                } catch (OpsException e) {
                                    assertThat(e.kind()).isEqualTo(OpsException.Kind.CANCELLED);
                                }
                            });
            held.start();
            assertThat(running.paused()).isTrue();
            running.cancel();
            held.join(60_000);
            assertThat(held.isAlive()).isFalse();
            assertThat(deadline.cancelled()).isTrue();
        }
        assertThat(BOARD.running(pair.target())).isEmpty();
    }

    @Test
    void the_statement_for_delta_names_exactly_the_keys() {
        var pair = mirror.pair("prices");
        copy("select sku, price, valid, updated_at from shop.prices where sku <> 'S3'");
        watch(Truth.POSTGRESQL);
        tool().run(new RunFullSyncValidation.Input(List.of("shop.prices"), false), rig.context());
        var result =
                pairs.watched(pair.target()).stream()
                        .filter(k -> k.pair().table().equals("prices"))
                        .findFirst()
                        .orElseThrow()
                        .result()
                        .orElseThrow();
        var check = Objects.requireNonNull(result.check());
        assertThat(check.keys()).extracting(k -> k.keyText()).contains("S3");
        assertThat(MergeText.of(pair, check.columns(), check.keyColumns(), check.keys()))
                .contains("MERGE INTO shop.prices t", "'S3', '3.00'", "ON t.sku = s.sku");
    }
}

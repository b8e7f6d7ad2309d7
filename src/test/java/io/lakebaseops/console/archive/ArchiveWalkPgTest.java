package io.lakebaseops.console.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.health.archival.ArchivalLedger;
import io.lakebaseops.agents.health.archival.ArchivalPlans;
import io.lakebaseops.agents.health.archival.ArchiveColdDataToDelta;
import io.lakebaseops.agents.health.archival.ColdLooks;
import io.lakebaseops.agents.health.archival.DeltaColdStore;
import io.lakebaseops.agents.health.archival.IdentifyColdData;
import io.lakebaseops.agents.health.archival.StoredArchiveBoard;
import io.lakebaseops.agents.health.archival.UnifiedQuery;
import io.lakebaseops.change.approval.PlanDesk;
import io.lakebaseops.change.approval.PlanDesks;
import io.lakebaseops.change.archival.ArchiveRunner;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.FakeShop;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.lakehouse.history.PastDeeds;
import io.lakebaseops.state.Archival.Status;
import io.lakebaseops.state.ArchivalStore;
import io.lakebaseops.state.Settings;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateSettings;
import io.lakebaseops.testing.AuditChains;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/// A table's old rows, from the count to the archive and back, through the screen's model and the
/// real gate; the process is killed on the way.
final class ArchiveWalkPgTest {
    private static final class Killed extends Error {}

    /// The tool looks at every database of a server.
    private final Pg17 server = Pg17.started(List.of());

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void archived_killed_continued_and_restored(@TempDir Path dir) throws Exception {
        var clock = Clock.systemUTC();
        var database = server.database("walk");
        database.asDba(
                "create table orders (id int primary key, note text, created_at timestamptz not null)",
                "insert into orders select g, 'n' || g, now() - g * interval '1 day' from generate_series(1, 2500) g",
                "analyze orders");
        var before =
                database.scalar("select md5(string_agg(o::text, '' order by id)) from orders o");
        var events = new ToolRig.Events();
        boolean[] kill = {true};
        try (var rig = ToolRig.of(database);
                var state =
                        StateDb.open(
                                StateSettings.of(
                                        StateDatabases.fresh("walk").url(),
                                        Pg17.DBA,
                                        Pg17.DBA_PASSWORD));
                var lake = LocalLakehouse.open(dir, clock)) {
            lake.ensureTables(List.of(OpsTables.DATA_ARCHIVAL_HISTORY));
            var journal = new ArchivalStore(state, clock);
            var ledger = new ArchivalLedger(journal, events, clock);
            var runner =
                    new ArchiveRunner(
                            rig.targets(),
                            journal,
                            new DeltaColdStore(lake, clock),
                            (_, moment) -> {
                                if (kill[0] && moment.equals("after commit")) {
                                    kill[0] = false;
                                    throw new Killed();
                                }
                            });
            var desk =
                    PlanDesks.quick(
                            state,
                            rig.targets(),
                            rig.sql(),
                            AuditChains.of(state, clock),
                            runner,
                            ledger::accept,
                            clock);
            var looks = new ColdLooks(() -> new Settings(state));
            var board =
                    new StoredArchiveBoard(
                            looks,
                            journal,
                            new ArchivalPlans(rig.sql(), clock),
                            new UnifiedQuery(rig.targets(), rig.sql(), lake, journal),
                            new PastDeeds(lake, _ -> false));
            var target = rig.test().target();
            new IdentifyColdData(rig.targets(), rig.sql(), looks)
                    .run(new IdentifyColdData.Input(90, 1000), rig.context());
            var shop = FakeShop.busyDay();
            var services = shop.services(Runnable::run, dir.resolve("memory"));
            var session = new ConsoleSession(services, target, Runnable::run);
            var model = new ArchiveViewModel(session, board, desk, services.framework());
            model.activate();
            assertThat(model.choice().orElseThrow().candidate().coldRows()).isEqualTo(2411);

            var plan =
                    new ArchiveColdDataToDelta(rig.targets(), rig.sql())
                            .propose(
                                    new ArchiveColdDataToDelta.Input("public.orders", 90, null),
                                    rig.context())
                            .plans()
                            .getFirst();
            var filed = desk.file(plan);
            assertThat(filed.risk().level()).isEqualTo(RiskLevel.HIGH);
            assertThatThrownBy(() -> approve(desk, filed)).isInstanceOf(Killed.class);
            desk.settleAbandoned();
            model.refresh();
            var stopped = model.dataProperty().get().open().getFirst();
            assertThat(desk.find(filed.id()).orElseThrow().state())
                    .isEqualTo(FiledPlan.State.FAILED);
            assertThat(database.scalar("select count(*) from orders")).isEqualTo("89");

            model.fileContinuation(stopped);
            approve(desk, desk.waiting().getFirst());
            model.refresh();
            var done = model.dataProperty().get().ended().getFirst();
            assertThat(done.status()).isEqualTo(Status.ARCHIVED);
            assertThat(done.rowsDeleted()).isEqualTo(2411);
            assertThat(proved(desk))
                    .containsExactly(
                            "2,411 of 2,411 rows taken are in lakebase_archive.public__orders_cold, as they were in the table",
                            "none of them is in public.orders any more",
                            "foreign keys of and to public.orders are enforced (not enforced 0)");
            assertThat(database.scalar("select count(*) from orders")).isEqualTo("89");
            assertThat(events.of(OpsEvent.ColdDataArchived.class))
                    .singleElement()
                    .satisfies(e -> assertThat(e.rows()).isEqualTo(2411));
            model.ask("select count(*) as n, count(distinct id) as ids from orders");
            var answer = model.answerProperty().get();
            assertThat(answer.rows().list().getFirst().values()).containsExactly(2500L, 2500L);
            assertThat(answer.onBothSides()).isZero();

            model.fileRestore(done, List.of());
            approve(desk, desk.waiting().getFirst());
            model.refresh();
            assertThat(model.dataProperty().get().ended().getFirst().status())
                    .isEqualTo(Status.RESTORED);
            assertThat(proved(desk))
                    .startsWith(
                            "2,411 of 2,411 rows are in public.orders again, with the values they had",
                            "none of them is in lakebase_archive.public__orders_cold any more");
            assertThat(
                            database.scalar(
                                    "select md5(string_agg(o::text, '' order by id)) from orders o"))
                    .isEqualTo(before);
            assertThat(lake.rowCount(OpsTables.DATA_ARCHIVAL_HISTORY.name())).isEqualTo(2);
        }
    }

    /// What was measured of the plan that was decided last.
    private static List<String> proved(PlanDesk desk) {
        var last = desk.history(1).getFirst();
        assertThat(last.verification()).isInstanceOf(Verification.Confirmed.class);
        return last.verification().measured();
    }

    private static void approve(PlanDesk desk, FiledPlan plan) {
        desk.approve(plan.id(), plan.fingerprint(), Actor.human("kim"), "orders", "a test asks");
    }
}

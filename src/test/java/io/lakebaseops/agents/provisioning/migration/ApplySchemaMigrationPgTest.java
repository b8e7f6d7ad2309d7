package io.lakebaseops.agents.provisioning.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.ChangeTool;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.state.Settings;
import io.lakebaseops.testing.Child;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

class ApplySchemaMigrationPgTest {
    private final Pg17.Database db = Pg17.shared().database("migrate");
    private final TestTargets rig = TestTargets.of(db);
    private final GateRig gate = new GateRig(rig.targets(), _ -> Optional.empty());
    private final ApplySchemaMigration tool =
            new ApplySchemaMigration(
                    rig.targets(),
                    rig.sql(),
                    _ -> Optional.empty(),
                    new PastMigrations(gate.desk, gate.history));
    @TempDir private Path dir;

    @AfterEach
    void close() {
        gate.close();
        rig.close();
    }

    @Test
    void filesAreAppliedOnceNotedAndToldOnce() throws IOException {
        seedFiles();
        var first = propose();
        var plan = first.plans().getFirst();
        var done = gate.carryOut(plan);
        assertThat(done.risk().level()).isEqualTo(RiskLevel.HIGH);
        assertThat(done.state()).as(done.reason()).isEqualTo(FiledPlan.State.DONE);
        assertThat(done.verification()).isInstanceOf(Verification.Confirmed.class);
        assertThat(history())
                .isEqualTo("1:1:V1__shop.sql:true 2:2:V2__index.sql:true 3:null:R__view.sql:true");
        assertThat(db.scalar("select count(*) from shop.orders_v")).isEqualTo("2");
        assertThat(db.scalar("select shop.two()")).isEqualTo("2");

        var again = propose();
        assertThat(again.plans()).isEmpty();
        assertThat(ToolRig.found(again.outcome()).caveats().getFirst())
                .contains("nothing to apply");

        var events = new ToolRig.Events();
        gate.told.forEach(ledger(events));
        assertThat(events.of(OpsEvent.SchemaMigrated.class))
                .singleElement()
                .satisfies(e -> assertThat(e.version()).isEqualTo("R__view.sql"));

        // The next process knows it was told.
        gate.told.forEach(ledger(events));
        ledger(events).restore();
        assertThat(events.of(OpsEvent.SchemaMigrated.class)).hasSize(1);
    }

    @Test
    void whatAProcessDiedBeforeTellingIsToldAtTheNextStart() throws IOException {
        write("V1__a.sql", "create table a (id int);");
        gate.carryOut(propose().plans().getFirst());
        var events = new ToolRig.Events();
        ledger(events).restore();
        assertThat(events.of(OpsEvent.SchemaMigrated.class))
                .singleElement()
                .satisfies(e -> assertThat(e.version()).isEqualTo("V1__a.sql"));
        ledger(events).restore();
        assertThat(events.of(OpsEvent.SchemaMigrated.class)).hasSize(1);
    }

    private MigrationLedger ledger(ToolRig.Events events) {
        return new MigrationLedger(gate.desk, new Settings(gate.state), events, Clock.systemUTC());
    }

    @Test
    void aProcessKilledInTheMiddleIsFoundFailedAndTheNextOneGoesOnThere() throws Exception {
        db.asDba(
                "create table go (id int)",
                "create function slow(i int) returns int language plpgsql immutable as 'begin if"
                        + " not exists (select from public.go) then perform pg_sleep(600); end if;"
                        + " return i; end'");
        write("V1__t.sql", "create table t (a int, b int); insert into t values (1, 1);");
        write(
                "V2__idx.sql",
                "create index concurrently t_a on t (a);\n"
                        + "create index concurrently t_b on t (slow(b));");
        try (var child =
                Child.of(MigratingProcess.class, gate.stateUrl, db.url(), dir.toString())) {
            var plan = UUID.fromString(child.line());
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> gate.history.receipts(plan).size() == 4);
            assertThat(gate.desk.settleAbandoned()).as("it is still alive").isZero();
            child.kill();
            await().atMost(Duration.ofSeconds(60)).until(() -> gate.desk.settleAbandoned() == 1);
            assertThat(gate.desk.find(plan).orElseThrow().reason()).contains("unknown outcome");
        }
        // The server does not notice that its client is gone, and leaves an index half-built.
        var builders =
                " from pg_stat_activity where datname = current_database() and query ~"
                        + " 'concurrently t_b on' and pid <> pg_backend_pid()";
        db.asAdmin("select pg_terminate_backend(pid)" + builders);
        await().until(() -> "0".equals(db.scalar("select count(*)" + builders)));
        assertThat(history()).isEqualTo("1:1:V1__t.sql:true");

        db.asDba("insert into go values (1)", "drop index if exists t_b");
        var again = propose();
        assertThat(ToolRig.found(again.outcome()).data().resumed()).isOne();
        var done = gate.carryOut(again.plans().getFirst());
        assertThat(done.state()).as(done.reason()).isEqualTo(FiledPlan.State.DONE);
        assertThat(history()).isEqualTo("1:1:V1__t.sql:true 2:2:V2__idx.sql:true");
        assertThat(db.scalar("select count(*) from pg_indexes where tablename = 't'"))
                .isEqualTo("2");
    }

    @Test
    void flywayGoesOnWhereWeStoppedAndTheOtherWayRound() throws IOException {
        seedFiles();
        gate.carryOut(propose().plans().getFirst());
        var flyway = flyway();
        flyway.validate();
        assertThat(flyway.migrate().migrationsExecuted).isZero();

        write("V3__more.sql", "create table shop.more (id int);");
        assertThat(flyway().migrate().migrationsExecuted).isOne();
        assertThat(propose().plans()).isEmpty();
        write("V3_1__ours.sql", "alter table shop.more add column note text;");
        assertThat(gate.carryOut(propose().plans().getFirst()).state())
                .isEqualTo(FiledPlan.State.DONE);
        flyway().validate();
    }

    @Test
    void aFailingThirdStatementLeavesNothingOfItsFileAndTheRunGoesOnThere() throws IOException {
        write("V1__a.sql", "create table a (id int);");
        write(
                "V2__b.sql",
                "create table b (id int);\ninsert into a values (1);\nselect 1 / (id - 1) from a;");
        write("V3__c.sql", "create table c (id int);");
        var failed = gate.carryOut(propose().plans().getFirst());
        assertThat(failed.state()).isEqualTo(FiledPlan.State.FAILED);
        var events = new ToolRig.Events();
        gate.told.forEach(ledger(events));
        assertThat(events.of(OpsEvent.SchemaMigrated.class)).isEmpty();
        assertThat(failed.reason())
                .contains("Apply V2__b.sql", "statement 3 of 4", "division by zero")
                .contains("nothing of this script stays", "applied before:", "Apply V1__a.sql");
        assertThat(history()).isEqualTo("1:1:V1__a.sql:true");
        assertThat(db.scalar("select to_regclass('b') is null and not exists (select from a)"))
                .isEqualTo("t");

        write("V2__b.sql", "create table b (id int);");
        var resumed = gate.carryOut(propose().plans().getFirst());
        assertThat(resumed.state()).as(resumed.reason()).isEqualTo(FiledPlan.State.DONE);
        assertThat(history()).isEqualTo("1:1:V1__a.sql:true 2:2:V2__b.sql:true 3:3:V3__c.sql:true");
    }

    /// Policies hide rows without an error, and a later file fails for what was not filled in.
    @Test
    void anUpdateThatChangedNoRowIsSaidAlsoWhereALaterFileFailsForIt() throws IOException {
        db.asDba("create table doc (id int, platform text); insert into doc values (1, null)");
        write(
                "V1__touch.sql",
                "update doc set platform = 'web' where id = 2; delete from doc where id = 3;");
        var done = gate.carryOut(propose().plans().getFirst());
        assertThat(done.verification()).isInstanceOf(Verification.Confirmed.class);
        assertThat(Objects.requireNonNull(done.verification()).measured())
                .contains(
                        "Apply V1__touch.sql: statement 1 of 3, UPDATE, changed no row",
                        "Apply V1__touch.sql: statement 2 of 3, DELETE, changed no row");

        write("V2__fill.sql", "update doc set platform = 'web' where id = 2;");
        write("V3__strict.sql", "alter table doc alter platform set not null;");
        var failed = gate.carryOut(propose().plans().getFirst());
        assertThat(failed.state()).isEqualTo(FiledPlan.State.FAILED);
        assertThat(failed.reason())
                .contains("contains null values")
                .contains("Apply V2__fill.sql: statement 1 of 2, UPDATE, changed no row");

        write(
                "V3__strict.sql",
                "update doc set platform = 'web' where id = 1; alter table doc alter platform set not null;");
        var mended = gate.carryOut(propose().plans().getFirst());
        assertThat(mended.state()).as(mended.reason()).isEqualTo(FiledPlan.State.DONE);
        assertThat(Objects.requireNonNull(mended.verification()).measured())
                .noneMatch(m -> m.contains("changed no row"));
    }

    /// IF NOT EXISTS would take the invalid index for done, and the history would say applied.
    @Test
    void aHalfBuiltIndexIsTakenAwayAndBuiltBeforeItCountsAsApplied() throws IOException {
        db.asDba("create table t (a int); insert into t values (1), (1)");
        write("V1__ix.sql", "create unique index concurrently if not exists t_a_ix on t (a);");
        var failed = gate.carryOut(propose().plans().getFirst());
        assertThat(failed.state()).isEqualTo(FiledPlan.State.FAILED);
        db.asDba("delete from t where ctid = (select max(ctid) from t)");

        var again = propose();
        var found = ToolRig.found(again.outcome());
        assertThat(found.data().hazards())
                .anyMatch(
                        h ->
                                h.rule().equals("INDEX_IF_NOT_EXISTS")
                                        && h.message().contains("not valid"));
        assertThat(((io.lakebaseops.framework.Outcome.Found<?>) again.outcome()).caveats())
                .anyMatch(c -> c.contains("it is dropped before V1__ix.sql builds it again"));
        var done = gate.carryOut(again.plans().getFirst());
        assertThat(done.state()).as(done.reason()).isEqualTo(FiledPlan.State.DONE);
        assertThat(done.verification()).isInstanceOf(Verification.Confirmed.class);
        assertThat(
                        db.scalar(
                                "select indisvalid from pg_index where indexrelid ="
                                        + " 't_a_ix'::regclass"))
                .isEqualTo("t");
    }

    @Test
    void statementsOutsideTransactionsAreNotRunAgainAfterAFailure() throws IOException {
        write("V1__t.sql", "create table t (a int, b int); insert into t values (1, 1), (1, 2);");
        write(
                "V2__idx.sql",
                "create index concurrently t_a on t (a);\n"
                        + "create unique index concurrently t_u on t (a);");
        var failed = gate.carryOut(propose().plans().getFirst());
        assertThat(failed.state()).isEqualTo(FiledPlan.State.FAILED);
        assertThat(failed.reason()).contains("statement 2 of 2", "could not create unique index");
        assertThat(history()).isEqualTo("1:1:V1__t.sql:true");

        db.asDba("delete from t where b = 2", "drop index t_u");
        var again = propose();
        assertThat(ToolRig.found(again.outcome()).data().resumed()).isOne();
        var done = gate.carryOut(again.plans().getFirst());
        assertThat(done.state()).as(done.reason()).isEqualTo(FiledPlan.State.DONE);
        assertThat(history()).isEqualTo("1:1:V1__t.sql:true 2:2:V2__idx.sql:true");
    }

    @Test
    void aChangedFileAMissingOneAndAnOldVersionAreRefused() throws IOException {
        write("V1__a.sql", "create table a (id int);");
        write("V2__b.sql", "create table b (id int);");
        gate.carryOut(propose().plans().getFirst());

        write("V1__a.sql", "create table a (id bigint);");
        assertThatThrownBy(this::propose)
                .hasMessageContaining("V1__a.sql")
                .hasMessageContaining("changed after it was applied");
        Files.delete(dir.resolve("V1__a.sql"));
        assertThatThrownBy(this::propose).hasMessageContaining("the folder does not hold it");
        write("V1__a.sql", "create table a (id int);");
        write("V1_5__late.sql", "create table late (id int);");
        assertThatThrownBy(this::propose).hasMessageContaining("newer version");
        var plan = propose(true).plans().getFirst();
        assertThat(gate.carryOut(plan).state()).isEqualTo(FiledPlan.State.DONE);
    }

    @Test
    void whoMigratesMeanwhileStopsThePlan() throws IOException {
        write("V1__a.sql", "create table a (id int);");
        var plan = propose().plans().getFirst();
        flyway().migrate();
        var filed = gate.desk.file(plan);
        gate.desk.approve(
                filed.id(),
                filed.fingerprint(),
                io.lakebaseops.domain.Actor.human("kim"),
                filed.plan().subject().name(),
                "reviewed");
        assertThat(gate.desk.find(filed.id()).orElseThrow().state())
                .isEqualTo(FiledPlan.State.SUPERSEDED);
    }

    @Test
    void aLockThatIsTakenIsWaitedForOnlyBriefly() throws Exception {
        write("V1__a.sql", "create table a (id int);");
        gate.carryOut(propose().plans().getFirst());
        write("V2__b.sql", "alter table a add column b int;");
        try (var other = db.dba();
                var s = other.createStatement()) {
            other.setAutoCommit(false);
            s.execute("lock table a in access share mode");
            var plan = propose(false, Duration.ofMillis(500)).plans().getFirst();
            long began = System.nanoTime();
            var failed = gate.carryOut(plan);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(60));
            assertThat(failed.reason()).contains("lock timeout");
        }
    }

    private void seedFiles() throws IOException {
        write(
                "V1__shop.sql",
                "\uFEFFcreate schema shop;\r\n"
                        + "create table shop.orders (id int primary key, tags text[]);\r\n"
                        + "insert into shop.orders values (1, '{a;b}'), (2, null); -- two; rows\r\n"
                        + "create function shop.two() returns int language sql begin atomic select 1;"
                        + " select 2; end;\r\n"
                        + "create function shop.f() returns trigger language plpgsql as $x$ begin"
                        + " new.id := 1; return new; end $x$;");
        write("V2__index.sql", "create index concurrently orders_tags on shop.orders (tags);");
        write(
                "R__view.sql",
                "create or replace view shop.orders_v as select id, tags[1:1] as t from"
                        + " shop.orders;");
        write("U2__index.sql", "drop index shop.orders_tags;");
    }

    private ChangeTool.Proposal<ApplySchemaMigration.Output> propose() {
        return propose(false);
    }

    private ChangeTool.Proposal<ApplySchemaMigration.Output> propose(boolean outOfOrder) {
        return propose(outOfOrder, Duration.ofSeconds(30));
    }

    private ChangeTool.Proposal<ApplySchemaMigration.Output> propose(
            boolean outOfOrder, Duration lockTimeout) {
        return tool.propose(
                new ApplySchemaMigration.Input(
                        List.of(dir.toString()),
                        null,
                        outOfOrder,
                        lockTimeout,
                        Duration.ofSeconds(60)),
                GateRig.context(rig.target()));
    }

    private Flyway flyway() {
        return Flyway.configure()
                .dataSource(db.url(), Pg17.DBA, Pg17.DBA_PASSWORD)
                .locations("filesystem:" + dir)
                .baselineOnMigrate(false)
                .load();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(dir.resolve(name), text);
    }

    private String history() {
        return db.scalar(
                "select string_agg(concat_ws(':', installed_rank, coalesce(version, 'null'),"
                        + " script, success::text), ' ' order by installed_rank) from"
                        + " flyway_schema_history");
    }
}

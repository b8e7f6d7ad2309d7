package io.lakebaseops.agents.performance.indexes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.postgres.ExplainText;
import io.lakebaseops.state.DropCertificate;
import io.lakebaseops.state.DropCertificate.Grade;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTwin;
import io.lakebaseops.twin.Planned;
import io.lakebaseops.twin.TwinDatabase;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.util.List;
import java.util.Objects;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexTwinPgTest {
    private final Pg17 server = Pg17.started(List.of());
    private final Pg17.Database db = server.database("Shop \"1\"");
    private final ToolRig rig = ToolRig.of(db);
    private final TestTwin twin = TestTwin.open();
    private final IndexTwin asked =
            new IndexTwin(twin.twin(), rig.sql(), io.lakebaseops.state.IndexAdvice.NONE);

    @BeforeAll
    void aShop() {
        db.asDba(
                "create table public.customers (id int primary key, email text, city int)",
                "insert into public.customers select g, 'c' || g || '@x', g % 100 from generate_series(1, 40000) g",
                "create table public.\"Or'ders\" (id int primary key, customer_id int references public.customers, state text, total int, note text)",
                "insert into public.\"Or'ders\" select g, case when g % 3 = 0 then 7 else 1 + g % 40000 end, case when g % 200 = 0 then 'open' else 'done' end, g % 5000, repeat('n', 60) from generate_series(1, 120000) g",
                "create index orders_customer on public.\"Or'ders\" (customer_id)",
                "create index orders_customer_total on public.\"Or'ders\" (customer_id, total)",
                "create index orders_state on public.\"Or'ders\" (state)",
                "create index orders_state_2 on public.\"Or'ders\" (state)",
                "create index orders_open on public.\"Or'ders\" (total) where state = 'open'",
                "create table public.visit (day date, kind int, note text) partition by range (day)",
                "create table public.visit_1 partition of public.visit for values from ('2026-01-01') to ('2026-02-01')",
                "create table public.visit_2 partition of public.visit for values from ('2026-02-01') to ('2026-03-01')",
                "insert into public.visit select date '2026-01-01' + g % 59, g % 5000, repeat('n', 40) from generate_series(1, 120000) g",
                "vacuum analyze");
        db.asDba("select count(*) from public.\"Or'ders\" where now() - interval '1 day' < now()");
        for (int i = 0; i < 20; i++) {
            db.asDba(
                    "select count(*) from public.\"Or'ders\" where customer_id = " + (100 + i),
                    "select id from public.\"Or'ders\" where state = 'open' and total < " + i,
                    "select * from public.customers where email = 'c" + i + "@x'",
                    "select note from public.visit where kind = " + i);
        }
    }

    @AfterAll
    void close() {
        twin.close();
        rig.close();
        server.stop();
    }

    private DropCertificate certificate(String index) {
        var tool = new DetectDuplicateIndexes(rig.targets(), rig.sql(), asked);
        var found =
                ToolRig.found(
                        tool.run(
                                new DetectDuplicateIndexes.Input(3, "public." + index),
                                rig.context()));
        assertThat(found.caveats()).noneMatch(c -> c.contains("not planned in the twin"));
        assertThat(found.data().certificates()).as(index).hasSize(1);
        var certificate = found.data().certificates().getFirst();
        System.out.printf(
                "%s: %s, %s %s%n  %s %s%n",
                index,
                certificate.grade(),
                certificate.verdict(),
                certificate.changes(),
                certificate.reasons(),
                certificate.gaps());
        assertThat(found.findings())
                .filteredOn(f -> index.equals(f.subject().name()))
                .allSatisfy(
                        f -> {
                            var shown = f.evidence().getLast();
                            assertThat(shown.query()).startsWith("planner twin");
                            assertThat(shown.rows().list().getFirst().get("origin").toString())
                                    .contains("not measured")
                                    .contains("stay on this machine");
                        });
        return certificate;
    }

    @Test
    void aDoubleIsCertifiedAndABeginningIsNotWhileStatementsAreCountedForMinutes() {
        var same = certificate("orders_state_2");
        assertThat(same.grade()).isEqualTo(Grade.PROVEN);
        assertThat(same.concerned()).isGreaterThanOrEqualTo(2);
        var prefix = certificate("orders_customer");
        assertThat(prefix.gaps()).as("every statement on the table is planned").isEmpty();
        assertThat(prefix.grade()).isIn(Grade.NEEDED, Grade.CHECK_THE_CODE);
        assertThat(prefix.changes())
                .as("the count and the check of the foreign key go by the longer one")
                .isNotEmpty()
                .allSatisfy(
                        c -> {
                            assertThat(c.after()).isNotNull();
                            assertThat(Objects.requireNonNull(c.after()))
                                    .isGreaterThanOrEqualTo(c.before() * 0.98);
                        });
    }

    @Test
    void anIndexThatAKnownStatementTakesIsNeeded() throws Exception {
        try (var session = rig.test().read()) {
            var catalog = IndexCatalog.read(session);
            var index =
                    catalog.indexes().stream()
                            .filter(i -> i.row().indexName().equals("orders_open"))
                            .findFirst()
                            .orElseThrow();
            var idle =
                    new IdleIndex(
                            index,
                            catalog.tableOf(index),
                            0,
                            catalog.counting().at().minus(java.time.Duration.ofDays(500)),
                            null,
                            java.time.Duration.ofDays(500),
                            IdleIndex.Grade.PROVEN,
                            null,
                            null,
                            List.of());
            var given =
                    asked.certify(
                                    catalog,
                                    session,
                                    List.of(new CertificateRules.Ground.Unused(idle)),
                                    rig.context())
                            .list()
                            .getFirst();
            System.out.println(given.verdict() + " " + given.changes() + " " + given.reasons());
            assertThat(given.grade()).isEqualTo(Grade.NEEDED);
            assertThat(given.changes()).anyMatch(DropCertificate.Change::slower);
        }
    }

    @Test
    void aSuggestedIndexIsPlannedWithItsCostBeforeAndAfter() {
        var tool = new DetectMissingIndexes(rig.targets(), rig.sql(), asked);
        var found = ToolRig.found(tool.run(new DetectMissingIndexes.Input(50, 3), rig.context()));
        assertThat(found.caveats()).noneMatch(c -> c.contains("not planned in the twin"));
        var tried = found.data().tried();
        System.out.println(tried);
        assertThat(tried).isNotEmpty();
        var email =
                tried.stream().filter(t -> t.table().equals("customers")).findFirst().orElseThrow();
        var statement = email.statements().getFirst();
        assertThat(statement.used()).isTrue();
        assertThat(statement.after()).isLessThan(statement.before() / 10);
        assertThat(email.others()).anyMatch(v -> v.definition().contains("INCLUDE"));
        assertThat(found.findings())
                .filteredOn(f -> "customers".equals(f.subject().table()))
                .allSatisfy(
                        f -> {
                            assertThat(f.confidence().reason()).contains("not measured");
                            assertThat(f.evidence()).hasSize(2);
                        });
    }

    @Test
    void anIndexOfAPartitionedTableIsPlannedOnAllItsParts() {
        var tool = new DetectMissingIndexes(rig.targets(), rig.sql(), asked);
        var found = ToolRig.found(tool.run(new DetectMissingIndexes.Input(50, 9), rig.context()));
        assertThat(found.caveats()).noneMatch(c -> c.contains("not planned in the twin"));
        assertThat(found.data().missing())
                .extracting(DetectMissingIndexes.Suggested::table)
                .as("one for all parts")
                .contains("visit")
                .doesNotContain("visit_1", "visit_2");
        assertThat(found.findings())
                .filteredOn(f -> "visit".equals(f.subject().table()))
                .singleElement()
                .satisfies(f -> assertThat(f.ddl()).doesNotContainIgnoringCase("concurrently"));
        var visit =
                found.data().tried().stream()
                        .filter(t -> t.table().equals("visit"))
                        .findFirst()
                        .orElseThrow();
        var statement = visit.statements().getFirst();
        assertThat(statement.used()).isTrue();
        assertThat(statement.after()).isLessThan(statement.before() / 10);
        db.asDba("create index visit_tried on public.visit (kind)");
        try (var session = rig.test().read()) {
            var there = Planned.read(session.explain(new ExplainText(statement.statement())));
            System.out.printf(
                    "partitioned: %.2f tried in the twin, %.2f really built%n",
                    statement.after(), there.cost());
            assertThat(Math.abs(there.cost() - statement.after()) / there.cost()).isLessThan(0.05);
        } finally {
            db.asDba("drop index public.visit_tried");
        }
    }

    @Test
    void anIndexThatAStatementWantsIsPlannedAndOneThatThePlannerPassesOverIsToldApart() {
        try (var session = rig.test().read()) {
            var taken =
                    new WantedIndex(
                            "select * from public.customers where email = $1",
                            "public",
                            "customers",
                            List.of("email"));
            var passed =
                    new WantedIndex(
                            "select * from public.customers where city = $1 or email = $2",
                            "public",
                            "customers",
                            List.of("city"));
            var caveats = new java.util.ArrayList<String>();
            var answers = asked.planned(session, List.of(taken, passed), caveats, rig.context());
            System.out.println(answers + " " + caveats);
            assertThat(answers.get(taken).used()).isTrue();
            assertThat(answers.get(taken).after()).isLessThan(answers.get(taken).before() / 10);
            assertThat(answers.get(passed).used()).isFalse();
            assertThat(answers.get(passed).after()).isEqualTo(answers.get(passed).before());
        }
    }

    @Test
    void aStatementWhosePlanDependsOnItsValuesIsShownAsSuch() {
        try (var session = rig.test().read()) {
            twin.twin()
                    .use(
                            rig.test().target(),
                            session,
                            java.util.Set.of(),
                            io.lakebaseops.testing.TestTargets.deadline(),
                            here -> {
                                var text = "select * from public.\"Or'ders\" where state = $1";
                                var generic = here.plan(text);
                                var sets =
                                        here.withValues(text, generic, TwinDatabase.Condition.NONE);
                                assertThat(sets.keySet())
                                        .contains("common values", "values that no row has");
                                var common = here.plan(sets.get("common values"));
                                var absent = here.plan(sets.get("values that no row has"));
                                assertThat(common.shape()).isNotEqualTo(absent.shape());
                                assertThat(absent.cost()).isLessThan(common.cost());
                                return null;
                            });
        }
    }
}

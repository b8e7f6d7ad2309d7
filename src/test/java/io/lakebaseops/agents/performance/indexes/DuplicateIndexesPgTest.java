package io.lakebaseops.agents.performance.indexes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.performance.indexes.DetectDuplicateIndexes.Pair;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.testing.Pg17;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Hand-made index pairs with the verdict a careful DBA gives, and the plans made from them.
final class DuplicateIndexesPgTest {
    /// @param ddl on a table `t` that stands for the case's own table
    /// @param verdict `drop>keep` pairs, in the order of names; empty = no pair
    private record Case(String what, String verdict, String... ddl) {}

    private static final List<Case> CASES =
            List.of(
                    new Case(
                            "the same column twice: the younger goes",
                            "i2>i1",
                            "create index i1 on t(a)",
                            "create index i2 on t(a)"),
                    new Case(
                            "three times: one stays",
                            "i2>i1 i3>i1",
                            "create index i1 on t(a)",
                            "create index i2 on t(a)",
                            "create index i3 on t(a)"),
                    new Case(
                            "a prefix",
                            "i1>i2",
                            "create index i1 on t(a)",
                            "create index i2 on t(a, b)"),
                    new Case(
                            "a chain of prefixes points to the widest",
                            "i1>i3 i2>i3",
                            "create index i1 on t(a)",
                            "create index i2 on t(a, b)",
                            "create index i3 on t(a, b, c)"),
                    new Case(
                            "another order of columns",
                            "",
                            "create index i1 on t(a, b)",
                            "create index i2 on t(b, a)"),
                    new Case(
                            "the second column only",
                            "",
                            "create index i1 on t(b)",
                            "create index i2 on t(a, b)"),
                    new Case(
                            "descending",
                            "",
                            "create index i1 on t(a)",
                            "create index i2 on t(a desc)"),
                    new Case(
                            "nulls first",
                            "",
                            "create index i1 on t(a)",
                            "create index i2 on t(a nulls first)"),
                    new Case(
                            "descending second column breaks the prefix of two",
                            "",
                            "create index i1 on t(a, b)",
                            "create index i2 on t(a, b desc, c)"),
                    new Case(
                            "default order spelled out",
                            "i2>i1",
                            "create index i1 on t(a desc)",
                            "create index i2 on t(a desc nulls first)"),
                    new Case(
                            "another collation",
                            "",
                            "create index i1 on t(s)",
                            "create index i2 on t(s collate \"C\")"),
                    new Case(
                            "pattern operators",
                            "",
                            "create index i1 on t(s)",
                            "create index i2 on t(s text_pattern_ops)"),
                    new Case(
                            "operator classes that mean the same",
                            "i2>i1",
                            "create index i1 on t(s text_ops)",
                            "create index i2 on t(s varchar_ops)"),
                    new Case(
                            "another method",
                            "",
                            "create index i1 on t(a)",
                            "create index i2 on t using hash(a)"),
                    new Case(
                            "hash twice",
                            "i2>i1",
                            "create index i1 on t using hash(a)",
                            "create index i2 on t using hash(a)"),
                    new Case(
                            "brin with other ranges",
                            "",
                            "create index i1 on t using brin(a)",
                            "create index i2 on t using brin(a) with (pages_per_range=16)"),
                    new Case(
                            "brin twice",
                            "i2>i1",
                            "create index i1 on t using brin(a)",
                            "create index i2 on t using brin(a)"),
                    new Case(
                            "gin on other operator classes",
                            "",
                            "create index i1 on t using gin(j)",
                            "create index i2 on t using gin(j jsonb_path_ops)"),
                    new Case(
                            "gin prefix is not one",
                            "",
                            "create index i1 on t using gin(j)",
                            "create index i2 on t using gin(j, k)"),
                    new Case(
                            "other fill factor is the same index",
                            "i2>i1",
                            "create index i1 on t(a)",
                            "create index i2 on t(a) with (fillfactor=70)"),
                    new Case(
                            "partial and whole",
                            "",
                            "create index i1 on t(a)",
                            "create index i2 on t(a) where b > 0"),
                    new Case(
                            "the same predicate",
                            "i2>i1",
                            "create index i1 on t(a) where b > 0",
                            "create index i2 on t(a) where (b > 0)"),
                    new Case(
                            "other predicates",
                            "",
                            "create index i1 on t(a) where b > 0",
                            "create index i2 on t(a) where b > 1"),
                    new Case(
                            "prefix under the same predicate",
                            "i1>i2",
                            "create index i1 on t(a) where b > 0",
                            "create index i2 on t(a, c) where b > 0"),
                    new Case(
                            "the same expression",
                            "i2>i1",
                            "create index i1 on t(lower(s))",
                            "create index i2 on t(lower(s))"),
                    new Case(
                            "other expressions",
                            "",
                            "create index i1 on t(lower(s))",
                            "create index i2 on t(upper(s))"),
                    new Case(
                            "expression and column",
                            "",
                            "create index i1 on t(s)",
                            "create index i2 on t(lower(s))"),
                    new Case(
                            "the unique one stays",
                            "i1>i2",
                            "create index i1 on t(a)",
                            "create unique index i2 on t(a)"),
                    new Case(
                            "unique prefix is stronger",
                            "",
                            "create unique index i1 on t(a)",
                            "create unique index i2 on t(a, b)"),
                    new Case(
                            "plain prefix of a unique one",
                            "i1>i2",
                            "create index i1 on t(a)",
                            "create unique index i2 on t(a, b)"),
                    new Case(
                            "both unique",
                            "i2>i1",
                            "create unique index i1 on t(a)",
                            "create unique index i2 on t(a)"),
                    new Case(
                            "nulls distinct or not",
                            "",
                            "create unique index i1 on t(a)",
                            "create unique index i2 on t(a) nulls not distinct"),
                    new Case(
                            "primary key and a plain index",
                            "i1>pk",
                            "alter table t add constraint pk primary key (a)",
                            "create index i1 on t(a)"),
                    new Case(
                            "primary key and unique constraint",
                            "uq>pk",
                            "alter table t add constraint pk primary key (a)",
                            "alter table t add constraint uq unique (a)"),
                    new Case(
                            "unique constraint and unique index",
                            "i1>uq",
                            "create unique index i1 on t(a)",
                            "alter table t add constraint uq unique (a)"),
                    new Case(
                            "two unique constraints",
                            "uq2>uq1",
                            "alter table t add constraint uq1 unique (a)",
                            "alter table t add constraint uq2 unique (a)"),
                    new Case(
                            "a deferrable constraint checks later",
                            "",
                            "create unique index i1 on t(a)",
                            "alter table t add constraint uq unique (a) deferrable"),
                    new Case(
                            "plain prefix of a deferrable one still only scans",
                            "i1>uq",
                            "create index i1 on t(a)",
                            "alter table t add constraint uq unique (a, b) deferrable"),
                    new Case(
                            "a foreign key refers to it",
                            "i1>i0",
                            "create unique index i0 on t(a)",
                            "create table t_child(x int references t(a))",
                            "create unique index i1 on t(a)"),
                    new Case(
                            "the replica identity stays",
                            "i1>i2",
                            "alter table t alter a set not null",
                            "create unique index i1 on t(a)",
                            "create unique index i2 on t(a)",
                            "alter table t replica identity using index i2"),
                    new Case(
                            "more included columns stay",
                            "i1>i2",
                            "create index i1 on t(a)",
                            "create index i2 on t(a) include (b)"),
                    new Case(
                            "order of included columns does not matter",
                            "i2>i1",
                            "create index i1 on t(a) include (b, c)",
                            "create index i2 on t(a) include (c, b)"),
                    new Case(
                            "each includes something else",
                            "",
                            "create index i1 on t(a) include (b)",
                            "create index i2 on t(a) include (c)"),
                    new Case(
                            "prefix whose included column is a key of the other",
                            "i1>i2",
                            "create index i1 on t(a) include (b)",
                            "create index i2 on t(a, b)"),
                    new Case(
                            "prefix whose included column is missing in the other",
                            "",
                            "create index i1 on t(a) include (c)",
                            "create index i2 on t(a, b)"),
                    new Case(
                            "included is not a key",
                            "",
                            "create index i1 on t(a, b)",
                            "create index i2 on t(a) include (b, c)"),
                    new Case(
                            "the clustered one stays",
                            "i1>i2",
                            "create index i1 on t(a)",
                            "create index i2 on t(a)",
                            "alter table t cluster on i2"),
                    new Case(
                            "an invalid one replaces nothing",
                            "",
                            "create index i1 on t(a)",
                            "create index i2 on t(a)",
                            "#invalid i2"),
                    new Case(
                            "exclusion constraint does what a plain gist index does",
                            "i1>ex",
                            "alter table t add constraint ex exclude using gist (r with &&)",
                            "create index i1 on t using gist(r)"),
                    // What other tools were publicly reported to get wrong.
                    new Case(
                            "a primary key is no double of a wider partial index",
                            "",
                            "alter table t add constraint pk primary key (a)",
                            "create index i1 on t(a, s) where b > 0"),
                    new Case(
                            "two whole ones beside a partial one",
                            "i2>i1",
                            "create index i1 on t(a)",
                            "create index i2 on t(a)",
                            "create index i3 on t(a) where a = 1"),
                    new Case(
                            "three alike behind a prefix",
                            "i1>i2 i4>i3 i5>i3",
                            "create index i1 on t(a)",
                            "create index i2 on t(a, s)",
                            "create index i3 on t(s)",
                            "create index i4 on t(s)",
                            "create index i5 on t(s)"),
                    new Case(
                            "gist beside a unique btree",
                            "",
                            "create index i1 on t using gist(r)",
                            "create unique index i2 on t(r)"),
                    new Case(
                            "gin beside a unique btree",
                            "",
                            "create unique index i1 on t(j)",
                            "create index i2 on t using gin(j)"),
                    new Case(
                            "hash beside a unique btree",
                            "",
                            "create index i1 on t using hash(s)",
                            "create unique index i2 on t(s)"),
                    new Case(
                            "one of four columns begins with the same",
                            "i1>i2",
                            "create index i1 on t(a)",
                            "create index i2 on t(a, b, c, s)"),
                    new Case(
                            "an index with the name of its column",
                            "",
                            "create index a on t(a)",
                            "create index b on t(b)"),
                    new Case(
                            "a partial one within a wider whole one",
                            "",
                            "create index i1 on t(a) where b > 0",
                            "create index i2 on t(a, c)"),
                    new Case(
                            "pattern operators, descending",
                            "",
                            "create index i1 on t(s desc)",
                            "create index i2 on t(s text_pattern_ops desc)"),
                    new Case(
                            "another collation of the second column",
                            "",
                            "create index i1 on t(a, s)",
                            "create index i2 on t(a, s collate \"C\")"),
                    new Case(
                            "an expression as prefix",
                            "i1>i2",
                            "create index i1 on t(lower(s))",
                            "create index i2 on t(lower(s), a)"),
                    new Case("only one index", "", "create index i1 on t(a)"));

    private static ToolRig rig;
    /// Of its own: the tool looks at every database of a server.
    private static final Pg17 SERVER = Pg17.started(List.of());

    private static Pg17.Database database;
    private static List<Pair> pairs;
    private static List<Finding> findings;

    @BeforeAll
    static void build() {
        database = SERVER.database("dup");
        var ddl = new ArrayList<String>();
        for (int n = 0; n < CASES.size(); n++) {
            var schema = "c" + n;
            ddl.add("create schema " + schema);
            ddl.add("set search_path = " + schema);
            ddl.add("create table t(a int, b int, c int, s text, j jsonb, k jsonb, r int4range)");
            for (var one : CASES.get(n).ddl()) {
                if (!one.startsWith("#")) {
                    ddl.add(one);
                }
            }
        }
        database.asDba(ddl.toArray(String[]::new));
        for (int n = 0; n < CASES.size(); n++) {
            for (var one : CASES.get(n).ddl()) {
                if (one.startsWith("#invalid ")) {
                    database.asAdmin(
                            "update pg_index set indisvalid = false where indexrelid = 'c%d.%s'::regclass"
                                    .formatted(n, one.substring(9)));
                }
            }
        }
        rig = ToolRig.of(database);
        var outcome =
                ToolRig.found(
                        new DetectDuplicateIndexes(rig.targets(), rig.sql())
                                .run(new DetectDuplicateIndexes.Input(), rig.context()));
        pairs =
                outcome.data().pairs().stream()
                        .filter(p -> p.database().equals(database.name()))
                        .toList();
        findings =
                outcome.findings().stream()
                        .filter(f -> database.name().equals(f.subject().database()))
                        .toList();
    }

    @AfterAll
    static void end() {
        rig.close();
    }

    @TestFactory
    Stream<DynamicTest> verdicts() {
        System.out.printf("labelled cases of duplicates: %d%n", CASES.size());
        assertThat(CASES).hasSizeGreaterThanOrEqualTo(60);
        var bySchema =
                pairs.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Pair::schema,
                                        Collectors.mapping(
                                                p -> p.redundant() + ">" + p.keep(),
                                                Collectors.toList())));
        return Stream.iterate(0, n -> n < CASES.size(), n -> n + 1)
                .map(
                        n ->
                                DynamicTest.dynamicTest(
                                        CASES.get(n).what(),
                                        () ->
                                                assertThat(
                                                                bySchema
                                                                        .getOrDefault(
                                                                                "c" + n, List.of())
                                                                        .stream()
                                                                        .sorted()
                                                                        .collect(
                                                                                Collectors.joining(
                                                                                        " ")))
                                                        .isEqualTo(CASES.get(n).verdict())));
    }

    @Test
    void everyFindingCanBeCheckedAndExplained() {
        assertThat(findings)
                .isNotEmpty()
                .allSatisfy(
                        f -> {
                            assertThat(f.kind()).isEqualTo("duplicate_index");
                            assertThat(f.severity()).isEqualTo(Severity.INFO);
                            assertThat(f.evidence()).isNotEmpty();
                            assertThat(database.scalar(Objects.requireNonNull(f.check())))
                                    .isNotNull();
                            assertThat(f.summary()).contains("keep");
                        });
    }

    @Test
    void aDroppedIndexIsProvedGoneAndComesBackIdentical() {
        var nasty = SERVER.database("Dup \"x\".y");
        nasty.asDba(
                "create schema \"Sch.e'ma\"",
                "create table \"Sch.e'ma\".\"Ta \"\"ble\" (\"Co:l\" int, s text)",
                "create index \"in:dex one\" on \"Sch.e'ma\".\"Ta \"\"ble\" (\"Co:l\") where s <>"
                        + " 'a::b {x} :y'",
                "create index \"in;dex ON two\" on \"Sch.e'ma\".\"Ta \"\"ble\" (\"Co:l\") with"
                        + " (fillfactor=80) where s <> 'a::b {x} :y'",
                "comment on index \"Sch.e'ma\".\"in;dex ON two\" is 'it''s :mine'");
        var name = "\"Sch.e'ma\".\"in;dex ON two\"";
        try (var rig = ToolRig.of(nasty)) {
            var finding =
                    ToolRig.found(
                                    new DetectDuplicateIndexes(rig.targets(), rig.sql())
                                            .run(new DetectDuplicateIndexes.Input(), rig.context()))
                            .findings()
                            .stream()
                            .filter(f -> nasty.name().equals(f.subject().database()))
                            .findFirst()
                            .orElseThrow();
            var before = definition(nasty, name);
            var plan = plans(rig, finding).getFirst();
            rig.carryOut(plan);
            assertThat(definition(nasty, name)).isNull();
            assertThat(plans(rig, finding)).as("nothing left to drop").isEmpty();
            rig.undo(plan);
            assertThat(definition(nasty, name)).isEqualTo(before);
            assertThat(
                            nasty.scalar(
                                    "select obj_description(to_regclass("
                                            + literal(name)
                                            + "), 'pg_class')"))
                    .isEqualTo("it's :mine");
        }
    }

    @Test
    void aPlanNoLongerHoldsWhenTheIndexThatStaysIsGone() {
        var db = SERVER.database("dup_gone");
        db.asDba("create table t(a int)", "create index i1 on t(a)", "create index i2 on t(a)");
        try (var rig = ToolRig.of(db)) {
            var plan = onlyPlan(rig, db);
            db.asDba("drop index i1");
            assertThat(plan.preconditions()).anyMatch(p -> !rig.holds(p));
        }
    }

    @Test
    void aPartitionedIndexIsFoundOnceAndComesBackWithItsParts() {
        var db = SERVER.database("dup_part");
        db.asDba(
                "create table e(at date, k int) partition by range (at)",
                "create table e1 partition of e for values from ('2026-01-01') to ('2026-02-01')",
                "create table e2 partition of e for values from ('2026-02-01') to ('2026-03-01')",
                "create index k1 on e(k)",
                "create index k2 on e(k)");
        try (var rig = ToolRig.of(db)) {
            var plan = onlyPlan(rig, db);
            var before =
                    db.scalar(
                            "select string_agg(indexdef, ';' order by indexname) from pg_indexes"
                                    + " where schemaname = 'public'");
            rig.carryOut(plan);
            assertThat(db.scalar("select count(*) from pg_indexes where schemaname = 'public'"))
                    .isEqualTo("3");
            rig.undo(plan);
            assertThat(
                            db.scalar(
                                    "select string_agg(indexdef, ';' order by indexname) from"
                                            + " pg_indexes where schemaname = 'public'"))
                    .isEqualTo(before);
        }
    }

    @Test
    void aTableOfAnotherOwnerGetsNoPlan() {
        var db = SERVER.database("dup_owner");
        db.asAdmin("create table t(a int)", "create index i1 on t(a)", "create index i2 on t(a)");
        try (var rig = ToolRig.of(db)) {
            var found =
                    ToolRig.found(
                            new DetectDuplicateIndexes(rig.targets(), rig.sql())
                                    .run(new DetectDuplicateIndexes.Input(), rig.context()));
            var finding =
                    found.findings().stream()
                            .filter(f -> db.name().equals(f.subject().database()))
                            .findFirst()
                            .orElseThrow();
            assertThat(plans(rig, finding)).isEmpty();
        }
    }

    static ChangePlan onlyPlan(ToolRig rig, Pg17.Database db) {
        var found =
                ToolRig.found(
                                new DetectDuplicateIndexes(rig.targets(), rig.sql())
                                        .run(new DetectDuplicateIndexes.Input(), rig.context()))
                        .findings()
                        .stream()
                        .filter(f -> db.name().equals(f.subject().database()))
                        .toList();
        assertThat(found).hasSize(1);
        return plans(rig, found.getFirst()).getFirst();
    }

    private static String definition(Pg17.Database db, String index) {
        return db.scalar("select pg_get_indexdef(to_regclass(" + literal(index) + "))");
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Test
    void anIndexBeingRebuiltHidesNeitherFindingsNorPlans() throws Exception {
        var db = SERVER.database("dup_busy");
        db.asDba("create table t(a int)", "create index i1 on t(a)", "create index i2 on t(a)");
        try (var rig = ToolRig.of(db);
                var other = db.dba();
                var holder = other.createStatement()) {
            other.setAutoCommit(false);
            holder.execute("reindex index i2");
            assertThat(onlyPlan(rig, db).title()).contains("i2");
            other.rollback();
        }
    }

    @Test
    void aPartitionedIndexIsAsLargeAsItsParts() {
        var db = SERVER.database("dup_size");
        db.asDba(
                "create table e(at date, k int) partition by range (at)",
                "create table e1 partition of e for values from ('2026-01-01') to ('2026-02-01')",
                "insert into e select '2026-01-03', g from generate_series(1, 10000) g",
                "create index k1 on e(k)",
                "create index k2 on e(k)",
                "vacuum analyze e");
        try (var rig = ToolRig.of(db)) {
            var found =
                    ToolRig.found(
                            new DetectDuplicateIndexes(rig.targets(), rig.sql())
                                    .run(new DetectDuplicateIndexes.Input(), rig.context()));
            assertThat(found.data().pairs())
                    .filteredOn(p -> p.database().equals(db.name()))
                    .singleElement()
                    .satisfies(p -> assertThat(p.bytes()).isGreaterThan(80_000));
            assertThat(onlyPlan(rig, db).steps().getFirst())
                    .isInstanceOfSatisfying(
                            Step.SqlStep.class,
                            step -> assertThat(step.bytesTouched()).isGreaterThan(80_000));
        }
    }

    @Test
    void anIndexThatIncludesMoreIsNotTheSame() {
        var db = SERVER.database("dup_wider");
        db.asDba(
                "create table t(a int, b text)",
                "insert into t select g % 100, repeat(md5(g::text), 3) from generate_series(1, 20000) g",
                "create index narrow on t(a)",
                "create index wide on t(a) include (b)",
                "vacuum analyze t");
        try (var rig = ToolRig.of(db)) {
            var found =
                    ToolRig.found(
                            new DetectDuplicateIndexes(rig.targets(), rig.sql())
                                    .run(new DetectDuplicateIndexes.Input(), rig.context()));
            assertThat(found.data().pairs())
                    .filteredOn(p -> p.database().equals(db.name()))
                    .singleElement()
                    .satisfies(p -> assertThat(p.kind()).isEqualTo("narrower"));
            assertThat(found.findings())
                    .filteredOn(f -> db.name().equals(f.subject().database()))
                    .singleElement()
                    .satisfies(f -> assertThat(f.confidence().value()).isLessThan(0.8))
                    .satisfies(f -> assertThat(f.summary()).contains("narrower form of wide"));
        }
    }

    static List<ChangePlan> plans(ToolRig rig, Finding finding) {
        return finding.remedy() == null
                ? List.of()
                : new DetectDuplicateIndexes(rig.targets(), rig.sql())
                        .remedies(finding.remedy().database(), List.of(finding), rig.context())
                        .plans();
    }
}

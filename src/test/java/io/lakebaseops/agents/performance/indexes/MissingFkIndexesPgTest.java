package io.lakebaseops.agents.performance.indexes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.ToolRig;
import io.lakebaseops.agents.performance.indexes.DetectMissingFkIndexes.Gap;
import io.lakebaseops.domain.Finding;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Hand-made foreign keys with the verdict a careful DBA gives, and the plans made from them.
final class MissingFkIndexesPgTest {
    /// Child `t(a, b, c, s)` of `p(x)` and of `p2(x, y)` and `ps(s)`.
    private record Case(String what, boolean missing, String... ddl) {}

    private static final String ONE =
            "alter table t add constraint fk foreign key (a) references p";
    private static final String TWO =
            "alter table t add constraint fk foreign key (a, b) references p2";
    private static final String TEXT =
            "alter table t add constraint fk foreign key (s) references ps";

    private static final List<Case> CASES =
            List.of(
                    new Case("no index at all", true, ONE),
                    new Case("its own index", false, ONE, "create index on t(a)"),
                    new Case("descending", false, ONE, "create index on t(a desc nulls last)"),
                    new Case(
                            "leading column of a wider one", false, ONE, "create index on t(a, c)"),
                    new Case("second column", true, ONE, "create index on t(c, a)"),
                    new Case("hash", false, ONE, "create index on t using hash(a)"),
                    new Case(
                            "brin finds nothing single",
                            true,
                            ONE,
                            "create index on t using brin(a)"),
                    new Case("unique", false, ONE, "create unique index on t(a)"),
                    new Case("primary key", false, ONE, "alter table t add primary key (a, c)"),
                    new Case("included only", true, ONE, "create index on t(c) include (a)"),
                    new Case("an expression", true, ONE, "create index on t((a + 0))"),
                    new Case(
                            "partial on another column",
                            true,
                            ONE,
                            "create index on t(a) where c > 0"),
                    new Case(
                            "partial without nulls",
                            false,
                            ONE,
                            "create index on t(a) where a is not null"),
                    new Case(
                            "partial without nulls and more",
                            true,
                            ONE,
                            "create index on t(a) where a is not null and c > 0"),
                    new Case("partial on nulls", true, ONE, "create index on t(a) where a is null"),
                    new Case("invalid", true, ONE, "create index ix on t(a)", "#invalid ix"),
                    new Case("composite, same order", false, TWO, "create index on t(a, b)"),
                    new Case("composite, other order", false, TWO, "create index on t(b, a)"),
                    new Case(
                            "composite with more behind", false, TWO, "create index on t(b, a, c)"),
                    new Case("composite torn apart", true, TWO, "create index on t(a, c, b)"),
                    new Case("half of it", true, TWO, "create index on t(a)"),
                    new Case(
                            "two halves",
                            true,
                            TWO,
                            "create index on t(a)",
                            "create index on t(b)"),
                    new Case("hash on one of two", true, TWO, "create index on t using hash(a)"),
                    new Case(
                            "both not null",
                            false,
                            TWO,
                            "create index on t(a, b) where a is not null and b is not null"),
                    new Case(
                            "text, another collation",
                            true,
                            TEXT,
                            "create index on t(s collate \"C\")"),
                    new Case(
                            "text, pattern operators know equality",
                            false,
                            TEXT,
                            "create index on t(s text_pattern_ops)"),
                    new Case("text", false, TEXT, "create index on t(s)"),
                    // What other tools were publicly reported to get wrong.
                    new Case(
                            "its columns lead in no one index",
                            true,
                            TWO,
                            "create index on t(a, c)",
                            "create index on t(c, b)"),
                    new Case(
                            "the second column only included",
                            true,
                            TWO,
                            "create index on t(a) include (b)"),
                    new Case(
                            "declared in another order than the key it refers to",
                            false,
                            "alter table t add constraint fk foreign key (b, a) references p2 (y, x)",
                            "create index on t(a, b)"),
                    new Case(
                            "second column of the primary key",
                            true,
                            ONE,
                            "alter table t add primary key (c, a)"),
                    new Case(
                            "a deferrable constraint is scanned like any other",
                            false,
                            ONE,
                            "alter table t add constraint u unique (a) deferrable"),
                    new Case(
                            "partial on nulls of another column",
                            true,
                            ONE,
                            "create index on t(a) where c is null"));

    private static ToolRig rig;
    /// Of its own: the tool looks at every database of a server.
    private static final Pg17 SERVER = Pg17.started(List.of());

    private static Pg17.Database database;
    private static List<Gap> gaps;

    @BeforeAll
    static void build() {
        database = SERVER.database("fk");
        var ddl = new ArrayList<String>();
        for (int n = 0; n < CASES.size(); n++) {
            ddl.add("create schema c" + n);
            ddl.add("set search_path = c" + n);
            ddl.add("create table p(x int primary key)");
            ddl.add("create table p2(x int, y int, primary key (x, y))");
            ddl.add("create table ps(s text primary key)");
            ddl.add("create table t(a int, b int, c int, s text)");
            for (var one : CASES.get(n).ddl()) {
                if (!one.startsWith("#")) {
                    ddl.add(one);
                }
            }
        }
        database.asDba(ddl.toArray(String[]::new));
        for (int n = 0; n < CASES.size(); n++) {
            if (List.of(CASES.get(n).ddl()).contains("#invalid ix")) {
                database.asAdmin(
                        "update pg_index set indisvalid = false where indexrelid = 'c%d.ix'::regclass"
                                .formatted(n));
            }
        }
        rig = ToolRig.of(database);
        gaps =
                detect(rig).data().gaps().stream()
                        .filter(g -> g.database().equals(database.name()))
                        .toList();
    }

    private static io.lakebaseops.framework.Outcome.Found<DetectMissingFkIndexes.Output> detect(
            ToolRig rig) {
        return ToolRig.found(
                new DetectMissingFkIndexes(rig.targets(), rig.sql())
                        .run(new DetectMissingFkIndexes.Input(), rig.context()));
    }

    private static List<Finding> findings(ToolRig rig, Pg17.Database db) {
        return detect(rig).findings().stream()
                .filter(f -> db.name().equals(f.subject().database()))
                .toList();
    }

    @AfterAll
    static void end() {
        rig.close();
    }

    @TestFactory
    Stream<DynamicTest> verdicts() {
        System.out.printf("labelled cases of foreign keys: %d%n", CASES.size());
        assertThat(CASES).hasSizeGreaterThanOrEqualTo(30);
        var missing = gaps.stream().map(Gap::schema).collect(Collectors.toSet());
        return Stream.iterate(0, n -> n < CASES.size(), n -> n + 1)
                .map(
                        n ->
                                DynamicTest.dynamicTest(
                                        CASES.get(n).what(),
                                        () ->
                                                assertThat(missing.contains("c" + n))
                                                        .isEqualTo(CASES.get(n).missing())));
    }

    @Test
    void aBuiltIndexIsProvedAndTheFindingGone() {
        var db = SERVER.database("Fk \"n\".y");
        db.asDba(
                "create schema \"S c:x\"",
                "create table \"S c:x\".\"Par'ent\" (\"I d\" int, \"k.\"\"2\" int, primary key (\"I"
                        + " d\", \"k.\"\"2\"))",
                "create table \"S c:x\".\"select\" (\"f AND (g IS NOT NULL)\" int, \"{y}\" int,"
                        + " constraint \"f;k\" foreign key (\"f AND (g IS NOT NULL)\", \"{y}\")"
                        + " references \"S c:x\".\"Par'ent\")");
        try (var rig = ToolRig.of(db)) {
            var finding = findings(rig, db).getFirst();
            var plan = plans(rig, finding).getFirst();
            rig.carryOut(plan);
            assertThat(findings(rig, db)).isEmpty();
            rig.undo(plan);
            assertThat(findings(rig, db)).hasSize(1);
        }
    }

    @Test
    void aPartitionedTableIsToldOnceAndServedPartByPart() {
        var db = SERVER.database("fk_part");
        db.asDba(
                "create table p(x int primary key)",
                "create table e(at date, a int, constraint fk foreign key (a) references p)"
                        + " partition by range (at)",
                "create table e1 partition of e for values from ('2026-01-01') to ('2026-02-01')",
                "create table e2 partition of e for values from ('2026-02-01') to ('2026-03-01')"
                        + " partition by list (a)",
                "create table e2a partition of e2 for values in (1)",
                "create table e2b partition of e2 default");
        try (var rig = ToolRig.of(db)) {
            var found = findings(rig, db);
            assertThat(found).hasSize(1);
            assertThat(found.getFirst().subject().table()).isEqualTo("e");
            var plan = plans(rig, found.getFirst()).getFirst();
            rig.carryOut(plan);
            assertThat(findings(rig, db)).isEmpty();
            rig.undo(plan);
            db.asDba("create index on e1(a)", "create index on e2a(a)", "create index on e2b(a)");
            assertThat(findings(rig, db)).as("every partition has one").isEmpty();
        }
    }

    @Test
    void aReferencedPartitionedTableDoesNotMultiplyTheKey() {
        var db = SERVER.database("fk_ref");
        db.asDba(
                "create table p(x int primary key) partition by range (x)",
                "create table p1 partition of p for values from (0) to (10)",
                "create table p2 partition of p for values from (10) to (20)",
                "create table t(a int references p)");
        try (var rig = ToolRig.of(db)) {
            assertThat(findings(rig, db)).hasSize(1);
        }
    }

    @Test
    void aFailedBuildIsClearedAwayFirst() {
        var db = SERVER.database("fk_left");
        db.asDba(
                "create table p(x int primary key)",
                "create table t(a int references p)",
                "create index t_a_fkey_idx on t(a)");
        db.asAdmin(
                "update pg_index set indisvalid = false where indexrelid ="
                        + " 't_a_fkey_idx'::regclass");
        try (var rig = ToolRig.of(db)) {
            var plan = plans(rig, findings(rig, db).getFirst()).getFirst();
            assertThat(plan.steps()).hasSize(2);
            rig.carryOut(plan);
            assertThat(findings(rig, db)).isEmpty();
        }
    }

    @Test
    void anInterruptedBuildOnAPartitionedTableGoesOnWhereItStopped() {
        var db = SERVER.database("fk_again");
        db.asDba(
                "create table p(x int primary key)",
                "create table e(at int, a int references p) partition by range (at)",
                "create table e1 partition of e for values from (0) to (10)",
                "create table e2 partition of e for values from (10) to (20)",
                "create table e3 partition of e for values from (20) to (30)",
                // As a build leaves it that was cancelled at the second partition.
                "create index e_a_fkey_idx on only e(a)",
                "create index e1_a_fkey_idx on e1(a)",
                "create index e2_a_fkey_idx on e2(a)");
        db.asAdmin(
                "update pg_index set indisvalid = false where indexrelid ="
                        + " 'e2_a_fkey_idx'::regclass");
        try (var rig = ToolRig.of(db)) {
            var plan = plans(rig, findings(rig, db).getFirst()).getFirst();
            assertThat(plan.steps().stream().map(Step::title))
                    .containsExactly(
                            "Drop e2_a_fkey_idx",
                            "Build e2_a_fkey_idx",
                            "Build e3_a_fkey_idx",
                            "Attach e3_a_fkey_idx",
                            "Attach e2_a_fkey_idx",
                            "Attach e1_a_fkey_idx");
            rig.carryOut(plan);
            assertThat(findings(rig, db)).isEmpty();
        }
    }

    static List<ChangePlan> plans(ToolRig rig, Finding finding) {
        return finding.remedy() == null
                ? List.of()
                : new DetectMissingFkIndexes(rig.targets(), rig.sql())
                        .remedies(finding.remedy().database(), List.of(finding), rig.context())
                        .plans();
    }
}

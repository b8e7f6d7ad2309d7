package io.lakebaseops.agents.performance.indexes;

import static io.lakebaseops.agents.performance.indexes.SampleCatalog.NOW;
import static io.lakebaseops.agents.performance.indexes.SampleCatalog.ago;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.performance.indexes.CertificateRules.Ground;
import io.lakebaseops.agents.performance.indexes.CertificateRules.Sight;
import io.lakebaseops.lakehouse.history.IndexIdle;
import io.lakebaseops.state.DropCertificate.Change;
import io.lakebaseops.state.DropCertificate.Gap;
import io.lakebaseops.state.DropCertificate.Grade;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Indexes proposed for dropping, each with the grade that a careful DBA would sign.
final class CertificateRulesTest {
    private static final int CONCERNED = 12;

    /// @param safe whether dropping it would do no harm, had one seen all that is hidden here
    private record Case(
            String what,
            Grade grade,
            boolean safe,
            Ground ground,
            IndexCatalog catalog,
            Sight sight,
            StatementReplay.@Nullable Result replay) {}

    private static SampleCatalog shop() {
        return new SampleCatalog()
                .started(ago(500))
                .table("t")
                .index("pk", "a", i -> i.is("unique").constraint("p").scanned(9, ago(490)));
    }

    /// Everything in sight for two years.
    private static Sight clear() {
        return new Sight(true, true, 0, 0, ago(730), List.of(), false, false, List.of());
    }

    private static StatementReplay.Result nothingChanges() {
        return new StatementReplay.Result(200, CONCERNED, CONCERNED, List.of(), List.of(), 0, 0);
    }

    private static StatementReplay.Result change(@Nullable Double after) {
        return new StatementReplay.Result(
                200,
                CONCERNED,
                CONCERNED - 1,
                List.of(new Change("select …", null, 100, after)),
                List.of(),
                0,
                0);
    }

    private static Ground unused(IndexCatalog catalog, Instant seen) {
        return unused(catalog, seen, Map.of());
    }

    private static Ground unused(IndexCatalog catalog, Instant seen, Map<Long, IndexIdle> history) {
        var index =
                catalog.indexes().stream()
                        .filter(i -> i.row().indexName().equals("i"))
                        .findFirst()
                        .orElseThrow();
        var verdict =
                new UnusedIndexCheck(
                                catalog,
                                Map.of(index.row().indexOid(), seen),
                                history,
                                Duration.ofDays(7))
                        .judge();
        return verdict.idle().stream()
                .filter(i -> i.index() == index)
                .findFirst()
                .<Ground>map(Ground.Unused::new)
                .orElseGet(
                        // What the check would never propose must not be certified either.
                        () ->
                                new Ground.Unused(
                                        new IdleIndex(
                                                index,
                                                catalog.tableOf(index),
                                                0,
                                                seen,
                                                null,
                                                Duration.between(seen, NOW),
                                                IdleIndex.Grade.PROVEN,
                                                null,
                                                null,
                                                List.of())));
    }

    private static Ground twice(IndexCatalog catalog) {
        return catalog.byTable().values().stream()
                .flatMap(t -> Redundancy.among(t).stream())
                .filter(r -> r.redundant().row().indexName().equals("i"))
                .findFirst()
                .<Ground>map(Ground.Redundant::new)
                .orElseThrow();
    }

    private static Case idle(String what, Grade grade, boolean safe, SampleCatalog picture) {
        return idle(what, grade, safe, picture, ago(450), clear(), nothingChanges());
    }

    private static Case idle(
            String what,
            Grade grade,
            boolean safe,
            SampleCatalog picture,
            Instant seen,
            Sight sight,
            StatementReplay.@Nullable Result replay) {
        var catalog = picture.build();
        return new Case(what, grade, safe, unused(catalog, seen), catalog, sight, replay);
    }

    private static Case seen(String what, Grade grade, boolean safe, UnaryOperator<Sight> sight) {
        return idle(
                what,
                grade,
                safe,
                shop().index("i", "b"),
                ago(450),
                sight.apply(clear()),
                nothingChanges());
    }

    private static Case replayed(
            String what, Grade grade, boolean safe, StatementReplay.@Nullable Result replay) {
        return idle(what, grade, safe, shop().index("i", "b"), ago(450), clear(), replay);
    }

    private static Case doubled(
            String what,
            Grade grade,
            boolean safe,
            SampleCatalog picture,
            Sight sight,
            StatementReplay.@Nullable Result replay) {
        var catalog = picture.build();
        return new Case(what, grade, safe, twice(catalog), catalog, sight, replay);
    }

    private static final Duration WEEK = Duration.ofDays(7);

    /// Left out of the best set.
    ///
    /// @param since when it is watched without a scan
    private static Case outside(
            String what,
            Grade grade,
            boolean safe,
            SampleCatalog picture,
            @Nullable Instant counted,
            @Nullable Instant since,
            Duration least,
            StatementReplay.Result replay) {
        var catalog = picture.build();
        var index =
                catalog.indexes().stream()
                        .filter(i -> i.row().indexName().equals("i"))
                        .findFirst()
                        .orElseThrow();
        return new Case(
                what,
                grade,
                safe,
                new Ground.NotInSet(index, since, least),
                catalog,
                with(clear(), true, true, 0, 0, counted),
                replay);
    }

    private static List<Case> outsideTheSet() {
        var idle = shop().index("i", "b");
        var scanned = shop().index("i", "b", i -> i.scanned(900, NOW));
        var moment = NOW.minusSeconds(10);
        return List.of(
                outside(
                        "the set does without it, on a server that counts for ten seconds",
                        Grade.INCONCLUSIVE,
                        false,
                        idle,
                        moment,
                        moment,
                        WEEK,
                        nothingChanges()),
                outside(
                        "statements are counted for six days",
                        Grade.INCONCLUSIVE,
                        false,
                        idle,
                        ago(6),
                        ago(300),
                        WEEK,
                        nothingChanges()),
                outside(
                        "scanned, but the statements are counted for six days",
                        Grade.INCONCLUSIVE,
                        false,
                        scanned,
                        ago(6),
                        null,
                        WEEK,
                        change(101.0)),
                outside(
                        "nobody knows since when statements are counted",
                        Grade.INCONCLUSIVE,
                        false,
                        idle,
                        null,
                        ago(300),
                        WEEK,
                        nothingChanges()),
                outside(
                        "built an hour ago for what goes live tomorrow",
                        Grade.INCONCLUSIVE,
                        false,
                        idle,
                        ago(730),
                        NOW.minusSeconds(3600),
                        WEEK,
                        nothingChanges()),
                outside(
                        "nobody knows since when it is there",
                        Grade.INCONCLUSIVE,
                        false,
                        idle,
                        ago(730),
                        null,
                        WEEK,
                        nothingChanges()),
                outside(
                        "everything watched for eight days",
                        Grade.CHECK_THE_CODE,
                        false,
                        idle,
                        ago(8),
                        ago(8),
                        WEEK,
                        nothingChanges()),
                outside(
                        "statements counted for two years, the index watched for eight days",
                        Grade.CHECK_THE_CODE,
                        false,
                        idle,
                        ago(730),
                        ago(8),
                        WEEK,
                        nothingChanges()),
                outside(
                        "somebody asks for no days at all",
                        Grade.CHECK_THE_CODE,
                        false,
                        idle,
                        moment,
                        moment,
                        Duration.ZERO,
                        nothingChanges()),
                outside(
                        "neither scanned nor needed for more than a year",
                        Grade.PROVEN,
                        true,
                        idle,
                        ago(730),
                        ago(450),
                        WEEK,
                        nothingChanges()),
                outside(
                        "its statements take another index, no slower",
                        Grade.PROVEN,
                        true,
                        scanned,
                        ago(730),
                        null,
                        WEEK,
                        change(101.0)),
                outside(
                        "scanned by no statement that is known",
                        Grade.INCONCLUSIVE,
                        false,
                        scanned,
                        ago(730),
                        null,
                        WEEK,
                        nothingChanges()),
                outside(
                        "a known statement would get slower without what the set leaves out",
                        Grade.NEEDED,
                        false,
                        scanned,
                        ago(730),
                        null,
                        WEEK,
                        change(140.0)),
                outside(
                        "left out, but it keeps values unique",
                        Grade.NEEDED,
                        false,
                        shop().index("i", "b", i -> i.is("unique")),
                        ago(730),
                        ago(450),
                        WEEK,
                        nothingChanges()),
                outside(
                        "left out, with a standby",
                        Grade.CHECK_THE_CODE,
                        false,
                        shop().standbys(1).index("i", "b"),
                        ago(730),
                        ago(450),
                        WEEK,
                        nothingChanges()));
    }

    private static StatementReplay.Result gaps(int named, int elsewhere, int unverified) {
        var gaps = new ArrayList<Gap>();
        for (int i = 0; i < named; i++) {
            gaps.add(new Gap("select from t …", "relation \"temp\" does not exist"));
        }
        return new StatementReplay.Result(
                200, CONCERNED, CONCERNED, List.of(), gaps, elsewhere, unverified);
    }

    private static Sight with(
            Sight s,
            boolean counted,
            boolean all,
            int hidden,
            long evicted,
            @Nullable Instant since) {
        return new Sight(
                counted,
                all,
                hidden,
                evicted,
                since,
                s.routines(),
                s.unseenStatistics(),
                s.secured(),
                s.caveats());
    }

    static List<Case> cases() {
        var prefix = shop().index("i", "b").index("wide", "b c", i -> i.scanned(500, NOW));
        var all = new ArrayList<Case>();
        all.addAll(
                List.of(
                        idle(
                                "not scanned for 450 days, nothing needs it, all in sight",
                                Grade.PROVEN,
                                true,
                                shop().index("i", "b")),
                        idle(
                                "a yearly batch: watched for 200 days only",
                                Grade.CHECK_THE_CODE,
                                false,
                                shop().index("i", "b"),
                                ago(200),
                                clear(),
                                nothingChanges()),
                        idle(
                                "watched for 395 days: the yearly job that came late",
                                Grade.CHECK_THE_CODE,
                                false,
                                shop().index("i", "b"),
                                ago(395),
                                clear(),
                                nothingChanges()),
                        idle(
                                "counters were reset a month ago",
                                Grade.CHECK_THE_CODE,
                                false,
                                shop().reset(ago(30)).index("i", "b")),
                        idle(
                                "counters lost with a restart 20 days ago",
                                Grade.CHECK_THE_CODE,
                                false,
                                new SampleCatalog().started(ago(20)).table("t").index("i", "b")),
                        idle(
                                "used on a standby, which counts for itself",
                                Grade.INCONCLUSIVE,
                                false,
                                shop().standbys(1).index("i", "b")),
                        idle(
                                "the only index that finds the rows of a foreign key",
                                Grade.NEEDED,
                                false,
                                shop().index("i", "b").foreignKey("fk", "b")),
                        idle(
                                "another index finds them too",
                                Grade.PROVEN,
                                true,
                                shop().index("i", "b")
                                        .index("wide", "b c", i -> i.scanned(0, null))
                                        .foreignKey("fk", "b")),
                        idle(
                                "it backs an exclusion constraint",
                                Grade.NEEDED,
                                false,
                                shop().index(
                                                "i",
                                                "b",
                                                i ->
                                                        i.method("gist")
                                                                .is("exclusion")
                                                                .constraint("x"))),
                        idle(
                                "it keeps values unique",
                                Grade.NEEDED,
                                false,
                                shop().index("i", "b", i -> i.is("unique"))),
                        idle(
                                "it backs a unique constraint",
                                Grade.NEEDED,
                                false,
                                shop().index("i", "b", i -> i.is("unique").constraint("u"))),
                        idle(
                                "replica identity",
                                Grade.NEEDED,
                                false,
                                shop().index("i", "b", i -> i.is("replica identity"))),
                        idle(
                                "foreign keys refer to it",
                                Grade.NEEDED,
                                false,
                                shop().index("i", "b", i -> i.is("unique", "referenced"))),
                        idle(
                                "part of a partitioned index",
                                Grade.NEEDED,
                                false,
                                new SampleCatalog()
                                        .started(ago(500))
                                        .table("parent", "p", null, 100)
                                        .index("whole", "b")
                                        .table("t", "r", "parent", 100)
                                        .index("i", "b", i -> i.part("whole"))),
                        idle(
                                "an invalid one says nothing of plans",
                                Grade.INCONCLUSIVE,
                                false,
                                shop().index("i", "b", i -> i.is("invalid"))),
                        idle(
                                "the table is clustered by it",
                                Grade.INCONCLUSIVE,
                                false,
                                shop().index("i", "b", i -> i.is("clustered"))),
                        idle(
                                "an expression whose statistics plans rest on",
                                Grade.INCONCLUSIVE,
                                false,
                                shop().index("i", "lower(b)")),
                        idle(
                                "a partial index nobody scans",
                                Grade.PROVEN,
                                true,
                                shop().index("i", "b", i -> i.where("(c = 1)"))),
                        idle(
                                "nothing read the table at all",
                                Grade.INCONCLUSIVE,
                                false,
                                new SampleCatalog()
                                        .started(ago(500))
                                        .table("t", "r", null, 0)
                                        .index("i", "b")),
                        idle(
                                "scanned 50 days ago, as every quarter",
                                Grade.INCONCLUSIVE,
                                false,
                                shop().index("i", "b", i -> i.scanned(12, ago(50)))),
                        seen(
                                "the server counts no statements",
                                Grade.INCONCLUSIVE,
                                false,
                                s -> with(s, false, true, 0, 0, null)),
                        seen(
                                "texts of statements are hidden",
                                Grade.INCONCLUSIVE,
                                false,
                                s -> with(s, true, true, 3, 0, ago(730))),
                        seen(
                                "statements were thrown away",
                                Grade.INCONCLUSIVE,
                                false,
                                s -> with(s, true, true, 0, 41, ago(730))),
                        seen(
                                "more statements than were planned",
                                Grade.INCONCLUSIVE,
                                false,
                                s -> with(s, true, false, 0, 0, ago(730))),
                        seen(
                                "statements are counted since an hour only",
                                Grade.CHECK_THE_CODE,
                                false,
                                s -> with(s, true, true, 0, 0, NOW.minusSeconds(3600))),
                        seen(
                                "a function names the table",
                                Grade.CHECK_THE_CODE,
                                false,
                                s ->
                                        new Sight(
                                                true,
                                                true,
                                                0,
                                                0,
                                                ago(730),
                                                List.of("s.report"),
                                                false,
                                                false,
                                                List.of())),
                        seen(
                                "no right to read the table's statistics",
                                Grade.INCONCLUSIVE,
                                false,
                                s ->
                                        new Sight(
                                                true, true, 0, 0, ago(730), List.of(), true, false,
                                                List.of())),
                        seen(
                                "policies on the table",
                                Grade.INCONCLUSIVE,
                                false,
                                s ->
                                        new Sight(
                                                true, true, 0, 0, ago(730), List.of(), false, true,
                                                List.of())),
                        seen(
                                "another collation than there",
                                Grade.CHECK_THE_CODE,
                                false,
                                s ->
                                        new Sight(
                                                true,
                                                true,
                                                0,
                                                0,
                                                ago(730),
                                                List.of(),
                                                false,
                                                false,
                                                List.of("texts are ordered otherwise")))));
        all.addAll(
                List.of(
                        replayed(
                                "a known statement would get slower",
                                Grade.NEEDED,
                                false,
                                change(400.0)),
                        replayed(
                                "a statement cannot be planned without it",
                                Grade.NEEDED,
                                false,
                                change(null)),
                        replayed(
                                "a statement takes another index, no slower",
                                Grade.PROVEN,
                                true,
                                change(101.0)),
                        replayed(
                                "statements on the table are not known",
                                Grade.INCONCLUSIVE,
                                false,
                                gaps(2, 0, 0)),
                        replayed(
                                "statements elsewhere cannot be planned",
                                Grade.CHECK_THE_CODE,
                                false,
                                gaps(0, 2, 0)),
                        replayed(
                                "the server compared none of them",
                                Grade.CHECK_THE_CODE,
                                false,
                                gaps(0, 0, 12)),
                        replayed("the twin could not be made", Grade.INCONCLUSIVE, false, null),
                        doubled(
                                "the same keys twice, in use",
                                Grade.PROVEN,
                                true,
                                shop().index("i", "b", i -> i.scanned(900, NOW))
                                        .index("k", "b", i -> i.is("clustered").scanned(9, NOW)),
                                with(clear(), false, true, 0, 0, null),
                                nothingChanges()),
                        doubled(
                                "the same keys twice with standbys, which have both",
                                Grade.PROVEN,
                                true,
                                shop().standbys(2)
                                        .index("i", "b")
                                        .index("k", "b", i -> i.is("clustered").scanned(9, NOW)),
                                clear(),
                                nothingChanges()),
                        doubled(
                                "the same keys twice, though one statement gets slower",
                                Grade.NEEDED,
                                false,
                                shop().index("i", "b")
                                        .index("k", "b", i -> i.is("clustered").scanned(9, NOW)),
                                clear(),
                                change(500.0)),
                        doubled(
                                "the beginning of a longer one, all in sight",
                                Grade.PROVEN,
                                true,
                                prefix,
                                clear(),
                                change(101.7)),
                        doubled(
                                "the beginning of a longer one, far slower",
                                Grade.NEEDED,
                                false,
                                prefix,
                                clear(),
                                change(140.0)),
                        doubled(
                                "the beginning of a longer one, statements hidden",
                                Grade.INCONCLUSIVE,
                                false,
                                prefix,
                                with(clear(), true, true, 2, 0, ago(730)),
                                nothingChanges()),
                        doubled(
                                "the beginning of a longer one, statements counted for a week",
                                Grade.CHECK_THE_CODE,
                                false,
                                prefix,
                                with(clear(), true, true, 0, 0, ago(7)),
                                nothingChanges()),
                        doubled(
                                "the beginning of a longer one, with a standby",
                                Grade.CHECK_THE_CODE,
                                false,
                                shop().standbys(1)
                                        .index("i", "b")
                                        .index("wide", "b c", i -> i.scanned(500, NOW)),
                                clear(),
                                nothingChanges())));
        all.addAll(outsideTheSet());
        return all;
    }

    private static CertificateRules.Verdict verdict(Case c) {
        return CertificateRules.judge(c.ground(), c.catalog().counting(), c.sight(), c.replay());
    }

    @TestFactory
    Stream<DynamicTest> eachIsGradedAsACarefulDbaWould() {
        return cases().stream()
                .map(
                        c ->
                                DynamicTest.dynamicTest(
                                        c.what(),
                                        () -> {
                                            var verdict = verdict(c);
                                            assertThat(verdict.grade())
                                                    .as(String.join("; ", verdict.reasons()))
                                                    .isEqualTo(c.grade());
                                            assertThat(verdict.reasons().isEmpty())
                                                    .isEqualTo(c.grade() == Grade.PROVEN);
                                        }));
    }

    @Test
    void noCertificateIsWrong() {
        var proven = cases().stream().filter(c -> verdict(c).grade() == Grade.PROVEN).toList();
        long wrong = proven.stream().filter(c -> !c.safe()).count();
        System.out.printf(
                "drop certificates: %d of %d cases proven, %d wrongly%n",
                proven.size(), cases().size(), wrong);
        assertThat(proven).allMatch(Case::safe);
        assertThat(proven).hasSizeGreaterThanOrEqualTo(6);
    }
}

package io.lakebaseops.agents.performance.indexes;

import static io.lakebaseops.agents.performance.indexes.SampleCatalog.NOW;
import static io.lakebaseops.agents.performance.indexes.SampleCatalog.ago;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.performance.indexes.IdleIndex.Grade;
import io.lakebaseops.domain.Format;
import io.lakebaseops.lakehouse.history.IndexIdle;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Indexes without use, each with the verdict of a careful DBA: droppable, kept, or not known.
final class UnusedIndexCheckTest {
    /// @param verdict of index `i`: a grade when it may be named, `fk`, `waits` or `silent`
    /// @param seen when our notes first saw it idle; null for just now
    /// @param history what is stored of its scans; null for nothing
    private record Case(
            String what,
            String verdict,
            @Nullable Instant seen,
            SampleCatalog picture,
            @Nullable IndexIdle history) {}

    private static SampleCatalog shop() {
        return new SampleCatalog()
                .table("t")
                .index("pk", "a", i -> i.is("unique").constraint("p").scanned(9, ago(110)));
    }

    private static Case of(String what, String verdict, @Nullable Instant seen, SampleCatalog p) {
        return new Case(what, verdict, seen, p, null);
    }

    /// The counters began anew 5 days ago.
    private static Case stored(String what, String verdict, IndexIdle history) {
        return new Case(what, verdict, ago(80), shop().reset(ago(5)).index("i", "b"), history);
    }

    /// Looked at every day for 80 days.
    ///
    /// @param used days ago; null for never
    /// @param looksUsed of the days up to then
    private static IndexIdle history(
            @Nullable Integer used, long looksUsed, Duration unseen, int resets) {
        return new IndexIdle(
                ago(80),
                NOW.minus(Duration.ofHours(3)),
                used == null ? null : ago(used),
                used == null ? 0 : 80 - used,
                looksUsed,
                unseen,
                resets,
                null);
    }

    private static final List<Case> CASES =
            List.of(
                    stored(
                            "statistics reset 5 days ago, watched without a scan for 80",
                            "CHECK_THE_CODE",
                            history(null, 0, Duration.ofHours(9), 1)),
                    stored(
                            "statistics reset 5 days ago, a week of scans was lost with them",
                            "waits",
                            history(null, 0, Duration.ofDays(7), 1)),
                    stored(
                            "used every day until 40 days ago: what used it is gone",
                            "CHECK_THE_CODE",
                            history(40, 38, Duration.ZERO, 1)),
                    stored(
                            "used every day until 20 days ago: perhaps a holiday",
                            "INCONCLUSIVE",
                            history(20, 58, Duration.ZERO, 1)),
                    stored(
                            "used on one day 40 days ago: a monthly job",
                            "INCONCLUSIVE",
                            history(40, 1, Duration.ZERO, 1)),
                    new Case(
                            "counters: scanned 45 days ago; history: daily until then",
                            "CHECK_THE_CODE",
                            ago(80),
                            shop().index("i", "b", i -> i.scanned(900, ago(45))),
                            history(45, 35, Duration.ZERO, 0)),
                    of(
                            "never scanned for 8 days",
                            "CHECK_THE_CODE",
                            ago(8),
                            shop().index("i", "b")),
                    of("never scanned, first seen today", "waits", null, shop().index("i", "b")),
                    of("never scanned for 6 days", "waits", ago(6), shop().index("i", "b")),
                    of(
                            "not scanned for two years",
                            "PROVEN",
                            ago(730),
                            shop().index("i", "b")
                                    .started(ago(800))
                                    .index("j", "c", i -> i.scanned(1, ago(900)))),
                    of(
                            "scanned yesterday",
                            "waits",
                            ago(30),
                            shop().index("i", "b", i -> i.scanned(4, ago(1)))),
                    of(
                            "scanned two weeks ago: a monthly job",
                            "INCONCLUSIVE",
                            ago(30),
                            shop().index("i", "b", i -> i.scanned(4, ago(14)))),
                    of(
                            "scanned 300 days ago: a yearly job",
                            "INCONCLUSIVE",
                            ago(30),
                            shop().index("i", "b", i -> i.scanned(1, ago(300)))),
                    of(
                            "scanned 500 days ago, not since",
                            "PROVEN",
                            ago(30),
                            shop().index("i", "b", i -> i.scanned(1, ago(500)))),
                    of(
                            "statistics reset an hour ago",
                            "waits",
                            ago(90),
                            shop().reset(NOW.minus(Duration.ofHours(1))).index("i", "b")),
                    of(
                            "statistics reset 20 days ago",
                            "CHECK_THE_CODE",
                            ago(90),
                            shop().reset(ago(20)).index("i", "b")),
                    of(
                            "reset before we began to watch",
                            "CHECK_THE_CODE",
                            ago(8),
                            shop().reset(ago(300)).index("i", "b")),
                    of(
                            "the counters were lost at a crash 2 days ago",
                            "waits",
                            ago(90),
                            new SampleCatalog()
                                    .table("t")
                                    .started(ago(2))
                                    .index("j", "a", i -> i.scanned(5, ago(1)))
                                    .index("i", "b")),
                    of(
                            "the counters lived through the start 2 days ago",
                            "CHECK_THE_CODE",
                            ago(90),
                            new SampleCatalog()
                                    .table("t")
                                    .started(ago(2))
                                    .index("j", "a", i -> i.scanned(5, ago(3)))
                                    .index("i", "b")),
                    of(
                            "built anew: a new index with a clock of its own",
                            "waits",
                            null,
                            shop().index("i", "b").index("old", "c", i -> i.scanned(3, ago(50)))),
                    of(
                            "a standby counts its own scans",
                            "INCONCLUSIVE",
                            ago(90),
                            shop().standbys(1).index("i", "b")),
                    of(
                            "two standbys",
                            "INCONCLUSIVE",
                            ago(500),
                            shop().started(ago(800))
                                    .index("j", "c", i -> i.scanned(1, ago(900)))
                                    .standbys(2)
                                    .index("i", "b")),
                    of(
                            "an equal index is there, built just now: the scans may go to it",
                            "waits",
                            ago(90),
                            shop().index("i", "b").index("equal", "b")),
                    of("unique", "silent", ago(90), shop().index("i", "b", i -> i.is("unique"))),
                    of(
                            "primary key",
                            "silent",
                            ago(90),
                            new SampleCatalog()
                                    .table("t")
                                    .index("i", "a", i -> i.is("unique").constraint("p"))),
                    of(
                            "unique constraint",
                            "silent",
                            ago(90),
                            shop().index("i", "b", i -> i.is("unique").constraint("u"))),
                    of(
                            "exclusion constraint",
                            "silent",
                            ago(90),
                            shop().index(
                                            "i",
                                            "b",
                                            i -> i.is("exclusion").constraint("x").method("gist"))),
                    of(
                            "replica identity",
                            "silent",
                            ago(90),
                            shop().index("i", "b", i -> i.is("replica identity", "unique"))),
                    of(
                            "a foreign key of others points to it",
                            "silent",
                            ago(90),
                            shop().index("i", "b", i -> i.is("unique", "referenced"))),
                    of(
                            "the only index of a foreign key",
                            "fk",
                            ago(90),
                            shop().index("i", "b").foreignKey("fk", "b")),
                    of(
                            "serves a foreign key, columns in another order",
                            "fk",
                            ago(90),
                            shop().index("i", "c b d").foreignKey("fk", "b", "c")),
                    of(
                            "a wider index serves the foreign key too",
                            "CHECK_THE_CODE",
                            ago(90),
                            shop().index("i", "b")
                                    .index("w", "b c", i -> i.scanned(7, NOW))
                                    .foreignKey("fk", "b")),
                    of(
                            "a partial index does not take its place",
                            "fk",
                            ago(90),
                            shop().index("i", "b")
                                    .index("w", "b", i -> i.where("(c > 0)").scanned(7, NOW))
                                    .foreignKey("fk", "b")),
                    of(
                            "the foreign key has the column behind another",
                            "CHECK_THE_CODE",
                            ago(90),
                            shop().index("i", "c b").foreignKey("fk", "b")),
                    of(
                            "hash of a foreign key",
                            "fk",
                            ago(90),
                            shop().index("i", "b", i -> i.method("hash")).foreignKey("fk", "b")),
                    of(
                            "an included column serves no foreign key",
                            "CHECK_THE_CODE",
                            ago(90),
                            shop().index("i", "c / b").foreignKey("fk", "b")),
                    of(
                            "gin",
                            "CHECK_THE_CODE",
                            ago(90),
                            shop().index("i", "d", i -> i.method("gin"))),
                    of(
                            "partial",
                            "CHECK_THE_CODE",
                            ago(90),
                            shop().index("i", "b", i -> i.where("(c > 0)"))),
                    of(
                            "expression: its statistics go with it",
                            "INCONCLUSIVE",
                            ago(90),
                            shop().index("i", "lower(b)")),
                    of(
                            "the table is clustered by it",
                            "INCONCLUSIVE",
                            ago(90),
                            shop().index("i", "b", i -> i.is("clustered"))),
                    of(
                            "invalid: told by another check",
                            "silent",
                            ago(90),
                            shop().index("i", "b", i -> i.is("invalid"))),
                    of(
                            "less than a megabyte",
                            "silent",
                            ago(90),
                            shop().index("i", "b", i -> i.bytes(900_000))),
                    of(
                            "nobody reads the table at all",
                            "INCONCLUSIVE",
                            ago(90),
                            shop().table("idle", "r", null, 0).index("i", "b")),
                    of(
                            "the partitioned index: no part was scanned",
                            "CHECK_THE_CODE",
                            ago(90),
                            parts(0)),
                    of("the partitioned index: one part was scanned", "waits", ago(90), parts(3)),
                    of(
                            "a part is never named alone",
                            "silent",
                            ago(90),
                            shop().table("p", "p", null, 0)
                                    .index("root", "b", i -> i.scanned(1, NOW))
                                    .table("p1", "r", "p", 9)
                                    .index("i", "b", i -> i.part("root"))),
                    of(
                            "an index of one partition alone",
                            "CHECK_THE_CODE",
                            ago(90),
                            shop().table("p", "p", null, 0)
                                    .table("p1", "r", "p", 9)
                                    .index("i", "b")));

    private static SampleCatalog parts(long scans) {
        return shop().table("p", "p", null, 0)
                .index("i", "b")
                .table("p1", "r", "p", 40)
                .index("i1", "b", i -> i.part("i"))
                .table("p2", "r", "p", 40)
                .index("i2", "b", i -> scans == 0 ? i.part("i") : i.part("i").scanned(scans, NOW));
    }

    @TestFactory
    Stream<DynamicTest> verdicts() {
        System.out.printf("labelled cases of unused indexes: %d%n", CASES.size());
        assertThat(CASES).hasSizeGreaterThanOrEqualTo(20);
        return CASES.stream()
                .map(
                        c ->
                                DynamicTest.dynamicTest(
                                        c.what(),
                                        () -> assertThat(verdict(c)).isEqualTo(c.verdict())));
    }

    /// The history of one of two equal indexes says nothing of the time before the other was seen.
    @Test
    void anEqualIndexSetsSinceWhenNeitherIsUsed() {
        var picture = shop().index("i", "b").index("equal", "b");
        var idle =
                new UnusedIndexCheck(
                                picture.build(),
                                Map.of(
                                        picture.indexOid("i"),
                                        ago(30),
                                        picture.indexOid("equal"),
                                        ago(20)),
                                Map.of(
                                        picture.indexOid("i"),
                                        history(null, 0, Duration.ofHours(9), 1)),
                                Duration.ofDays(7))
                        .judge().idle().stream()
                                .filter(UnusedIndexCheckTest::isI)
                                .findFirst()
                                .orElseThrow();
        assertThat(idle.since()).isEqualTo(ago(20));
        assertThat(IdleIndexWords.summary(idle))
                .contains("no scan since " + Format.utc(ago(20)))
                .doesNotContain("by our history");
    }

    private static String verdict(Case c) {
        var seen =
                c.seen() == null
                        ? Map.<Long, Instant>of()
                        : Map.of(c.picture().indexOid("i"), c.seen());
        var history =
                c.history() == null
                        ? Map.<Long, IndexIdle>of()
                        : Map.of(c.picture().indexOid("i"), c.history());
        var verdict =
                new UnusedIndexCheck(c.picture().build(), seen, history, Duration.ofDays(7))
                        .judge();
        if (verdict.waiting().stream().anyMatch(UnusedIndexCheckTest::isI)) {
            return "waits";
        }
        var idle = verdict.idle().stream().filter(UnusedIndexCheckTest::isI).findFirst();
        return idle.map(
                        i -> {
                            assertThat(i.droppable())
                                    .isEqualTo(
                                            i.grade() != Grade.INCONCLUSIVE
                                                    && i.foreignKey() == null);
                            return i.foreignKey() != null ? "fk" : i.grade().name();
                        })
                .orElse("silent");
    }

    private static boolean isI(IdleIndex i) {
        return i.index().row().indexName().equals("i");
    }
}

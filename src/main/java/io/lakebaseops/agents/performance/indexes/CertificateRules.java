package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Format;
import io.lakebaseops.state.DropCertificate;
import io.lakebaseops.state.DropCertificate.Grade;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Grades what is known about dropping an index. Anything that is not known speaks against it: a
/// certificate that is wrong costs more than ten that are not given.
final class CertificateRules {
    /// A year and a month: yearly jobs, and the one that came late.
    static final Duration YEAR = Duration.ofDays(396);

    private final List<String> needed = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private final List<String> code = new ArrayList<>();
    private final List<String> checks = new ArrayList<>();

    private CertificateRules() {}

    /// Why the index is proposed for dropping.
    sealed interface Ground {
        IndexShape index();

        /// Nobody scans it.
        record Unused(IdleIndex idle) implements Ground {
            @Override
            public IndexShape index() {
                return idle.index();
            }
        }

        /// Another index does what it does.
        record Redundant(Redundancy pair) implements Ground {
            @Override
            public IndexShape index() {
                return pair.redundant();
            }
        }

        /// The best set of indexes does without it.
        ///
        /// @param since when no scan of it could have been missed; null where that is not known
        /// @param least time the statements, and an index without a scan, must have been watched
        record NotInSet(IndexShape index, @Nullable Instant since, Duration least)
                implements Ground {}
    }

    /// What can be seen of the statements that run.
    ///
    /// @param counted whether the server counts statements
    /// @param all whether every counted statement was read
    /// @param hidden texts
    /// @param evicted statements that the server threw away for others
    /// @param since when it counts; null when it does not
    /// @param routines that name the table
    /// @param unseenStatistics the login may not see the table's column statistics
    /// @param secured policies hide rows of the table
    /// @param caveats of the twin
    record Sight(
            boolean counted,
            boolean all,
            int hidden,
            long evicted,
            @Nullable Instant since,
            List<String> routines,
            boolean unseenStatistics,
            boolean secured,
            List<String> caveats) {
        Sight {
            routines = List.copyOf(routines);
            caveats = List.copyOf(caveats);
        }
    }

    /// @param reasons against a better grade
    record Verdict(Grade grade, List<String> reasons, List<String> checks) {
        Verdict {
            reasons = List.copyOf(reasons);
            checks = List.copyOf(checks);
        }
    }

    static Verdict judge(
            Ground ground,
            IndexCatalog.Counting counting,
            Sight sight,
            StatementReplay.@Nullable Result replay) {
        var rules = new CertificateRules();
        rules.catalog(ground.index());
        switch (ground) {
            case Ground.Unused unused -> rules.unused(unused.idle(), counting.at());
            case Ground.Redundant redundant -> rules.redundant(redundant.pair(), counting);
            case Ground.NotInSet outside -> rules.outside(outside, counting, sight, replay);
        }
        boolean same =
                ground instanceof Ground.Redundant r && r.pair().kind() == Redundancy.Kind.SAME;
        rules.statements(sight, counting.at(), same);
        rules.replayed(replay, same);
        return rules.verdict();
    }

    private Verdict verdict() {
        checks.add("this holds for one index at a time: certify the others again after it is gone");
        var reasons = new ArrayList<String>();
        reasons.addAll(needed);
        reasons.addAll(doubts);
        reasons.addAll(code);
        var grade =
                !needed.isEmpty()
                        ? Grade.NEEDED
                        : !doubts.isEmpty()
                                ? Grade.INCONCLUSIVE
                                : code.isEmpty() ? Grade.PROVEN : Grade.CHECK_THE_CODE;
        return new Verdict(grade, reasons, checks);
    }

    private void catalog(IndexShape index) {
        var row = index.row();
        check(
                row.constraintName() == null,
                needed,
                "it backs no constraint",
                "a constraint is backed by it");
        check(!row.isExclusion(), needed, null, "an exclusion constraint needs it");
        check(
                !row.isReplicaIdentity(),
                needed,
                "it is no replica identity",
                "logical replication names rows by it");
        check(
                !row.servesForeignKey(),
                needed,
                "no foreign key refers to it",
                "foreign keys of other tables refer to it");
        check(!row.isAttached(), needed, null, "it belongs to a partitioned index");
        check(row.isUsable(), doubts, null, "it is invalid: no plan tells anything of it");
        check(!row.isClustered(), code, null, "CLUSTER without USING sorts the table by it");
    }

    private void check(boolean fine, List<String> to, @Nullable String passed, String failed) {
        if (!fine) {
            to.add(failed);
        } else if (passed != null) {
            checks.add(passed);
        }
    }

    private void unused(IdleIndex idle, Instant at) {
        check(
                !idle.index().row().isUnique(),
                needed,
                null,
                "it keeps values unique, which no scan counts");
        if (idle.foreignKey() != null) {
            needed.add(
                    "only it finds the rows that foreign key %s points from"
                            .formatted(idle.foreignKey()));
        } else {
            checks.add("no foreign key relies on it alone");
        }
        doubts.addAll(idle.doubts());
        if (idle.watched() != null && idle.watched().generatedUntil() != null) {
            code.add(
                    "its history is generated until "
                            + Format.utc(idle.watched().generatedUntil()));
        }
        withoutScan(Duration.between(idle.since(), at));
    }

    private void withoutScan(Duration watched) {
        if (watched.compareTo(YEAR) <= 0) {
            code.add(
                    "watched without a scan for %s only: yearly jobs are left"
                            .formatted(Format.briefly(watched)));
        } else {
            checks.add("not scanned for " + Format.briefly(watched));
        }
    }

    private void outside(
            Ground.NotInSet of,
            IndexCatalog.Counting counting,
            Sight sight,
            StatementReplay.@Nullable Result replay) {
        var row = of.index().row();
        watched(of, sight, counting.at());
        check(!row.isUnique(), needed, null, "it keeps values unique, which no scan counts");
        boolean explained = replay != null && !replay.changes().isEmpty();
        if (row.scans() > 0 && !explained) {
            doubts.add(
                    "it was scanned %s times, by no statement that is known"
                            .formatted(Format.grouped(row.scans())));
        }
        if (counting.standbys() > 0) {
            code.add(
                    "%s may run statements that are not counted here"
                            .formatted(Format.count(counting.standbys(), "standby server")));
        }
    }

    /// What ran in a few minutes shows little of what an index is there for, and one without a scan
    /// may have been built for what comes tomorrow.
    private void watched(Ground.NotInSet of, Sight sight, Instant at) {
        if (sight.counted()) {
            var early = tooEarly(sight.since(), at, of.least());
            check(early == null, doubts, null, String.valueOf(early));
        }
        if (of.index().row().scans() == 0) {
            check(
                    lastsFor(of.since(), at, of.least()),
                    doubts,
                    null,
                    "it has no scan, but is watched for %s only, and %s are wanted"
                            .formatted(
                                    of.since() == null
                                            ? "a moment"
                                            : Format.briefly(Duration.between(of.since(), at)),
                                    Format.briefly(of.least())));
            withoutScan(of.since() == null ? Duration.ZERO : Duration.between(of.since(), at));
        }
    }

    /// Why statements have not been counted for long enough; null when they have.
    static @Nullable String tooEarly(@Nullable Instant since, Instant at, Duration least) {
        if (lastsFor(since, at, least)) {
            return null;
        }
        return since == null
                ? "since when statements are counted is not known"
                : "statements are counted for %s only, and %s are wanted before an index is dropped"
                        .formatted(
                                Format.briefly(Duration.between(since, at)), Format.briefly(least));
    }

    private static boolean lastsFor(@Nullable Instant since, Instant at, Duration least) {
        return least.isZero() || since != null && Duration.between(since, at).compareTo(least) >= 0;
    }

    private void redundant(Redundancy pair, IndexCatalog.Counting counting) {
        var keep = pair.keep().row().indexName();
        switch (pair.kind()) {
            case SAME -> checks.add("%s is valid and has the same keys".formatted(keep));
            case NARROWER ->
                    checks.add("%s is valid, has the same keys and more columns".formatted(keep));
            case PREFIX -> checks.add("%s is valid and begins with the same keys".formatted(keep));
            case REFERENCED -> doubts.add("foreign keys must be moved to %s first".formatted(keep));
        }
        check(pair.keep().row().isUsable(), needed, null, keep + " is not valid");
        if (pair.kind() != Redundancy.Kind.SAME && counting.standbys() > 0) {
            code.add(
                    "%s may run statements that are not counted here; %s serves them at a higher cost"
                            .formatted(Format.count(counting.standbys(), "standby server"), keep));
        }
    }

    /// What the planner can do with an index it can do with its double, whatever is run.
    private void statements(Sight sight, Instant at, boolean same) {
        if (sight.unseenStatistics()) {
            doubts.add("this login does not see the statistics of the table's columns");
        }
        if (sight.secured()) {
            doubts.add("policies hide rows of the table, which the twin does not know");
        }
        code.addAll(sight.caveats());
        if (same) {
            return;
        }
        if (!sight.counted()) {
            doubts.add("the server counts no statements: pg_stat_statements is missing");
            return;
        }
        if (sight.hidden() > 0) {
            doubts.add(
                    "%s hidden from this login"
                            .formatted(
                                    Format.count(sight.hidden(), "statement")
                                            + verb(sight.hidden())));
        }
        if (sight.evicted() > 0) {
            doubts.add(
                    "the server threw statements away %s times for want of room"
                            .formatted(Format.grouped(sight.evicted())));
        }
        if (!sight.all()) {
            doubts.add("more statements are counted than were planned");
        }
        var since = sight.since();
        if (since == null || Duration.between(since, at).compareTo(YEAR) <= 0) {
            code.add(
                    since == null
                            ? "since when statements are counted is not known"
                            : "statements are counted since %s only".formatted(Format.utc(since)));
        }
        if (!sight.routines().isEmpty()) {
            code.add(
                    "what functions run is not counted by statement, and %s the table"
                            .formatted(
                                    sight.routines().size() == 1
                                            ? sight.routines().getFirst() + " names"
                                            : sight.routines().size() + " functions name"));
        }
    }

    private static String verb(int n) {
        return n == 1 ? " is" : " are";
    }

    private void replayed(StatementReplay.@Nullable Result replay, boolean same) {
        if (replay == null) {
            doubts.add("the statements could not be planned in the twin");
            return;
        }
        long slower =
                replay.changes().stream()
                        .filter(DropCertificate.Change::slower)
                        .map(DropCertificate.Change::statement)
                        .distinct()
                        .count();
        if (slower > 0) {
            needed.add(
                    "%s would get slower without it"
                            .formatted(Format.count((int) slower, "known statement")));
        } else {
            checks.add(
                    "%s on the table planned again, none more than 2 %% slower"
                            .formatted(Format.count(replay.concerned(), "known statement")));
        }
        if (same) {
            return;
        }
        if (!replay.gaps().isEmpty()) {
            int gaps = replay.gaps().size();
            doubts.add(
                    "%s on the table cannot be planned here as on the server"
                            .formatted(Format.count(gaps, "known statement")));
        }
        if (replay.elsewhere() > 0) {
            code.add(
                    "%s that do not name the table cannot be planned"
                            .formatted(Format.count(replay.elsewhere(), "statement")));
        }
        if (replay.unverified() > 0) {
            code.add(
                    "%s the server did not plan for comparison"
                            .formatted(Format.count(replay.unverified(), "statement")));
        }
    }
}

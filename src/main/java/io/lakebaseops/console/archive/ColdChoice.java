package io.lakebaseops.console.archive;

import io.lakebaseops.agents.health.archival.ColdCandidate;
import io.lakebaseops.agents.health.archival.ColdCandidate.Age;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a threshold would move of a candidate: whole partitions, or the share of a month that is
/// older.
///
/// @param before rows of an earlier time are older than the threshold
/// @param until up to here rows move; for partitions the end of the last whole one
record ColdChoice(
        ColdCandidate candidate,
        int days,
        Instant before,
        Instant until,
        int partitions,
        long rows,
        long bytes) {
    static ColdChoice of(ColdCandidate candidate, int days, Instant counted) {
        var before = counted.minus(Duration.ofDays(days));
        boolean whole = candidate.ages().stream().anyMatch(a -> a.partition() != null);
        List<Age> moved =
                candidate.ages().stream()
                        .filter(a -> whole ? !a.until().isAfter(before) : a.from().isBefore(before))
                        .toList();
        double rows = 0;
        double bytes = 0;
        var until = candidate.ages().isEmpty() ? before : candidate.ages().getFirst().from();
        for (var age : moved) {
            double share = whole ? 1 : share(age, before);
            rows += share * age.rows();
            bytes += share * age.bytes();
            until = age.until().isAfter(before) ? before : age.until();
        }
        return new ColdChoice(
                candidate,
                days,
                before,
                until,
                whole ? moved.size() : 0,
                Math.round(rows),
                Math.round(bytes));
    }

    private static double share(Age age, Instant before) {
        double all = Duration.between(age.from(), age.until()).toSeconds();
        double old = Duration.between(age.from(), before).toSeconds();
        return Math.clamp(old / all, 0, 1);
    }

    boolean whole() {
        return candidate.ages().stream().anyMatch(a -> a.partition() != null);
    }

    boolean moves(Age age) {
        return whole() ? !age.until().isAfter(before) : age.from().isBefore(before);
    }
}

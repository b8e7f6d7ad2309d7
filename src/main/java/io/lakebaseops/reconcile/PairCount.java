package io.lakebaseops.reconcile;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// The rows of both sides and their newest changes.
///
/// @param moment the column that says when a row was changed; null when there is none
public record PairCount(
        SnapshotPoint point,
        long version,
        Instant committedAt,
        long sourceRows,
        long deltaRows,
        @Nullable String moment,
        @Nullable Instant sourceLatest,
        @Nullable Instant deltaLatest) {

    /// How far the copy is behind: by the newest changes of both sides, or else by the age of the
    /// version.
    public Duration lag() {
        if (sourceLatest != null && deltaLatest != null) {
            return sourceLatest.isAfter(deltaLatest)
                    ? Duration.between(deltaLatest, sourceLatest)
                    : Duration.ZERO;
        }
        var age = Duration.between(committedAt, point.at());
        return age.isNegative() ? Duration.ZERO : age;
    }
}

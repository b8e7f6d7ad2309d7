package io.lakebaseops.lakehouse.history;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// Since when an index was not scanned by what is stored, and how regularly it was before.
///
/// @param watchedFrom the first look
/// @param seenAt the last look
/// @param lastUsed end of the last interval with a scan; null when none was seen
/// @param looksBefore intervals up to the last use
/// @param looksUsed those of them with a scan
/// @param unseen time since then whose scans were lost when counters began anew
/// @param resets how often they did
/// @param generatedUntil some of it was generated for demonstration; null when all was measured
public record IndexIdle(
        Instant watchedFrom,
        Instant seenAt,
        @Nullable Instant lastUsed,
        long looksBefore,
        long looksUsed,
        Duration unseen,
        long resets,
        @Nullable Instant generatedUntil) {
    /// Fewer show no habit.
    private static final int HABIT = 14;

    private static final Duration MONTH = Duration.ofDays(31);

    /// Of the time without a scan so much may be unseen.
    private static final double UNSEEN = 0.05;

    public Instant since() {
        return lastUsed == null ? watchedFrom : lastUsed;
    }

    /// Whether nearly all of the time since then was seen.
    ///
    /// @param counted since when the counters count; null when they were never reset
    public boolean seen(@Nullable Instant counted, Instant now) {
        var gap =
                counted != null && counted.isAfter(seenAt)
                        ? Duration.between(seenAt, counted)
                        : Duration.ZERO;
        return unseen.plus(gap).toSeconds() <= UNSEEN * Duration.between(since(), now).toSeconds();
    }

    /// It was used on most days and then on none for more than a month: what used it is gone, a
    /// monthly job would not look like this.
    public boolean ended(Instant now) {
        return lastUsed != null
                && looksBefore >= HABIT
                && looksUsed * 2 >= looksBefore
                && Duration.between(lastUsed, now).compareTo(MONTH) > 0;
    }
}

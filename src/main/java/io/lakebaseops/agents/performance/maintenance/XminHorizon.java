package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.domain.Format;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The sessions, slots and transactions that keep vacuum from removing dead rows. Everything
/// deleted after the oldest snapshot began must stay until that snapshot ends.
///
/// @param blockers the oldest first
record XminHorizon(List<Blocker> blockers) {
    /// A snapshot younger than this is ordinary work.
    private static final long OLD_TRANSACTIONS = 10_000;

    private static final double OLD_SECONDS = 300;

    XminHorizon {
        blockers = List.copyOf(blockers);
    }

    /// As `maintenance/xmin_horizon` returns it.
    ///
    /// @param kind `session`, `slot`, `prepared transaction` or `standby`
    record Blocker(
            String kind,
            String name,
            long xminAge,
            @Nullable Double seconds,
            @Nullable Instant since,
            String detail) {
        boolean old() {
            return xminAge >= OLD_TRANSACTIONS || (seconds != null && seconds >= OLD_SECONDS);
        }

        String words() {
            var time =
                    seconds == null
                            ? ""
                            : " for " + Format.duration(Duration.ofMillis((long) (seconds * 1000)));
            return "%s %s (%s)%s".formatted(kind, name, detail, time);
        }
    }

    Optional<Blocker> holder() {
        return blockers.stream()
                .filter(b -> !b.detail().endsWith("catalog only"))
                .filter(Blocker::old)
                .findFirst();
    }

    /// Age of the horizon once the holder is gone.
    long ageWithout(Blocker holder) {
        return blockers.stream()
                .filter(b -> !b.equals(holder) && !b.detail().endsWith("catalog only"))
                .mapToLong(Blocker::xminAge)
                .max()
                .orElse(0);
    }

    /// Dead rows that a vacuum since the holder began could not remove.
    ///
    /// @param stuck tables over their limit that were vacuumed after the holder began
    String release(Blocker holder, long stuckRows, int stuck) {
        var moved =
                "the horizon would move on by %s transactions"
                        .formatted(Format.grouped(holder.xminAge() - ageWithout(holder)));
        return stuck == 0
                ? moved
                : moved
                        + "; up to %s dead rows in %d tables could then go"
                                .formatted(Format.grouped(stuckRows), stuck);
    }
}

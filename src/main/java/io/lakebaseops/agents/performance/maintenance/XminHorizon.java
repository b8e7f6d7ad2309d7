package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.domain.Format;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The sessions, prepared transactions, slots and standbys that keep vacuum from removing dead
/// rows. Everything deleted after the oldest snapshot began must stay until that snapshot ends.
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
    /// @param databaseName null for what holds back every database
    record Blocker(
            String kind,
            String name,
            @Nullable String databaseName,
            long xminAge,
            @Nullable Double seconds,
            @Nullable Instant since,
            String detail) {
        boolean old() {
            return xminAge >= OLD_TRANSACTIONS || (seconds != null && seconds >= OLD_SECONDS);
        }

        boolean holdsRowsOf(String database) {
            return !catalogOnly() && (databaseName == null || databaseName.equals(database));
        }

        boolean catalogOnly() {
            return detail.endsWith("catalog only");
        }

        String words() {
            var time =
                    seconds == null
                            ? ""
                            : " for " + Format.duration(Duration.ofMillis((long) (seconds * 1000)));
            return "%s %s (%s)%s".formatted(kind, name, detail, time);
        }

        /// What ends it.
        String remedy() {
            return switch (kind) {
                case "prepared transaction" ->
                        "ROLLBACK PREPARED or COMMIT PREPARED '%s' in database %s"
                                .formatted(name.replace("'", "''"), databaseName);
                case "slot" -> "let its reader go on, or drop slot " + name;
                case "standby" -> "end the long query on standby " + name;
                default -> "end session " + name;
            };
        }
    }

    Optional<Blocker> holder() {
        return blockers.stream().filter(b -> !b.catalogOnly()).filter(Blocker::old).findFirst();
    }

    /// Those that hold back the rows of this database.
    XminHorizon in(String database) {
        return new XminHorizon(blockers.stream().filter(b -> b.holdsRowsOf(database)).toList());
    }

    /// All that stand at the holder's point: ending one of them alone brings nothing.
    List<Blocker> together(Blocker holder) {
        return blockers.stream()
                .filter(b -> !b.catalogOnly() && b.xminAge() == holder.xminAge())
                .filter(b -> holder.databaseName() == null || b.holdsRowsOf(holder.databaseName()))
                .toList();
    }

    String words(Blocker holder) {
        return together(holder).stream().map(Blocker::words).collect(Collectors.joining(" and "));
    }

    String remedy(Blocker holder) {
        return together(holder).stream().map(Blocker::remedy).collect(Collectors.joining("; "));
    }

    /// Age of the horizon once the holder and all that stand beside it are gone.
    private long ageWithout(Blocker holder) {
        var gone = together(holder);
        return blockers.stream()
                .filter(b -> !gone.contains(b) && !b.catalogOnly())
                .filter(b -> holder.databaseName() == null || b.holdsRowsOf(holder.databaseName()))
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

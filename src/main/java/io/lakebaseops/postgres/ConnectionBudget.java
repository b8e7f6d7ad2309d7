package io.lakebaseops.postgres;

import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/// How many connections to a server we may have, and for what. The slots are the applications':
/// reading takes no more than a twentieth of them (one at least, three at most), changes a person
/// approved may bring the sum to three. Guarded by its owner's lock.
final class ConnectionBudget {
    static final int MOST = 3;

    /// Leaves one for reading.
    private static final int MOST_FOR_CHANGES = 2;

    /// What the server said of its free slots is believed this long.
    private static final Duration FRESH = Duration.ofSeconds(5);

    /// What a connection is for.
    enum Use {
        /// Looking at the main database of a target.
        MAIN,
        /// Looking at another database: given up first when slots run short.
        VISIT,
        /// An approved change.
        CHANGE,
        /// Watching an approved change from outside.
        WATCH;

        boolean reads() {
            return this == MAIN || this == VISIT;
        }
    }

    private final Map<Use, Integer> taken = new EnumMap<>(Use.class);
    private @Nullable SessionStart slots;
    private long slotsAt;

    boolean room(Use use) {
        return all() < MOST
                && switch (use) {
                    case MAIN, VISIT -> count(Use.MAIN) + count(Use.VISIT) < readLimit();
                    case CHANGE -> count(Use.CHANGE) < MOST_FOR_CHANGES;
                    case WATCH -> true;
                };
    }

    private int all() {
        return taken.values().stream().mapToInt(Integer::intValue).sum();
    }

    private int count(Use use) {
        return taken.getOrDefault(use, 0);
    }

    private int readLimit() {
        return slots == null || shortOfSlots() ? 1 : slots.readLimit();
    }

    void taken(Use use) {
        taken.merge(use, 1, Integer::sum);
    }

    void givenBack(Use use) {
        taken.merge(use, -1, Integer::sum);
    }

    void heard(SessionStart now) {
        slots = now;
        slotsAt = System.nanoTime();
    }

    /// Was the server asked for its slots lately?
    boolean knowsSlots() {
        return slots != null && System.nanoTime() - slotsAt < FRESH.toNanos();
    }

    boolean shortOfSlots() {
        return slots != null && knowsSlots() && slots.shortOfSlots();
    }

    OpsException busy(String what) {
        return new OpsException(
                OpsException.Kind.CONFLICT,
                what,
                "all %d connections LakebaseOps allows itself on this server are in use by its own work"
                        .formatted(Math.max(1, all())),
                "wait for the running work to end, or cancel some of it");
    }

    OpsException slotsShort(String what) {
        var now = slots;
        return new OpsException(
                OpsException.Kind.CONFLICT,
                what,
                "only %d of the server's %d connection slots are free: they are left to the applications"
                        .formatted(
                                now == null ? 0 : now.free(),
                                now == null ? 0 : now.maxConnections()),
                "end idle sessions or raise max_connections; it is looked at again by itself");
    }
}

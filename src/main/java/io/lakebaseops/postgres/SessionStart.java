package io.lakebaseops.postgres;

import java.time.Instant;

/// What a new connection learns first, the row of `capability/session_start`.
///
/// @param reserved slots only superusers and privileged roles may take
/// @param used client sessions, ours among them
record SessionStart(int pid, Instant postmasterStart, int maxConnections, int reserved, int used) {
    static final SqlName QUERY = new SqlName("capability", "session_start");

    /// Our share of a server's slots, in percent.
    private static final int SHARE = 5;

    /// Fewer free slots than a ninth, or three, belong to the applications alone.
    private static final int RESERVE = 3;

    private static final int RESERVE_PART = 9;

    /// How many connections reading may take, at least one.
    int readLimit() {
        return Math.clamp((long) maxConnections * SHARE / 100, 1, ConnectionBudget.MOST);
    }

    int free() {
        return Math.max(0, maxConnections - reserved - used);
    }

    boolean shortOfSlots() {
        int usable = maxConnections - reserved;
        return free() < Math.clamp(usable / RESERVE_PART, 1, RESERVE);
    }
}

package io.lakebaseops.agents.health.connections;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// One client session, as `connections/sessions` returns it. What the login may not see is null.
///
/// @param mayEnd whether this login may end it
record ServerSession(
        int pid,
        @Nullable String userName,
        @Nullable String databaseName,
        String application,
        @Nullable String clientAddress,
        @Nullable String state,
        @Nullable Instant backendStart,
        @Nullable Instant stateChange,
        @Nullable Instant xactStart,
        @Nullable Double sessionSeconds,
        @Nullable Double stateSeconds,
        @Nullable Double transactionSeconds,
        @Nullable String waitEventType,
        @Nullable String waitEvent,
        @Nullable Long xminAge,
        long locksHeld,
        @Nullable List<String> relations,
        boolean isSuperuser,
        boolean isReplication,
        boolean isOurs,
        boolean mayEnd,
        long advisoryLocks,
        boolean roleHasPrepared,
        @Nullable String textHolds,
        boolean textHidden,
        @Nullable String queryText) {
    boolean idle() {
        return "idle".equals(state);
    }

    boolean idleInTransaction() {
        return state != null && state.startsWith("idle in transaction");
    }

    double inState() {
        return stateSeconds == null ? 0 : stateSeconds;
    }

    /// What the session may hold that would be lost with it, null for nothing that can be seen.
    @Nullable String holds() {
        if (advisoryLocks > 0) {
            return "holds "
                    + (advisoryLocks == 1 ? "an advisory lock" : advisoryLocks + " advisory locks");
        }
        if ("listen".equals(textHolds)) {
            return "listens for notifications";
        }
        if ("cursor".equals(textHolds)) {
            return "has a cursor open";
        }
        if (roleHasPrepared && (idle() || "prepared".equals(textHolds))) {
            return "its role has a prepared transaction here, which it may be about to finish";
        }
        return textHidden
                ? "its last statement is hidden or cut off, so it may listen or have a cursor open"
                : null;
    }

    String who() {
        return "pid %d (%s%s)"
                .formatted(pid, userName, application.isBlank() ? "" : ", " + application);
    }
}

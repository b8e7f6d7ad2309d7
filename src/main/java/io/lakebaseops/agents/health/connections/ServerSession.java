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

    String who() {
        return "pid %d (%s%s)"
                .formatted(pid, userName, application.isBlank() ? "" : ", " + application);
    }
}

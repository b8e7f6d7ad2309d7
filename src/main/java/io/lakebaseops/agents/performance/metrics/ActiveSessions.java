package io.lakebaseops.agents.performance.metrics;

import io.lakebaseops.lakehouse.history.WaitInterval;
import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// One sample: the active sessions of a server at one moment.
///
/// @param hidden sessions this login may not look into
/// @param ownQuery queryid of the statement that took the sample
record ActiveSessions(
        Instant at, Map<WaitInterval.Key, Long> sessions, long hidden, @Nullable Long ownQuery) {
    ActiveSessions {
        sessions = Map.copyOf(sessions);
    }

    private record Row(
            String waitEventType,
            @Nullable String waitEvent,
            @Nullable String backendType,
            @Nullable String datname,
            @Nullable String rolname,
            @Nullable String applicationName,
            @Nullable Long queryid,
            boolean isHidden,
            boolean isOurs,
            long sessions) {}

    static ActiveSessions read(ReadSession session, Instant at) {
        var seen = new HashMap<WaitInterval.Key, Long>();
        long hidden = 0;
        Long own = null;
        for (var row : session.query(MetricsSql.ACTIVE_SESSIONS, Map.of(), Row.class)) {
            if (row.isOurs()) {
                own = row.queryid();
            } else if (row.isHidden()) {
                hidden += row.sessions();
            } else {
                seen.merge(
                        new WaitInterval.Key(
                                row.waitEventType(),
                                row.waitEvent(),
                                row.backendType(),
                                row.datname(),
                                row.rolname(),
                                row.applicationName(),
                                row.queryid()),
                        row.sessions(),
                        Long::sum);
            }
        }
        return new ActiveSessions(at, seen, hidden, own);
    }
}

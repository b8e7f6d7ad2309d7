package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.QueryMask;
import io.lakebaseops.agents.health.monitoring.AlertRule.Sop;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What did the situation look like when the alert was handled? Captured before anything is done,
/// because doing it destroys the traces. Literals in query texts are masked.
final class SopEvidence {
    private SopEvidence() {}

    static Evidence capture(Sop sop, ReadSession session, ToolContext context) {
        var query = query(sop);
        Map<String, Object> params =
                sop == Sop.VACUUM_WORST_TABLE
                        ? Map.of(
                                "min_rows",
                                HealthProbe.MIN_ROWS,
                                "min_bytes",
                                HealthProbe.MIN_BYTES)
                        : Map.of();
        var rows = masked(session.query(query, params));
        return new Evidence(query.path(), Map.copyOf(params), rows, context.clock().instant());
    }

    /// Is what it captures hidden from a login without pg_monitor?
    static boolean needsMonitor(Sop sop) {
        return switch (sop) {
            case CAPTURE_LOCK_CHAIN,
                    CAPTURE_BLOCKERS,
                    END_IDLE_SESSIONS,
                    CAPTURE_SLOW_STATEMENT,
                    ADVISE_REPLICATION ->
                    true;
            case VACUUM_WORST_TABLE, ADVISE_CACHE, FREEZE_OLDEST -> false;
        };
    }

    private static SqlName query(Sop sop) {
        return switch (sop) {
            case VACUUM_WORST_TABLE -> HealthSql.WORST_DEAD_ROWS;
            case CAPTURE_LOCK_CHAIN, CAPTURE_BLOCKERS -> HealthSql.LOCK_CHAIN;
            case END_IDLE_SESSIONS -> HealthSql.SESSIONS;
            case CAPTURE_SLOW_STATEMENT -> HealthSql.RUNNING_STATEMENTS;
            case ADVISE_CACHE -> HealthSql.DISK_READERS;
            case FREEZE_OLDEST -> HealthSql.OLDEST_TABLES;
            case ADVISE_REPLICATION -> HealthSql.REPLICATION;
        };
    }

    private static Rows masked(Rows rows) {
        var list =
                rows.list().stream()
                        .map(
                                row -> {
                                    Map<String, @Nullable Object> copy = new LinkedHashMap<>(row);
                                    copy.computeIfPresent(
                                            "query_text",
                                            (_, text) -> QueryMask.mask(text.toString()));
                                    return copy;
                                })
                        .toList();
        return new Rows(List.copyOf(list));
    }
}

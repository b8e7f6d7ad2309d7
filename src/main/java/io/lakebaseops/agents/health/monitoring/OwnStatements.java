package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The statements in pg_stat_statements that are ours: of our login and with our comment. Reading
/// the texts walks the server's file of them, so they are looked up once a minute.
final class OwnStatements {
    private static final Duration FRESH = Duration.ofMinutes(1);

    private record Known(List<Long> ids, long at) {}

    private final Map<TargetId, Known> known = new ConcurrentHashMap<>();

    /// The parameter that leaves them out.
    Map<String, Object> of(TargetId target, ReadSession session) {
        var last = known.get(target);
        if (last == null || System.nanoTime() - last.at() > FRESH.toNanos()) {
            last = new Known(read(session, last), System.nanoTime());
            known.put(target, last);
        }
        return Map.of("own_queries", last.ids());
    }

    /// A single text that is no UTF-8 makes the server refuse all of them: the few of ours then
    /// count with the rest, which is better than no figure.
    private static List<Long> read(ReadSession session, @Nullable Known last) {
        try {
            return session.query(HealthSql.OWN_STATEMENTS).list().stream()
                    .map(row -> row.get("queryid"))
                    .filter(Number.class::isInstance)
                    .map(id -> ((Number) id).longValue())
                    .toList();
        } catch (OpsException e) {
            if (e.kind() != OpsException.Kind.INVALID_INPUT) {
                throw e;
            }
            return last == null ? List.of() : last.ids();
        }
    }
}

package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.health.monitoring.ServerReading.WorstTable;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The tables with the most dead rows, one database per round in turn and each at most once a
/// minute: connecting costs more than all the rest of the measuring. The target's main database is
/// read in every round.
final class DeadRowsTour {
    /// Ratios of dead rows mean nothing on smaller tables.
    static final Map<String, Object> FLOORS = Map.of("min_rows", 1_000L, "min_bytes", 8L << 20);

    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Targets targets;
    private final Clock clock;
    private final Map<TargetId, Seen> seen = new ConcurrentHashMap<>();

    DeadRowsTour(Targets targets, Clock clock) {
        this.targets = targets;
        this.clock = clock;
    }

    /// What is known of one target's databases, the one read longest ago first.
    private static final class Seen {
        private final Map<String, Look> looks = new LinkedHashMap<>();

        /// The next to visit: one never seen, or else the one seen longest ago, before `since`.
        synchronized @Nullable String next(List<String> databases, String main, Instant since) {
            looks.keySet().retainAll(databases);
            var others = databases.stream().filter(d -> !d.equals(main)).toList();
            var fresh = others.stream().filter(d -> !looks.containsKey(d)).findFirst();
            return fresh.or(
                            () ->
                                    looks.entrySet().stream()
                                            .filter(e -> others.contains(e.getKey()))
                                            .findFirst()
                                            .filter(e -> e.getValue().at().isBefore(since))
                                            .map(Map.Entry::getKey))
                    .orElse(null);
        }

        synchronized void put(String database, Look look) {
            looks.remove(database);
            looks.put(database, look);
        }

        synchronized @Nullable WorstTable worst() {
            WorstTable worst = null;
            for (var look : looks.values()) {
                var table = look.worst();
                if (table != null && (worst == null || table.ratio() > worst.ratio())) {
                    worst = table;
                }
            }
            return worst;
        }

        synchronized @Nullable String missing() {
            return looks.entrySet().stream()
                    .filter(e -> e.getValue().why() != null)
                    .map(e -> "database %s: %s".formatted(e.getKey(), e.getValue().why()))
                    .findFirst()
                    .orElse(null);
        }
    }

    private record Look(@Nullable WorstTable worst, @Nullable String why, Instant at) {}

    /// @param worst of the latest look into each database, null when no table is large enough
    record Result(@Nullable WorstTable worst, @Nullable String missing) {}

    /// A database to visit, before the session on the main one is opened.
    void visitNext(TargetId target, List<String> databases, String main, Deadline deadline) {
        var known = seen.computeIfAbsent(target, _ -> new Seen());
        var next = known.next(databases, main, clock.instant().minus(AGAIN));
        if (next == null) {
            return;
        }
        try (var session = targets.read(target, next, deadline)) {
            known.put(next, new Look(worstOf(session), null, clock.instant()));
        } catch (OpsException e) {
            if (e.kind() == OpsException.Kind.UNREACHABLE
                    || e.kind() == OpsException.Kind.CANCELLED) {
                throw e;
            }
            known.put(next, new Look(null, e.why(), clock.instant()));
        }
    }

    Result result(TargetId target, ReadSession main) {
        var known = seen.computeIfAbsent(target, _ -> new Seen());
        known.put(main.database(), new Look(worstOf(main), null, clock.instant()));
        return new Result(known.worst(), known.missing());
    }

    private static @Nullable WorstTable worstOf(ReadSession session) {
        var rows = session.query(HealthSql.WORST_DEAD_ROWS, FLOORS);
        if (rows.isEmpty()) {
            return null;
        }
        var row = rows.list().getFirst();
        var subject =
                Subject.table(
                        session.database(),
                        String.valueOf(row.get("schema_name")),
                        String.valueOf(row.get("table_name")));
        return new WorstTable(
                subject,
                HealthProbe.number(row, "dead_ratio"),
                HealthProbe.number(row, "dead_rows"));
    }
}

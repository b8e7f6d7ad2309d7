package io.lakebaseops.lakehouse.history;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.ReadScope;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Alerts and archivals of the generated past of a server, added up apart from what was measured
/// and done. They do not change any more, so they are read once.
public final class PastDeeds {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Lakehouse lakehouse;
    private final Predicate<TargetId> generated;
    private final Map<TargetId, PastAlerts> alerts = new ConcurrentHashMap<>();
    private final Map<TargetId, PastArchivals> archivals = new ConcurrentHashMap<>();

    /// @param generated servers that have such a past; no other is asked about
    public PastDeeds(Lakehouse lakehouse, Predicate<TargetId> generated) {
        this.lakehouse = lakehouse;
        this.generated = generated;
    }

    /// @param median how long one lasted
    /// @param agents how many an agent's repair ended
    public record PastAlerts(long alerts, Duration median, long agents, Instant since) {
        /// `generated: 12 alerts since 30 Aug, 4 min to solve (median), 10 by agents`.
        public String words(String since) {
            return "generated: %s since %s, %s to solve (median), %s by agents"
                    .formatted(
                            Format.count(alerts, "alert"), since, Format.briefly(median), agents);
        }
    }

    /// @param last when the last of them ran
    public record PastArchivals(long archivals, long rows, long bytes, Instant last) {
        /// `generated: 3 archivals until 4 Nov, 1,200,000 rows, 310 MB freed`.
        public String words(String last) {
            return "generated: %s until %s, %s rows, %s freed"
                    .formatted(
                            Format.count(archivals, "archival"),
                            last,
                            Format.grouped(rows),
                            Format.size(bytes));
        }
    }

    public Optional<PastAlerts> alerts(TargetId target) {
        return Optional.ofNullable(
                alerts.computeIfAbsent(
                        target,
                        _ -> {
                            var row = first(HistoryQueries.ALERTS_GENERATED, target);
                            var since = moment(row, "first_at");
                            return since == null
                                    ? null
                                    : new PastAlerts(
                                            number(row, "alerts"),
                                            Duration.ofSeconds(number(row, "median_seconds")),
                                            number(row, "by_agents"),
                                            since);
                        }));
    }

    public Optional<PastArchivals> archivals(TargetId target) {
        return Optional.ofNullable(
                archivals.computeIfAbsent(
                        target,
                        _ -> {
                            var row = first(HistoryQueries.ARCHIVALS_GENERATED, target);
                            var last = moment(row, "last_at");
                            return last == null
                                    ? null
                                    : new PastArchivals(
                                            number(row, "archivals"),
                                            number(row, "rows_archived"),
                                            number(row, "bytes_reclaimed"),
                                            last);
                        }));
    }

    private Map<String, @Nullable Object> first(LakeQuery query, TargetId target) {
        if (!generated.test(target)) {
            return Map.of();
        }
        Rows rows =
                lakehouse.query(
                        query,
                        Map.of("project", target.project(), "branch", target.branch()),
                        ReadScope.ALL,
                        Deadline.in(PATIENCE));
        return rows.list().isEmpty() ? Map.of() : rows.list().getFirst();
    }

    private static @Nullable Instant moment(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Instant at ? at : null;
    }

    private static long number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Number n ? Math.round(n.doubleValue()) : 0;
    }
}

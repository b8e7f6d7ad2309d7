package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.health.monitoring.HealthBoard.Point;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.ReadScope;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Fills the board with what was stored before this process began to measure, once per target, so
/// that charts do not begin empty at each start.
public final class HealthHistory {
    /// The longest range a chart offers.
    static final Duration BACK = Duration.ofHours(24);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Logger log = LoggerFactory.getLogger(HealthHistory.class);

    private static final Map<String, MetricName> NAMES =
            Arrays.stream(MetricName.values())
                    .collect(Collectors.toMap(MetricName::id, Function.identity()));

    private final Lakehouse lakehouse;
    private final LiveHealthBoard board;
    private final Clock clock;
    private final Set<TargetId> filled = ConcurrentHashMap.newKeySet();

    public HealthHistory(Lakehouse lakehouse, LiveHealthBoard board, Clock clock) {
        this.lakehouse = lakehouse;
        this.board = board;
        this.clock = clock;
    }

    /// Blocking. A history that cannot be read leaves the charts to begin now.
    public void fill(TargetId target) {
        if (!filled.add(target)) {
            return;
        }
        try {
            board.seed(target, read(target, clock.instant()));
        } catch (OpsException e) {
            filled.remove(target);
            log.warn("The stored metrics of {} could not be read: {}", target, e.getMessage());
        }
    }

    /// Blocking. For a history that got rows of earlier hours meanwhile.
    public void fillAgain(TargetId target) {
        if (filled.remove(target)) {
            fill(target);
        }
    }

    private Map<MetricName, List<Point>> read(TargetId target, Instant now) {
        var rows =
                lakehouse.query(
                        HistoryQueries.METRIC_POINTS,
                        Map.of("project", target.project(), "branch", target.branch()),
                        ReadScope.between(now.minus(BACK), now),
                        Deadline.in(PATIENCE));
        var points = new EnumMap<MetricName, List<Point>>(MetricName.class);
        for (var row : rows.list()) {
            var name = NAMES.get(String.valueOf(row.get("metric_name")));
            if (name != null
                    && row.get("recorded_at") instanceof Instant at
                    && row.get("metric_value") instanceof Number value) {
                points.computeIfAbsent(name, _ -> new ArrayList<>())
                        .add(new Point(at, value.doubleValue()));
            }
        }
        return points;
    }
}

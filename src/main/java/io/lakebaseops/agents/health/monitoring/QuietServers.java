package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.health.monitoring.HealthBoard.Point;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;

import java.time.Clock;
import java.time.Duration;

/// Servers on which nobody but us did anything for a while: measuring them every few seconds would
/// be all that keeps their compute from being suspended.
public final class QuietServers {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(3);

    /// The platform's own look-ins: less than a transaction in five seconds.
    private static final double ALMOST_NONE = 0.2;

    private final HealthBoard board;
    private final Clock clock;

    public QuietServers(HealthBoard board, Clock clock) {
        this.board = board;
        this.clock = clock;
    }

    /// True only when it was measured all that time: what was not seen may be busy.
    public boolean quiet(TargetId target) {
        var points = board.series(target, MetricName.TPS, LONG_ENOUGH);
        if (points.isEmpty()) {
            return false;
        }
        var since = Duration.between(points.getFirst().at(), clock.instant());
        boolean longEnough = since.compareTo(LONG_ENOUGH.minusSeconds(15)) >= 0;
        return longEnough
                && points.stream().mapToDouble(Point::value).allMatch(v -> v < ALMOST_NONE);
    }
}

package io.lakebaseops.console.overview;

import io.lakebaseops.console.Limit;
import io.lakebaseops.console.parts.GaugeTile.Reading;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Source;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One of the eight watched figures: its name on the tile and the scale it is drawn on.
///
/// @param min where the scale begins, in the metric's unit
record Gauge(MetricName metric, String title, double min, double max) {

    // Scales end a little above the critical mark, so that both marks stand at readable places;
    // transaction ids end at 2^31, where PostgreSQL stops.
    static final List<Gauge> ALL =
            List.of(
                    new Gauge(MetricName.CACHE_HIT_RATIO, "Cache hit", 0.90, 1),
                    new Gauge(MetricName.CONNECTION_UTILIZATION, "Connections", 0, 1),
                    new Gauge(MetricName.MAX_DEAD_TUPLE_RATIO, "Dead rows", 0, 0.40),
                    new Gauge(MetricName.LOCK_WAIT_SECONDS, "Lock wait", 0, 180),
                    new Gauge(MetricName.DEADLOCKS_PER_HOUR, "Deadlocks", 0, 8),
                    new Gauge(MetricName.SLOWEST_QUERY_SECONDS, "Slow query", 0, 45),
                    new Gauge(MetricName.TXID_AGE, "XID age", 0, 2_147_483_648.0),
                    new Gauge(MetricName.REPLICATION_LAG_SECONDS, "Replica lag", 0, 90));

    Reading read(@Nullable Metric measured, Limit limit) {
        if (measured == null) {
            return dash("", "not measured");
        }
        var value = measured.value().value();
        if (value == null) {
            var reason = measured.value().reason();
            return dash(reason == null ? "" : reason, "unavailable");
        }
        var severity = limit.judge(value);
        var role =
                measured.value().source() == Source.SIMULATED ? Role.SIMULATED : Role.of(severity);
        var figure = Format.of(metric, value);
        var mark = role == Role.CRITICAL ? limit.critical() : limit.warning();
        var crossed = limit.lowIsBad() ? ", under " : ", over ";
        var verdict =
                role.word() + (severity == null ? ", limit " : crossed) + Format.of(metric, mark);
        return new Reading(
                value, true, figure.number(), figure.unit(), measured.detail(), role, verdict);
    }

    private static Reading dash(String reason, String verdict) {
        return new Reading(0, false, "–", "", reason, Role.UNAVAILABLE, verdict);
    }
}

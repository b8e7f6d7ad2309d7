package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.MetricName;

/// How a watched metric is named, worded and scaled on its gauge.
///
/// @param title on the tile, in alerts and in the verdict alike
/// @param best where the scale begins: nothing can be better
/// @param worst where it ends
/// @param sentence for the verdict, with `%1$s` the figure and `%2$s` the metric's detail
public record GaugeText(String title, double best, double worst, String sentence) {

    String sentence(Metric metric) {
        var value = metric.value().value();
        return sentence.formatted(
                value == null ? "–" : Format.of(metric.name(), value), metric.detail());
    }

    /// From 0, good, to 1, as bad as can be; the warning limit always stands at one half and the
    /// critical one at three quarters, so that gauges can be compared and the worst has most ink.
    public double share(double value, double warning, double critical) {
        if (between(best, warning, value)) {
            return 0.5 * part(best, warning, value);
        }
        if (between(warning, critical, value)) {
            return 0.5 + 0.25 * part(warning, critical, value);
        }
        boolean good = best < worst ? value < best : value > best;
        return good ? 0 : Math.min(1, 0.75 + 0.25 * part(critical, worst, value));
    }

    private static boolean between(double a, double b, double v) {
        return v >= Math.min(a, b) && v <= Math.max(a, b);
    }

    private static double part(double from, double to, double v) {
        return from == to ? 1 : (v - from) / (to - from);
    }

    /// `Dead rows 27 %`.
    String figure(MetricName name, double value) {
        return title + " " + Format.of(name, value);
    }
}

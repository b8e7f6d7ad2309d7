package io.lakebaseops.console.overview;

import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.ChartPicture;
import io.lakebaseops.console.parts.ChartPicture.Flag;
import io.lakebaseops.console.parts.ChartPicture.Limit;
import io.lakebaseops.console.parts.ChartPicture.Point;
import io.lakebaseops.console.parts.ChartPicture.Series;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Format.Figure;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleFunction;

/// The charts of traffic, latency, WAL and sessions over the last hours.
final class Charts {
    private static final double MB = 1024 * 1024;

    private final ConsoleServices services;
    private final TargetId target;
    private final Duration back;
    private final Instant now;

    private final List<Flag> flags;
    private final List<Instant> ticks;
    private final @Nullable GeneratedHistory generated;

    /// @param flags what happened meanwhile
    /// @param ticks when a vacuum ended
    Charts(
            ConsoleServices services,
            TargetId target,
            Duration back,
            List<Flag> flags,
            List<Instant> ticks) {
        this.services = services;
        this.target = target;
        this.back = back;
        this.flags = flags;
        this.ticks = ticks;
        now = services.runtime().clock().instant();
        generated = services.generated().apply(target).orElse(null);
    }

    /// @param current the newest value as shown beside the title
    record Chart(String title, Figure current, ChartPicture picture) {}

    List<Chart> traffic() {
        return List.of(
                one(Texts.of("Transactions"), MetricName.TPS, "series-1"),
                one(Texts.of("Mean time"), MetricName.MEAN_LATENCY_MS, "series-2"),
                wal(),
                sessions());
    }

    /// Any metric with its warning mark, for the evidence pane.
    Chart evidence(MetricName metric, String title) {
        var chart = one(title, metric, "series-1");
        var watched = services.health().metrics().watched(metric).orElse(null);
        if (watched == null) {
            return chart;
        }
        var rule = watched.rule();
        var p = chart.picture();
        return new Chart(
                title,
                chart.current(),
                p.limits(
                        List.of(
                                mark(metric, Texts.of("warning"), rule.warning(), Role.WARNING),
                                mark(
                                        metric,
                                        Texts.of("critical"),
                                        rule.critical(),
                                        Role.CRITICAL))));
    }

    private static Limit mark(MetricName metric, String word, double value, Role role) {
        return new Limit(value, word + " " + Format.of(metric, value), role);
    }

    private Chart one(String title, MetricName metric, String style) {
        var points = points(metric);
        DoubleFunction<String> format = v -> Format.of(metric, v).toString();
        return new Chart(
                title,
                latest(points, v -> Format.of(metric, v)),
                picture(metric, List.of(new Series(title, style, true, points)), format));
    }

    // Bytes are counted over the time since the point before; on the screen they are a rate. In MB,
    // so that the axis has round values.
    private Chart wal() {
        var points = points(MetricName.WAL_BYTES);
        var rates = new ArrayList<Point>();
        for (int i = 1; i < points.size(); i++) {
            var span = Duration.between(points.get(i - 1).at(), points.get(i).at());
            if (span.isPositive()) {
                rates.add(
                        new Point(
                                points.get(i).at(),
                                points.get(i).value() / (span.toNanos() / 1e9) / MB));
            }
        }
        return new Chart(
                Texts.of("WAL written"),
                latest(rates, v -> perSecond(Format.bytes(v * MB))),
                picture(
                        MetricName.WAL_BYTES,
                        List.of(new Series("WAL", "series-3", true, rates)),
                        v -> perSecond(Format.bytes(v * MB)).toString()));
    }

    private static Figure perSecond(Figure bytes) {
        return new Figure(bytes.number(), bytes.unit() + " / s");
    }

    private Chart sessions() {
        var active = points(MetricName.ACTIVE_CONNECTIONS);
        var waiting = points(MetricName.ACTIVE_WAITING_AVG);
        return new Chart(
                Texts.of("Active sessions"),
                latest(active, v -> new Figure(Format.digits(v), lastWaiting(waiting))),
                picture(
                        MetricName.ACTIVE_CONNECTIONS,
                        List.of(
                                new Series(Texts.of("active"), "series-1", true, active),
                                new Series(Texts.of("waiting"), "series-4", true, waiting)),
                        Format::digits));
    }

    private static String lastWaiting(List<Point> waiting) {
        return waiting.isEmpty()
                ? ""
                : Texts.of("%s waiting", Format.digits(waiting.getLast().value()));
    }

    private List<Point> points(MetricName metric) {
        return services.health().board().series(target, metric, back).stream()
                .map(Charts::point)
                .toList();
    }

    private static Point point(HealthBoard.Point p) {
        return new Point(p.at(), p.value());
    }

    private static Figure latest(List<Point> points, java.util.function.DoubleFunction<Figure> f) {
        return points.isEmpty()
                ? new Figure("–", "")
                : Objects.requireNonNull(f.apply(points.getLast().value()));
    }

    private ChartPicture picture(
            MetricName metric, List<Series> series, DoubleFunction<String> format) {
        return ChartPicture.of(now.minus(back), now, series, format)
                .events(flags, ticks)
                .generated(generated)
                .silence(silence(metric));
    }

    private String silence(MetricName metric) {
        return services.health()
                .board()
                .latest(target)
                .map(round -> round.metrics().get(metric))
                .map(m -> m.value().reason())
                .orElse(Texts.of("no points in this range"));
    }
}

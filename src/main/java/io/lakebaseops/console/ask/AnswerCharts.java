package io.lakebaseops.console.ask;

import io.lakebaseops.console.parts.ChartPicture;
import io.lakebaseops.console.parts.ChartPicture.Flag;
import io.lakebaseops.console.parts.ChartPicture.Point;
import io.lakebaseops.console.parts.ChartPicture.Series;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.TimeChart;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.answer.Exhibit.ResultChart;
import io.lakebaseops.domain.answer.Exhibit.ResultSeries;

import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/// The charts of an answer below each other, with one time axis and one cursor.
final class AnswerCharts extends VBox {
    /// What series are told apart by; the second chart begins with another colour than the first.
    private static final List<String> STYLES =
            List.of("series-1", "series-4", "series-5", "series-3", "series-6", "series-2");

    private final SimpleObjectProperty<@Nullable Instant> moment = new SimpleObjectProperty<>();
    private final SimpleDoubleProperty left = new SimpleDoubleProperty();
    private final List<TimeChart> charts = new ArrayList<>();

    /// @param onRange what a drag over a chart chooses; null when nothing can be chosen
    AnswerCharts(List<ResultChart> all, @Nullable BiConsumer<Instant, Instant> onRange) {
        super(6);
        setMinWidth(0);
        var times =
                all.stream()
                        .flatMap(c -> c.series().stream())
                        .flatMap(s -> s.points().stream())
                        .map(p -> p.time())
                        .toList();
        var from = times.stream().min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
        var to = times.stream().max(Comparator.naturalOrder()).orElse(from.plusSeconds(1));
        for (int i = 0; i < all.size(); i++) {
            var one = all.get(i);
            var chart = new TimeChart();
            chart.setMinHeight(84);
            chart.show(picture(one, i, from, to.isAfter(from) ? to : from.plusSeconds(1)));
            chart.momentProperty().bindBidirectional(moment);
            chart.alignLeft(left);
            if (onRange != null) {
                chart.onRange(onRange);
            }
            VBox.setVgrow(chart, Priority.ALWAYS);
            charts.add(chart);
            getChildren().addAll(head(one, i), chart);
        }
    }

    /// @param height of all of them together
    void height(double height) {
        double each = (height - 22.0 * charts.size()) / Math.max(1, charts.size());
        charts.forEach(c -> c.setPrefHeight(Math.max(84, each)));
    }

    private static Node head(ResultChart chart, int number) {
        var line = new HBox(10, Nodes.label(title(chart), "chart-title-small"), Nodes.spacer());
        if (chart.series().size() > 1) {
            int next = 0;
            for (var series : chart.series()) {
                var mark = new Region();
                mark.getStyleClass()
                        .addAll(
                                series.dashed() ? "legend-dashed" : "legend-line",
                                style(series, number, next));
                next += series.dashed() ? 0 : 1;
                var entry = new HBox(5, mark, Nodes.label(series.name(), "chart-tick"));
                entry.getStyleClass().add("row");
                line.getChildren().add(entry);
            }
        }
        line.getStyleClass().add("row");
        return line;
    }

    private static String title(ResultChart chart) {
        boolean said = chart.unit().isEmpty() || chart.title().contains(chart.unit());
        return said || bytes(chart) ? chart.title() : chart.title() + ", " + chart.unit();
    }

    private static boolean bytes(ResultChart chart) {
        return chart.unit().equals("bytes") || chart.unit().equals("B");
    }

    private static String style(ResultSeries series, int chart, int place) {
        return series.dashed() ? "series-before" : STYLES.get((chart + place) % STYLES.size());
    }

    private static ChartPicture picture(ResultChart chart, int number, Instant from, Instant to) {
        var series = new ArrayList<Series>();
        int next = 0;
        for (var one : chart.series()) {
            var points =
                    one.points().stream()
                            .filter(p -> p.value() != null)
                            .map(p -> new Point(p.time(), Objects.requireNonNull(p.value())))
                            .toList();
            series.add(
                    new Series(
                            one.name(),
                            style(one, number, next),
                            chart.series().size() == 1,
                            points));
            next += one.dashed() ? 0 : 1;
        }
        var flags =
                chart.marks().stream()
                        .map(m -> new Flag(m.time(), m.words(), Role.CRITICAL, null))
                        .toList();
        return ChartPicture.of(from, to, series, format(chart)).events(flags, List.of());
    }

    private static DoubleFunction<String> format(ResultChart chart) {
        if (bytes(chart)) {
            return Format::size;
        }
        double highest =
                chart.series().stream()
                        .flatMap(s -> s.points().stream())
                        .flatMap(p -> Stream.ofNullable(p.value()))
                        .mapToDouble(v -> v)
                        .max()
                        .orElse(0);
        return highest >= 10_000 ? v -> Format.large(v).toString() : Format::digits;
    }
}

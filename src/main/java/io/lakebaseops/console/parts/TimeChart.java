package io.lakebaseops.console.parts;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import javafx.scene.shape.Path;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/// A chart of one or more figures over one time axis; hours nobody watched are a grey band,
/// thresholds are drawn and labelled, and all charts of a screen share one cursor.
public final class TimeChart extends Region {
    private static final DateTimeFormatter HH_MM =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_HH_MM =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private static final double AXIS = 18;
    private static final double HEAD = 15;

    /// One measured value.
    public record Point(Instant at, double value) {}

    /// @param style one of `series-1` … `series-4`
    public record Series(String name, String style, boolean area, List<Point> points) {
        public Series {
            points = List.copyOf(points);
        }
    }

    /// A threshold.
    public record Mark(double value, String text, Role role) {}

    /// @param marks the thresholds, if there are any
    /// @param silence why there may be no points
    public record Picture(
            Instant from,
            Instant to,
            List<Series> series,
            List<Mark> marks,
            DoubleFunction<String> format,
            String silence) {
        public Picture {
            series = List.copyOf(series);
            marks = List.copyOf(marks);
        }
    }

    private final ObjectProperty<@Nullable Instant> cursor = new SimpleObjectProperty<>();
    private final List<Path> paths = new ArrayList<>();
    private final Line base = line("chart-axis");
    private final Path unwatched = path("chart-unwatched", "chart-band");
    private final Line hair = line("chart-cursor");
    private final List<Line> markLines = new ArrayList<>();
    private final List<Label> markLabels = new ArrayList<>();
    private final Label empty = Nodes.label("", "chart-tick");
    private final Label hover = Nodes.label("", "chart-hover");
    private final Label top = Nodes.label("", "chart-tick");
    private final Label[] ticks = {tick(), tick(), tick(), tick()};
    private @Nullable Picture picture;

    public TimeChart() {
        getStyleClass().add("time-chart");
        setMinHeight(72);
        setPrefHeight(96);
        getChildren().addAll(unwatched, base, top, empty, hair, hover);
        getChildren().addAll(ticks);
        hover.setVisible(false);
        hair.setVisible(false);
        setOnMouseMoved(e -> point(e.getX()));
        setOnMouseExited(_ -> cursor.set(null));
        cursor.addListener((_, _, at) -> showCursor(at));
    }

    private static Label tick() {
        return Nodes.label("", "chart-tick");
    }

    private static Line line(String style) {
        var line = new Line();
        line.getStyleClass().add(style);
        line.setManaged(false);
        line.setMouseTransparent(true);
        return line;
    }

    /// Bind several charts' cursors together and they move as one.
    public ObjectProperty<@Nullable Instant> momentProperty() {
        return cursor;
    }

    public void show(Picture next) {
        picture = next;
        getChildren().removeAll(paths);
        paths.clear();
        for (var series : next.series()) {
            if (series.area()) {
                paths.add(path(series.style(), "chart-area"));
            }
            paths.add(path(series.style(), "chart-line"));
        }
        getChildren().addAll(1, paths);
        showMarks(next.marks());
        requestLayout();
    }

    private void showMarks(List<Mark> marks) {
        getChildren().removeAll(markLines);
        getChildren().removeAll(markLabels);
        markLines.clear();
        markLabels.clear();
        for (var mark : marks) {
            var line = line("chart-mark");
            line.getStyleClass().add(mark.role().css());
            markLines.add(line);
            markLabels.add(Nodes.label(mark.text(), "chart-tick", "chart-mark-label"));
        }
        getChildren().addAll(markLines);
        getChildren().addAll(markLabels);
    }

    private static Path path(String series, String kind) {
        var path = new Path();
        path.getStyleClass().addAll(kind, series);
        path.setManaged(false);
        path.setMouseTransparent(true);
        return path;
    }

    @Override
    protected void layoutChildren() {
        var p = picture;
        if (p == null || getWidth() <= 0) {
            return;
        }
        var scale = Scale.of(p, getWidth(), getHeight() - AXIS, HEAD);
        int next = 0;
        for (var series : p.series()) {
            var runs = scale.runs(series.points());
            if (series.area()) {
                paths.get(next++).getElements().setAll(scale.area(runs));
            }
            paths.get(next++).getElements().setAll(scale.line(runs));
        }
        boolean any = p.series().stream().anyMatch(s -> !s.points().isEmpty());
        empty.setText(any ? "" : p.silence());
        empty.setMaxWidth(getWidth() - 16);
        center(empty, getWidth() / 2, scale.height() / 2 - 8);
        segment(base, 0, scale.height(), getWidth());
        unwatched.getElements().setAll(scale.unwatched(p));
        layoutMarks(p, scale);
        top.setText(any ? p.format().apply(scale.max()) : "");
        top.autosize();
        top.relocate(getWidth() - top.getWidth(), -2);
        layoutTicks(p, scale);
        showCursor(cursor.get());
    }

    private void layoutMarks(Picture p, Scale scale) {
        for (int i = 0; i < p.marks().size(); i++) {
            double value = p.marks().get(i).value();
            boolean seen = value <= scale.max();
            markLines.get(i).setVisible(seen);
            markLabels.get(i).setVisible(seen);
            if (seen) {
                segment(markLines.get(i), 0, scale.y(value), getWidth());
                markLabels.get(i).autosize();
                markLabels
                        .get(i)
                        .relocate(
                                getWidth() - markLabels.get(i).getWidth(),
                                Math.max(-2, scale.y(value) - 17));
            }
        }
    }

    private void layoutTicks(Picture p, Scale scale) {
        var span = Duration.between(p.from(), p.to());
        for (int i = 0; i < ticks.length; i++) {
            var at = p.from().plus(span.multipliedBy(i).dividedBy(ticks.length - 1));
            ticks[i].setText(tick(p, at));
            ticks[i].autosize();
            double x = scale.x(at) - ticks[i].getWidth() * i / (ticks.length - 1);
            ticks[i].relocate(x, scale.height() + 3);
        }
    }

    /// With the date where the axis spans more than one day.
    private static String tick(Picture p, Instant at) {
        var zone = ZoneId.systemDefault();
        boolean oneDay =
                p.from().atZone(zone).toLocalDate().equals(p.to().atZone(zone).toLocalDate());
        return (oneDay ? HH_MM : DAY_HH_MM).format(at.atZone(zone));
    }

    private static void segment(Line line, double x, double y, double x2) {
        line.setStartX(x);
        line.setEndX(x2);
        line.setStartY(Math.round(y) - 0.5);
        line.setEndY(Math.round(y) - 0.5);
    }

    private static void center(Label label, double x, double y) {
        label.autosize();
        label.relocate(x - label.getWidth() / 2, y);
    }

    private void point(double x) {
        var p = picture;
        if (p != null) {
            cursor.set(Scale.of(p, getWidth(), getHeight() - AXIS, HEAD).at(x));
        }
    }

    private void showCursor(@Nullable Instant at) {
        var p = picture;
        boolean on = at != null && p != null;
        hair.setVisible(on);
        hover.setVisible(on);
        if (at == null || p == null) {
            return;
        }
        var scale = Scale.of(p, getWidth(), getHeight() - AXIS, HEAD);
        double x = scale.x(at);
        hair.setStartX(x);
        hair.setEndX(x);
        hair.setStartY(0);
        hair.setEndY(scale.height());
        hover.setText(HoverText.at(p, at));
        hover.autosize();
        hover.relocate(Math.clamp(x + 8, 0, Math.max(0, getWidth() - hover.getWidth())), 0);
        hover.toFront();
    }

    @Override
    protected double computePrefWidth(double height) {
        return 240;
    }
}

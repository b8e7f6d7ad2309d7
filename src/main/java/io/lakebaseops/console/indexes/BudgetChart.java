package io.lakebaseops.console.indexes;

import io.lakebaseops.console.Messages;
import io.lakebaseops.console.parts.Levels;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Sketch;
import io.lakebaseops.domain.Format;
import io.lakebaseops.state.IndexSet;
import io.lakebaseops.state.IndexSet.Point;
import io.lakebaseops.state.IndexSet.Work;

import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Polyline;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/// The budget curve: the time an hour that the best set of indexes leaves, by the storage that its
/// indexes take; the writing in it as an area. Today's point is hollow, the chosen set's filled.
final class BudgetChart extends Region {
    private static final double AXIS = 36;
    private static final double LEFT = 52;
    private static final double HEAD = 10;

    private @Nullable IndexSet set;
    private @Nullable Point chosen;
    private Consumer<@Nullable Point> choose = _ -> {};

    BudgetChart() {
        setId("budget-chart");
        setMinSize(180, 150);
        setPrefHeight(210);
    }

    /// @param point of the curve that is looked at; null for the set itself
    void show(IndexSet next, @Nullable Point point, Consumer<@Nullable Point> act) {
        set = next;
        chosen = point;
        choose = act;
        setAccessibleText(
                Messages.of(
                        "indexes.budget.says",
                        time(next.today().msPerHour()),
                        Format.size(next.today().bytes()),
                        time(next.chosen().msPerHour()),
                        Format.size(next.chosen().bytes())));
        draw();
    }

    static String time(double msPerHour) {
        return Format.seconds(msPerHour / 1000).toString();
    }

    @Override
    protected void layoutChildren() {
        draw();
    }

    /// Where values lie in the drawing.
    ///
    /// @param low storage at the left edge and `high` at the right one
    private record Place(
            double bottom, double room, double wide, double most, double low, double high) {
        double x(double bytes) {
            return LEFT + wide * (bytes - low) / (high - low);
        }

        double y(double ms) {
            return bottom - room * ms / most;
        }
    }

    private void draw() {
        var s = set;
        if (s == null || getWidth() < 80 || getHeight() < 80) {
            return;
        }
        double most = s.today().msPerHour();
        double least = Math.min(s.today().bytes(), s.chosen().bytes());
        double widest = Math.max(s.today().bytes(), s.chosen().bytes());
        for (var point : s.curve()) {
            most = Math.max(most, point.work().msPerHour());
            least = Math.min(least, point.work().bytes());
            widest = Math.max(widest, point.work().bytes());
        }
        // Storage of what stays in any case says nothing: the axis begins near the smallest set.
        double beside = Math.max(0.15 * (widest - least), 0.05 * widest);
        var up = Levels.above(Math.max(most / 1000, 1e-3));
        var at =
                new Place(
                        getHeight() - AXIS,
                        getHeight() - AXIS - HEAD,
                        getWidth() - LEFT - 16,
                        up.max() * 1000,
                        Math.max(0, least - beside),
                        widest + beside + 1);
        var sketch = new Sketch(this);
        for (double level : up.values()) {
            double y = Math.round(at.y(level * 1000)) - 0.5;
            sketch.line("chart-grid", LEFT, y, getWidth(), y);
            sketch.words(level == 0 ? "0" : time(level * 1000), LEFT - 8, y - 8, 1, "chart-tick");
        }
        for (double bytes : new double[] {least, widest}) {
            sketch.words(
                    Format.size((long) bytes), at.x(bytes), at.bottom() + 2, 0.5, "chart-tick");
        }
        sketch.words(
                Messages.of("indexes.set.fact.storage"),
                getWidth() / 2,
                getHeight() - 17,
                0.5,
                "chart-tick");
        curve(s, at, sketch);
        points(s, at, sketch);
        sketch.show(getChildren());
    }

    private static void curve(IndexSet s, Place at, Sketch sketch) {
        var writes = new Polygon();
        writes.getStyleClass().add("budget-writes");
        var line = new Polyline();
        line.getStyleClass().addAll("budget-line", "series-simulated");
        for (var point : s.curve()) {
            writes.getPoints()
                    .addAll(at.x(point.work().bytes()), at.y(point.work().writeMsPerHour()));
            line.getPoints().addAll(at.x(point.work().bytes()), at.y(point.work().msPerHour()));
        }
        if (!s.curve().isEmpty()) {
            writes.getPoints()
                    .addAll(
                            at.x(s.curve().getLast().work().bytes()),
                            at.bottom(),
                            at.x(s.curve().getFirst().work().bytes()),
                            at.bottom());
            sketch.add(writes);
        }
        sketch.add(line);
    }

    private void points(IndexSet s, Place at, Sketch sketch) {
        for (var point : s.curve()) {
            var dot = dot(point.work(), at, 3.5, point == chosen ? "chosen" : "other");
            dot.setOnMouseClicked(_ -> choose.accept(point));
            Nodes.tip(
                    dot,
                    Messages.of(
                            "indexes.budget.point",
                            Format.size(point.work().bytes()),
                            time(point.work().msPerHour()),
                            time(point.work().writeMsPerHour()),
                            String.valueOf(point.build().size()),
                            String.valueOf(point.drop().size())));
            sketch.add(dot);
        }
        sketch.add(dot(s.today(), at, 6, "now"));
        var best = dot(s.chosen(), at, 6, "set");
        best.setOnMouseClicked(_ -> choose.accept(null));
        sketch.add(best);
        var today =
                named(
                        Messages.of("indexes.budget.today", words(s.today())),
                        s.today(),
                        at,
                        sketch,
                        "budget-now",
                        -24);
        var set =
                named(
                        Messages.of("indexes.budget.set", words(s.chosen())),
                        s.chosen(),
                        at,
                        sketch,
                        "budget-set",
                        8);
        sketch.then(
                () -> {
                    if (today.getBoundsInParent().intersects(set.getBoundsInParent())) {
                        today.setLayoutY(Math.max(0, set.getLayoutY() - today.getHeight() - 2));
                    }
                });
    }

    private static String words(Work work) {
        return Format.size(work.bytes()) + " · " + time(work.msPerHour());
    }

    private static Label named(
            String text, Work work, Place at, Sketch sketch, String style, double below) {
        double x = at.x(work.bytes());
        return sketch.words(
                text,
                x,
                Math.clamp(at.y(work.msPerHour()) + below, 0, Math.max(0, at.bottom() - 18)),
                0.5,
                "chart-tick",
                style);
    }

    private static Circle dot(Work work, Place at, double radius, String style) {
        var dot = new Circle(at.x(work.bytes()), at.y(work.msPerHour()), radius);
        dot.getStyleClass().addAll("budget-point", style);
        return dot;
    }
}

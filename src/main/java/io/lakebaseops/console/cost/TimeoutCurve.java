package io.lakebaseops.console.cost;

import io.lakebaseops.agents.health.operations.SuspendAdvice;
import io.lakebaseops.agents.health.operations.SuspendAdvice.Point;
import io.lakebaseops.console.parts.Levels;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.domain.Format;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polyline;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/// What each suspend timeout costs a day against its cold starts a day. Today's point is hollow, the
/// best one filled; the allowed cold starts are a line.
final class TimeoutCurve extends Region {
    private static final double AXIS = 34;
    private static final double LEFT = 44;
    private static final double HEAD = 8;

    private @Nullable SuspendAdvice advice;
    private @Nullable Point chosen;
    private Consumer<Point> choose = _ -> {};

    TimeoutCurve() {
        setId("timeout-curve");
        setMinSize(200, 130);
    }

    void show(SuspendAdvice next, @Nullable Point point, Consumer<Point> act) {
        advice = next;
        chosen = point;
        choose = act;
        setAccessibleText(
                "Cost against cold starts for %d timeouts of %s"
                        .formatted(next.curve().size(), next.branch()));
        draw();
    }

    void clear() {
        advice = null;
        getChildren().clear();
    }

    @Override
    protected void layoutChildren() {
        draw();
    }

    private void draw() {
        var a = advice;
        if (a == null || getWidth() < 80 || getHeight() < 80) {
            return;
        }
        boolean money = a.today().costPerDay() != null;
        ToDoubleFunction<Point> height =
                money
                        ? p -> Objects.requireNonNullElse(p.costPerDay(), 0.0)
                        : Point::awakeHoursPerDay;
        double most =
                a.curve().stream().mapToDouble(height).max().orElse(1);
        double starts =
                Math.max(
                        a.allowedPerDay() * 1.15,
                        a.curve().stream().mapToDouble(Point::coldStartsPerDay).max().orElse(1));
        var up = Levels.above(most);
        var across = Levels.above(starts);
        double bottom = getHeight() - AXIS;
        double room = bottom - HEAD;
        double wide = getWidth() - LEFT - 12;
        var nodes = new ArrayList<Node>();
        for (double level : up.values()) {
            double y = Math.round(bottom - room * level / up.max()) - 0.5;
            nodes.add(line("chart-grid", LEFT, y, getWidth(), y));
            var text = money ? Money.axis(level, a.currency()) : Format.digits(level) + " h";
            var label = label(text, "chart-tick");
            label.relocate(LEFT - 8 - label.prefWidth(-1), y - 7);
            nodes.add(label);
        }
        for (double level : across.values()) {
            var label = label(Format.digits(level), "chart-tick");
            label.relocate(
                    LEFT + wide * level / across.max() - label.prefWidth(-1) / 2, bottom + 3);
            nodes.add(label);
        }
        double allowed = Math.round(LEFT + wide * a.allowedPerDay() / across.max()) - 0.5;
        nodes.add(line("cost-allowed", allowed, HEAD, allowed, bottom));
        var says = label("allowed %s a day".formatted(Format.digits(a.allowedPerDay())), "chart-tick", "cost-allowed-word");
        says.relocate(Math.min(allowed + 5, getWidth() - says.prefWidth(-1)), HEAD - 4);
        nodes.add(says);
        var curve = new Polyline();
        curve.getStyleClass().add("chart-line");
        curve.setManaged(false);
        nodes.add(curve);
        var words = new ArrayList<double[]>();
        for (var point : a.curve().reversed()) {
            double x = LEFT + wide * point.coldStartsPerDay() / across.max();
            double y = bottom - room * height.applyAsDouble(point) / up.max();
            curve.getPoints().addAll(x, y);
            boolean now = same(point, a.today());
            boolean best = same(point, a.best());
            nodes.add(dot(point, x, y, now, best));
            name(nodes, words, point, a, x, y, now, best);
        }
        var unit = label("cold starts a day" + wake(a), "chart-tick");
        unit.relocate(getWidth() - unit.prefWidth(-1), getHeight() - 15);
        nodes.add(unit);
        getChildren().setAll(nodes);
        nodes.stream()
                .filter(Label.class::isInstance)
                .map(Label.class::cast)
                .forEach(l -> l.resize(l.prefWidth(-1), l.prefHeight(-1)));
    }

    private static String wake(SuspendAdvice a) {
        var wake = a.wake();
        return wake == null
                ? ", their length was not measured"
                : ", %s s each (p95 %s s)"
                        .formatted(
                                Format.digits(wake.medianSeconds()),
                                Format.digits(wake.highSeconds()));
    }

    private Circle dot(Point point, double x, double y, boolean now, boolean best) {
        var dot = new Circle(x, y, now || best || same(point, chosen) ? 6 : 3.5);
        dot.getStyleClass().addAll("cost-point", now ? "now" : best ? "best" : "other");
        if (same(point, chosen)) {
            dot.getStyleClass().add("chosen");
        }
        dot.setManaged(false);
        Nodes.tip(
                dot,
                "%s: %.1f awake hours and %.1f cold starts a day"
                        .formatted(
                                words(point), point.awakeHoursPerDay(), point.coldStartsPerDay()));
        dot.setOnMouseClicked(_ -> choose.accept(point));
        return dot;
    }

    /// A name where there is room for it; today's and the best one always.
    private static void name(
            List<Node> nodes,
            List<double[]> taken,
            Point point,
            SuspendAdvice a,
            double x,
            double y,
            boolean now,
            boolean best) {
        var text = now ? "today: " + words(point) : best ? "best: " + words(point) : words(point);
        var label = label(text, "chart-tick", now ? "cost-now" : best ? "cost-best" : "day");
        double width = label.prefWidth(-1);
        double at = x + 10;
        double top = best && !now ? y - 20 : y - 8;
        boolean free =
                taken.stream()
                        .noneMatch(
                                t ->
                                        at < t[0] + t[2]
                                                && t[0] < at + width
                                                && Math.abs(t[1] - top) < 13);
        if (free || now || best && !same(a.today(), a.best())) {
            taken.add(new double[] {at, top, width});
            label.relocate(at, top);
            nodes.add(label);
        }
    }

    static String words(Point point) {
        return point.timeout() == null ? "never" : Format.duration(point.timeout());
    }

    private static boolean same(Point a, @Nullable Point b) {
        return b != null && Objects.equals(a.timeout(), b.timeout());
    }

    private static Line line(String style, double x1, double y1, double x2, double y2) {
        var line = new Line(x1, y1, x2, y2);
        line.getStyleClass().add(style);
        line.setManaged(false);
        line.setMouseTransparent(true);
        return line;
    }

    private static Label label(String text, String... styles) {
        var label = Nodes.label(text, styles);
        label.setManaged(false);
        return label;
    }
}

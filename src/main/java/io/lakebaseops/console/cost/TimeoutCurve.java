package io.lakebaseops.console.cost;

import io.lakebaseops.agents.health.operations.SuspendAdvice;
import io.lakebaseops.agents.health.operations.SuspendAdvice.Point;
import io.lakebaseops.agents.health.operations.SuspendTimeoutPlan;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Levels;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Sketch;
import io.lakebaseops.domain.Format;

import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Polyline;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/// What each suspend timeout costs a day against its cold starts a day. Today's point is hollow,
/// the best one filled; the allowed cold starts are a line.
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
                Texts.of(
                        "Cost against cold starts for %d timeouts of %s",
                        next.curve().size(), next.branch()));
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
        double most = a.curve().stream().mapToDouble(height).max().orElse(1);
        double starts =
                Math.max(
                        a.allowedPerDay() * 1.15,
                        a.curve().stream().mapToDouble(Point::coldStartsPerDay).max().orElse(1));
        var up = Levels.above(most);
        var across = Levels.above(starts);
        double bottom = getHeight() - AXIS;
        double room = bottom - HEAD;
        double wide = getWidth() - LEFT - 12;
        var sketch = new Sketch(this);
        for (double level : up.values()) {
            double y = Math.round(bottom - room * level / up.max()) - 0.5;
            sketch.line("chart-grid", LEFT, y, getWidth(), y);
            var text = money ? Money.axis(level, a.currency()) : Format.digits(level) + " h";
            sketch.words(text, LEFT - 8, y - 8, 1, "chart-tick");
        }
        for (double level : across.values()) {
            double x = LEFT + wide * level / across.max();
            sketch.words(Format.digits(level), x, bottom + 3, 0.5, "chart-tick");
        }
        double allowed = Math.round(LEFT + wide * a.allowedPerDay() / across.max()) - 0.5;
        sketch.line("cost-allowed", allowed, HEAD, allowed, bottom);
        sketch.words(
                Texts.of("allowed %s a day", Format.digits(a.allowedPerDay())),
                allowed + 5,
                HEAD - 6,
                0,
                "chart-tick");
        var curve = new Polyline();
        curve.getStyleClass().add("chart-line");
        sketch.add(curve);
        var taken = new ArrayList<Label>();
        // Today's and the best name come first; others where there is room.
        var order = new ArrayList<>(a.curve().reversed());
        order.forEach(
                p -> {
                    var at = place(p, across.max(), up.max(), wide, bottom, room, height);
                    curve.getPoints().addAll(at[0], at[1]);
                });
        order.sort(Comparator.comparing(p -> !same(p, a.today()) && !same(p, a.best())));
        if (order.stream().noneMatch(p -> same(p, a.today()))) {
            order.addFirst(a.today());
        }
        for (var point : order.reversed()) {
            var at = place(point, across.max(), up.max(), wide, bottom, room, height);
            boolean now = same(point, a.today());
            sketch.add(dot(point, at[0], at[1], now, same(point, a.best()) && !now));
        }
        for (var point : order) {
            var at = place(point, across.max(), up.max(), wide, bottom, room, height);
            boolean now = same(point, a.today());
            boolean best = same(point, a.best()) && !now;
            var text = (now ? Texts.of("today: ") : best ? Texts.of("best: ") : "") + words(point);
            var saved = a.savedPerDay();
            if (best && saved != null) {
                text += Texts.of(", saves %s a day", Money.of(saved, a.currency()));
            }
            var label =
                    sketch.words(
                            text,
                            at[0] + 10,
                            best ? at[1] - 22 : at[1] - 9,
                            0,
                            "chart-tick",
                            now ? "cost-now" : best ? "cost-best" : "day");
            sketch.then(
                    () -> {
                        boolean free =
                                taken.stream()
                                        .noneMatch(
                                                t ->
                                                        t.getBoundsInParent()
                                                                .intersects(
                                                                        label.getBoundsInParent()));
                        label.setVisible(free);
                        if (free) {
                            taken.add(label);
                        }
                    });
        }
        sketch.words(
                Texts.of("cold starts a day%s", wake(a)),
                getWidth(),
                getHeight() - 16,
                1,
                "chart-tick");
        sketch.show(getChildren());
    }

    private static double[] place(
            Point point,
            double mostStarts,
            double most,
            double wide,
            double bottom,
            double room,
            ToDoubleFunction<Point> height) {
        return new double[] {
            LEFT + wide * point.coldStartsPerDay() / mostStarts,
            bottom - room * height.applyAsDouble(point) / most
        };
    }

    private static String wake(SuspendAdvice a) {
        var wake = a.wake();
        return wake == null
                ? Texts.of(", their length was not measured")
                : Texts.of(
                        ", %s s each (p95 %s s)",
                        Format.digits(wake.medianSeconds()), Format.digits(wake.highSeconds()));
    }

    private Circle dot(Point point, double x, double y, boolean now, boolean best) {
        var dot = new Circle(x, y, now || best || same(point, chosen) ? 6 : 3.5);
        dot.getStyleClass().addAll("cost-point", now ? "now" : best ? "best" : "other");
        if (same(point, chosen)) {
            dot.getStyleClass().add("chosen");
        }
        Nodes.tip(
                dot,
                Texts.of(
                        "%s: %.1f awake hours and %.1f cold starts a day",
                        words(point), point.awakeHoursPerDay(), point.coldStartsPerDay()));
        dot.setOnMouseClicked(_ -> choose.accept(point));
        return dot;
    }

    static String words(Point point) {
        var timeout = point.timeout();
        return timeout == null ? Texts.of("never") : SuspendTimeoutPlan.span(timeout);
    }

    /// `after 5 min` or `never`.
    static String after(@Nullable Duration timeout) {
        return timeout == null
                ? Texts.of("never")
                : Texts.of("after %s", SuspendTimeoutPlan.span(timeout));
    }

    private static boolean same(Point a, @Nullable Point b) {
        return b != null && Objects.equals(a.timeout(), b.timeout());
    }
}

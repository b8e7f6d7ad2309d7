package io.lakebaseops.console.cost;

import io.lakebaseops.console.parts.Levels;
import io.lakebaseops.console.parts.Nodes;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Rectangle;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;

/// The cost of each day as a bar of its parts, the days to come as forecast. What is not attributed
/// is hatched grey, what is forecast is hatched violet with a whisker for its interval.
final class DayBars extends Region {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d", Locale.ENGLISH);
    private static final DateTimeFormatter FIRST =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final double AXIS = 18;
    private static final double HEAD = 22;

    private @Nullable Picture picture;

    /// @param style the part's colour, `series-1` …, or `cost-unknown`
    /// @param key selected by a click; null where there is nothing behind it
    record Part(String name, String style, @Nullable String key, Map<LocalDate, Double> days) {}

    /// @param forecast what a coming day costs, and half its interval; null for none
    /// @param open days after the last complete one: no bar, "not billed yet"
    /// @param marked days with a triangle
    record Picture(
            LocalDate from,
            LocalDate until,
            LocalDate today,
            LocalDate complete,
            List<Part> parts,
            Map<LocalDate, double[]> forecast,
            Set<LocalDate> marked,
            DoubleFunction<String> axis,
            DoubleFunction<String> amount,
            Consumer<String> chosen) {}

    DayBars() {
        getStyleClass().add("day-bars");
        setMinSize(200, 120);
        setPrefHeight(200);
    }

    void show(Picture next) {
        picture = next;
        setAccessibleText(
                "Cost a day, %d days by %d parts"
                        .formatted(
                                next.until().toEpochDay() - next.from().toEpochDay() + 1,
                                next.parts().size()));
        draw();
    }

    @Override
    protected void layoutChildren() {
        draw();
    }

    private void draw() {
        var p = picture;
        if (p == null || getWidth() < 50 || getHeight() < 50) {
            return;
        }
        var nodes = new ArrayList<Node>();
        double highest = 0;
        for (var day = p.from(); !day.isAfter(p.until()); day = day.plusDays(1)) {
            var ahead = p.forecast().get(day);
            highest = Math.max(highest, Math.max(sum(p, day), ahead == null ? 0 : ahead[0] + ahead[1]));
        }
        var levels = Levels.above(highest);
        double left = 44;
        double bottom = getHeight() - AXIS;
        double room = bottom - HEAD;
        for (double level : levels.values()) {
            double y = Math.round(bottom - room * level / levels.max()) - 0.5;
            nodes.add(line("chart-grid", left, y, getWidth(), y));
            var label = label(p.axis().apply(level), "chart-tick");
            label.autosize();
            label.relocate(left - 8 - label.prefWidth(-1), y - 7);
            nodes.add(label);
        }
        long count = p.until().toEpochDay() - p.from().toEpochDay() + 1;
        double step = (getWidth() - left) / count;
        double wide = Math.max(2, step * 0.72);
        int every = (int) Math.max(1, Math.ceil(44 / step));
        int i = 0;
        for (var day = p.from(); !day.isAfter(p.until()); day = day.plusDays(1), i++) {
            double x = left + i * step + (step - wide) / 2;
            bar(nodes, p, day, x, wide, bottom, room / levels.max());
            if (i % every == 0 || day.equals(p.today())) {
                var text = i == 0 || day.getDayOfMonth() == 1 ? FIRST.format(day) : DAY.format(day);
                var label = label(text, "chart-tick", day.equals(p.today()) ? "today" : "day");
                double half = label.prefWidth(-1) / 2;
                label.autosize();
                label.relocate(x + wide / 2 - half, bottom + 3);
                nodes.add(label);
            }
        }
        getChildren().setAll(nodes);
        nodes.stream()
                .filter(Label.class::isInstance)
                .map(Label.class::cast)
                .forEach(l -> l.resize(l.prefWidth(-1), l.prefHeight(-1)));
    }

    private static double sum(Picture p, LocalDate day) {
        return p.parts().stream().mapToDouble(x -> x.days().getOrDefault(day, 0.0)).sum();
    }

    private static void bar(
            List<Node> nodes,
            Picture p,
            LocalDate day,
            double x,
            double wide,
            double bottom,
            double scale) {
        double y = bottom;
        for (var part : p.parts()) {
            double value = part.days().getOrDefault(day, 0.0);
            double high = value * scale;
            if (high < 0.3) {
                continue;
            }
            y -= high;
            var box = new Rectangle(x, y, wide, Math.max(0.5, high - 0.6));
            box.getStyleClass().addAll("cost-bar", part.style());
            box.setManaged(false);
            Nodes.tip(box, "%s %s: %s".formatted(FIRST.format(day), part.name(), p.amount().apply(value)));
            var key = part.key();
            if (key != null) {
                box.setOnMouseClicked(_ -> p.chosen().accept(key));
                box.getStyleClass().add("clickable");
            }
            nodes.add(box);
        }
        var ahead = p.forecast().get(day);
        if (ahead != null) {
            double top = bottom - ahead[0] * scale;
            if (top < y) {
                var box = new Rectangle(x, top, wide, y - top);
                box.getStyleClass().add("cost-forecast");
                box.setManaged(false);
                Nodes.tip(
                        box,
                        "%s, forecast: %s ± %s"
                                .formatted(
                                        FIRST.format(day),
                                        p.amount().apply(ahead[0]),
                                        p.amount().apply(ahead[1])));
                nodes.add(box);
            }
            double middle = Math.round(x + wide / 2) - 0.5;
            double low = Math.min(bottom, bottom - (ahead[0] - ahead[1]) * scale);
            double high = bottom - (ahead[0] + ahead[1]) * scale;
            nodes.add(line("cost-whisker", middle, low, middle, high));
            nodes.add(line("cost-whisker", middle - 3, high, middle + 3, high));
            nodes.add(line("cost-whisker", middle - 3, low, middle + 3, low));
            y = Math.min(y, high);
        }
        if (p.marked().contains(day)) {
            double middle = x + wide / 2;
            var mark = new Polygon(middle - 5, y - 5, middle + 5, y - 5, middle, y - 13);
            mark.getStyleClass().add("cost-mark");
            mark.setManaged(false);
            Nodes.tip(mark, FIRST.format(day) + ": more than usual");
            nodes.add(mark);
        }
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

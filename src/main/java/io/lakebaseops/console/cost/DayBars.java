package io.lakebaseops.console.cost;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Levels;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Sketch;

import javafx.scene.layout.Region;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Rectangle;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
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
    private static final DateTimeFormatter FIRST = Texts.dates(Texts.of("d MMM"));
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
                Texts.of(
                        "Cost a day, %d days by %d parts",
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
        var sketch = new Sketch(this);
        double highest = 0;
        for (var day = p.from(); !day.isAfter(p.until()); day = day.plusDays(1)) {
            var ahead = p.forecast().get(day);
            double most = ahead == null ? 0 : ahead[0] + ahead[1];
            highest = Math.max(highest, Math.max(sum(p, day), most));
        }
        var levels = Levels.above(highest);
        double left = 48;
        double bottom = getHeight() - AXIS;
        double room = bottom - HEAD;
        for (double level : levels.values()) {
            double y = Math.round(bottom - room * level / levels.max()) - 0.5;
            sketch.line("chart-grid", left, y, getWidth(), y);
            sketch.words(p.axis().apply(level), left - 8, y - 8, 1, "chart-tick");
        }
        long count = p.until().toEpochDay() - p.from().toEpochDay() + 1;
        double step = (getWidth() - left) / count;
        double wide = Math.max(2, step * 0.72);
        int every = (int) Math.max(1, Math.ceil(40 / step));
        int i = 0;
        for (var day = p.from(); !day.isAfter(p.until()); day = day.plusDays(1), i++) {
            double x = left + i * step + (step - wide) / 2;
            bar(sketch, p, day, x, wide, bottom, room / levels.max());
            boolean today = day.equals(p.today());
            // Beside today there is room for no other.
            boolean near = Math.abs(day.toEpochDay() - p.today().toEpochDay()) * step < 34;
            if (today || i % every == 0 && !near) {
                var text = i == 0 || day.getDayOfMonth() == 1 ? FIRST.format(day) : DAY.format(day);
                sketch.words(
                        text, x + wide / 2, bottom + 3, 0.5, "chart-tick", today ? "today" : "day");
            }
        }
        if (!p.forecast().isEmpty()) {
            sketch.words(
                    Texts.of("forecast"), getWidth(), 0, 1, "chart-tick", "cost-forecast-word");
        }
        sketch.show(getChildren());
    }

    private static double sum(Picture p, LocalDate day) {
        return p.parts().stream().mapToDouble(x -> x.days().getOrDefault(day, 0.0)).sum();
    }

    private static void bar(
            Sketch sketch,
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
            Nodes.tip(
                    box,
                    "%s %s: %s".formatted(FIRST.format(day), part.name(), p.amount().apply(value)));
            var key = part.key();
            if (key != null) {
                box.setOnMouseClicked(_ -> p.chosen().accept(key));
                box.getStyleClass().add("clickable");
            }
            sketch.add(box);
        }
        var ahead = p.forecast().get(day);
        if (ahead != null) {
            double top = bottom - ahead[0] * scale;
            if (top < y) {
                var box = new Rectangle(x, top, wide, y - top);
                box.getStyleClass().add("cost-forecast");
                Nodes.tip(
                        box,
                        Texts.of(
                                "%s, forecast: %s ± %s",
                                FIRST.format(day),
                                p.amount().apply(ahead[0]),
                                p.amount().apply(ahead[1])));
                sketch.add(box);
            }
            double middle = Math.round(x + wide / 2) - 0.5;
            double low = Math.min(bottom, bottom - (ahead[0] - ahead[1]) * scale);
            double high = bottom - (ahead[0] + ahead[1]) * scale;
            sketch.line("cost-whisker", middle, low, middle, high);
            sketch.line("cost-whisker", middle - 3, high, middle + 3, high);
            sketch.line("cost-whisker", middle - 3, low, middle + 3, low);
            y = Math.min(y, high);
        }
        if (p.marked().contains(day)) {
            double middle = x + wide / 2;
            var mark = new Polygon(middle - 5, y - 5, middle + 5, y - 5, middle, y - 13);
            mark.getStyleClass().add("cost-mark");
            Nodes.tip(mark, Texts.of("%s: more than usual", FIRST.format(day)));
            sketch.add(mark);
        }
    }
}

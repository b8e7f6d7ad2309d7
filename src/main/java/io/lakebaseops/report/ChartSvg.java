package io.lakebaseops.report;

import io.lakebaseops.domain.Format;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Draws a chart as SVG with colours in its attributes and no text inside: words stand beside it as
/// HTML, so that every program that prints it sets them in the fonts of the document.
final class ChartSvg {
    static final String[] COLORS = {
        "#0b62cf", "#1f8a3d", "#7446d0", "#b07500", "#0a7c88", "#b03a7e", "#56616d", "#9aa5b1"
    };
    private static final double WIDE = 640;
    private static final double NARROW = 310;
    private static final double HIGH = 110;
    private static final double HATCH = 7;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter BOTH =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    /// Points farther apart than this many usual distances are not joined: nobody measured between.
    private static final double GAP = 4;

    private final Chart chart;
    private final ZoneId zone;
    private final double width;
    private final double top;

    ChartSvg(Chart chart, ZoneId zone, boolean wide) {
        this.chart = chart;
        this.zone = zone;
        width = wide ? WIDE : NARROW;
        top = highest(chart);
    }

    void write(HtmlWriter out) {
        if (chart.silent()) {
            out.line("p", "empty", chart.silence());
            return;
        }
        out.line("div", "axis-top", chart.format().apply(top));
        out.open(
                "svg",
                "class",
                "chart",
                "width",
                n(width),
                "height",
                n(HIGH),
                "viewBox",
                "0 0 " + n(width) + " " + n(HIGH),
                "role",
                "img",
                "aria-label",
                chart.title() + " over time");
        ground(out);
        var sums = new ArrayList<List<Chart.Point>>();
        for (var line : chart.lines()) {
            sums.add(stacked(sums, line.points()));
        }
        for (int i = chart.lines().size() - 1; i >= 0; i--) {
            draw(out, chart.lines().get(i), sums.get(i));
        }
        for (var limit : chart.limits()) {
            rule(out, y(limit.value()), ToneShape.color(limit.tone()), "5 3");
        }
        out.close("svg");
        foot(out);
    }

    private void ground(HtmlWriter out) {
        var generated = chart.generatedUntil();
        if (generated != null && generated.isAfter(chart.from())) {
            hatch(out, 0, x(generated));
        }
        for (int i = 0; i <= 2; i++) {
            rule(out, HIGH * i / 2.0, "#d9dfe6", "");
        }
        if (!chart.band().isEmpty()) {
            var path = new StringBuilder();
            for (var b : chart.band()) {
                path.append(path.isEmpty() ? "M" : "L").append(at(b.at(), b.high()));
            }
            for (var b : chart.band().reversed()) {
                path.append("L").append(at(b.at(), b.low()));
            }
            out.empty("path", "d", path + "Z", "fill", "#e3eefc", "stroke", "none");
        }
    }

    /// Slanting lines over a stretch, cut at its edges.
    private static void hatch(HtmlWriter out, double left, double right) {
        var path = new StringBuilder();
        for (double x = left - HIGH; x < right; x += HATCH) {
            double from = Math.max(x, left);
            double to = Math.min(x + HIGH, right);
            if (to > from) {
                path.append("M").append(n(from)).append(' ').append(n(HIGH - (from - x)));
                path.append("L").append(n(to)).append(' ').append(n(HIGH - (to - x)));
            }
        }
        out.empty("path", "d", path.toString(), "stroke", "#c9b8ec", "stroke-width", "0.8");
    }

    private void rule(HtmlWriter out, double y, String color, String dash) {
        double inside = Math.clamp(y, 0.5, HIGH - 0.5);
        var end = new String[] {"x1", "0", "x2", n(width), "y1", n(inside), "y2", n(inside)};
        out.empty(
                "line",
                dash.isEmpty()
                        ? join(end, "stroke", color, "stroke-width", "0.7")
                        : join(
                                end,
                                "stroke",
                                color,
                                "stroke-width",
                                "1",
                                "stroke-dasharray",
                                dash));
    }

    private static String[] join(String[] some, String... others) {
        var all = new ArrayList<>(List.of(some));
        all.addAll(List.of(others));
        return all.toArray(String[]::new);
    }

    private List<Chart.Point> stacked(List<List<Chart.Point>> below, List<Chart.Point> points) {
        if (chart.form() == Chart.Form.LINES || below.isEmpty()) {
            return points;
        }
        var under = below.getLast();
        var sums = new ArrayList<Chart.Point>();
        for (int i = 0; i < points.size(); i++) {
            var p = points.get(i);
            double on = i < under.size() ? under.get(i).value() : 0;
            sums.add(new Chart.Point(p.at(), p.value() + on));
        }
        return sums;
    }

    private void draw(HtmlWriter out, Chart.Line line, List<Chart.Point> points) {
        var color = COLORS[Math.floorMod(line.color() - 1, COLORS.length)];
        if (chart.form() == Chart.Form.BARS) {
            bars(out, points, color);
            return;
        }
        boolean filled = line.area() || chart.form() == Chart.Form.STACK;
        for (var piece : pieces(points)) {
            if (filled) {
                var area =
                        path(piece)
                                + "L"
                                + n(x(piece.getLast().at()))
                                + " "
                                + n(HIGH)
                                + "L"
                                + n(x(piece.getFirst().at()))
                                + " "
                                + n(HIGH)
                                + "Z";
                boolean solid = chart.form() == Chart.Form.STACK;
                out.empty(
                        "path", "d", area, "fill", solid ? color : light(color), "stroke", "none");
            }
            var drawn = new String[] {"d", path(piece), "fill", "none", "stroke", color};
            out.empty(
                    "path",
                    ahead(piece.getFirst())
                            ? join(drawn, "stroke-width", "1.2", "stroke-dasharray", "3 2")
                            : join(drawn, "stroke-width", "1.2"));
        }
    }

    private void bars(HtmlWriter out, List<Chart.Point> points, String color) {
        double days = Math.max(1, Duration.between(chart.from(), chart.to()).toHours() / 24.0);
        double wide = Math.max(1, width / days * 0.72);
        for (var p : points) {
            double y = y(p.value());
            if (HIGH - y >= 0.2) {
                out.empty(
                        "rect",
                        "x",
                        n(x(p.at()) + width / days * 0.14),
                        "y",
                        n(y),
                        "width",
                        n(wide),
                        "height",
                        n(HIGH - y),
                        "fill",
                        color);
            }
        }
    }

    private boolean ahead(Chart.Point p) {
        var from = chart.forecastFrom();
        return from != null && !p.at().isBefore(from);
    }

    /// Cut where nothing was measured in between, and where the forecast begins.
    private List<List<Chart.Point>> pieces(List<Chart.Point> points) {
        var pieces = new ArrayList<List<Chart.Point>>();
        if (points.isEmpty()) {
            return pieces;
        }
        double usual =
                Duration.between(points.getFirst().at(), points.getLast().at()).toMillis()
                        / Math.max(1.0, points.size() - 1);
        var piece = new ArrayList<Chart.Point>();
        Chart.@Nullable Point before = null;
        for (var p : points) {
            if (before != null
                    && Duration.between(before.at(), p.at()).toMillis()
                            > GAP * Math.max(1, usual)) {
                pieces.add(piece);
                piece = new ArrayList<>();
            } else if (before != null && ahead(p) && !ahead(before)) {
                piece.add(p);
                pieces.add(piece);
                piece = new ArrayList<>();
            }
            piece.add(p);
            before = p;
        }
        pieces.add(piece);
        return pieces;
    }

    private String path(List<Chart.Point> points) {
        var path = new StringBuilder();
        for (var p : points) {
            path.append(path.isEmpty() ? "M" : "L").append(at(p.at(), p.value()));
        }
        if (points.size() == 1) {
            path.append("h1");
        }
        return path.toString();
    }

    private String at(Instant at, double value) {
        return n(x(at)) + " " + n(y(value));
    }

    private double x(Instant at) {
        double all = Math.max(1, Duration.between(chart.from(), chart.to()).toMillis());
        return Math.clamp(Duration.between(chart.from(), at).toMillis() / all * width, 0, width);
    }

    private double y(double value) {
        return HIGH - Math.clamp(value / top, 0, 1) * (HIGH - 4);
    }

    private static double highest(Chart chart) {
        double most = 0;
        if (chart.form() == Chart.Form.LINES) {
            for (var line : chart.lines()) {
                most = Math.max(most, max(line.points()));
            }
        } else {
            int points = chart.lines().stream().mapToInt(l -> l.points().size()).max().orElse(0);
            for (int i = 0; i < points; i++) {
                double sum = 0;
                for (var line : chart.lines()) {
                    sum += i < line.points().size() ? line.points().get(i).value() : 0;
                }
                most = Math.max(most, sum);
            }
        }
        for (var b : chart.band()) {
            most = Math.max(most, b.high());
        }
        for (var limit : chart.limits()) {
            // A limit far above would press the line to the ground.
            if (limit.value() <= most * 4) {
                most = Math.max(most, limit.value());
            }
        }
        return most <= 0 ? 1 : most;
    }

    private static double max(List<Chart.Point> points) {
        return points.stream().mapToDouble(Chart.Point::value).max().orElse(0);
    }

    private void foot(HtmlWriter out) {
        out.open("table", "class", "axis").open("tbody").open("tr");
        out.line("td", "", time(chart.from())).line("td", "number", time(chart.to()));
        out.close("tr").close("tbody").close("table");
        keys(out);
    }

    private String legend() {
        var parts = new ArrayList<String>();
        var generated = chart.generatedUntil();
        if (generated != null && generated.isAfter(chart.from())) {
            parts.add("hatched: generated until " + time(generated));
        }
        if (chart.forecastFrom() != null) {
            parts.add("dashed: forecast");
        }
        return String.join(" · ", parts);
    }

    private void keys(HtmlWriter out) {
        out.open("div", "class", "keys");
        var ground = legend();
        if (!ground.isEmpty()) {
            out.line("span", "key", ground).own(" ");
        }
        if (chart.lines().size() > 1) {
            for (var line : chart.lines()) {
                key(out, COLORS[Math.floorMod(line.color() - 1, COLORS.length)], line.name());
            }
        }
        for (var limit : chart.limits()) {
            key(
                    out,
                    ToneShape.color(limit.tone()),
                    limit.text() + (limit.value() > top ? " (above the chart)" : ""));
        }
        out.close("div");
    }

    private static void key(HtmlWriter out, String color, String words) {
        out.open("span", "class", "key")
                .open("svg", "class", "swatch", "width", "9", "height", "9", "viewBox", "0 0 9 9")
                .empty("rect", "x", "0", "y", "0", "width", "9", "height", "9", "fill", color)
                .close("svg")
                .own(" ")
                .text(words)
                .close("span")
                .own(" ");
    }

    private String time(Instant at) {
        long hours = Duration.between(chart.from(), chart.to()).toHours();
        return (hours > 72 ? DAY : hours > 20 ? BOTH : CLOCK).format(at.atZone(zone));
    }

    private static String light(String color) {
        int rgb = Integer.parseInt(color.substring(1), 16);
        var light = new StringBuilder("#");
        for (int shift = 16; shift >= 0; shift -= 8) {
            int part = rgb >> shift & 0xff;
            light.append("%02x".formatted((int) Math.round(255 - (255 - part) * 0.18)));
        }
        return light.toString();
    }

    private static String n(double value) {
        return Format.digits(Math.round(value * 10) / 10.0).replace(",", "");
    }
}

package io.lakebaseops.console.parts;

import io.lakebaseops.console.parts.ChartPicture.Point;
import io.lakebaseops.console.parts.ChartPicture.Usual;

import javafx.scene.shape.ClosePath;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.PathElement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;

/// The scale of a chart: from zero to a little over the highest value, without the rare peaks that
/// would flatten everything else.
///
/// @param max the value at the upper edge
/// @param left where the plot begins, right of the values' labels
/// @param head room above the upper edge, for flags and labels
/// @param floor the value at the lower edge of a logarithmic scale; 0 for one that begins at zero
record Scale(
        Instant from,
        Duration span,
        double max,
        double left,
        double width,
        double height,
        double head,
        double floor) {

    private static final int AROUND = 2;

    /// In pixels; a round still to come leaves less.
    private static final double NARROWEST_BAND = 6;

    /// With fewer points the highest is no outlier.
    private static final int MANY = 20;

    /// A value so much above the 99th percentile is a peak of its own.
    private static final double PEAK = 1.5;

    /// @param width of the plot alone
    static Scale of(ChartPicture p, double left, double width, double height, double head) {
        double max = usualHighest(p);
        for (var usual : p.usual()) {
            max = Math.max(max, usual.high());
        }
        // A threshold far above would press the line to the floor: then it is left out of the
        // scale.
        double highest = max;
        for (var limit : p.limits()) {
            if (limit.value() <= highest * 3) {
                max = Math.max(max, limit.value());
            }
        }
        return new Scale(
                p.from(),
                Duration.between(p.from(), p.to()),
                nice(max * 1.04),
                left,
                width,
                height,
                head,
                0);
    }

    /// From the power of ten below the least value above zero to the one above the highest.
    static Scale logarithmic(
            ChartPicture p, double left, double width, double height, double head) {
        var values =
                p.lines().stream()
                        .flatMap(List::stream)
                        .mapToDouble(Point::value)
                        .filter(v -> v > 0)
                        .summaryStatistics();
        double least = values.getCount() == 0 ? 1 : values.getMin();
        double highest = values.getCount() == 0 ? 1 : values.getMax();
        for (var limit : p.limits()) {
            highest = Math.max(highest, limit.value());
        }
        double floor = Math.pow(10, Math.floor(Math.log10(least)));
        double top = Math.pow(10, Math.ceil(Math.log10(highest * 1.001)));
        return new Scale(
                p.from(),
                Duration.between(p.from(), p.to()),
                Math.max(top, floor * 10),
                left,
                width,
                height,
                head,
                floor);
    }

    /// The 99th percentile where what lies above is a rare peak, else the highest value.
    private static double usualHighest(ChartPicture p) {
        double max = 0;
        for (var line : p.lines()) {
            double[] values = line.stream().mapToDouble(Point::value).sorted().toArray();
            if (values.length == 0) {
                continue;
            }
            double highest = values[values.length - 1];
            double usual = values[(int) ((values.length - 1) * 0.99)];
            boolean peak = values.length >= MANY && highest > PEAK * nice(usual * 1.04);
            max = Math.max(max, peak && usual > 0 ? usual : highest);
        }
        return max;
    }

    /// The points beyond the upper edge, one per stretch: where an arrow and the value are drawn.
    List<Point> peaks(List<Point> points) {
        var peaks = new ArrayList<Point>();
        Point highest = null;
        for (var point : points) {
            if (point.value() > max) {
                highest = highest == null || point.value() > highest.value() ? point : highest;
            } else if (highest != null) {
                peaks.add(highest);
                highest = null;
            }
        }
        if (highest != null) {
            peaks.add(highest);
        }
        return peaks;
    }

    /// The values of the horizontal lines, zero first.
    double[] levels() {
        if (floor > 0) {
            int decades = (int) Math.round(Math.log10(max / floor));
            int step = Math.max(1, (int) Math.ceil(decades / 4.0));
            return IntStream.rangeClosed(0, decades / step)
                    .mapToDouble(i -> floor * Math.pow(10, i * step))
                    .toArray();
        }
        return levels(max);
    }

    static double[] levels(double max) {
        double lead = max / Math.pow(10, Math.floor(Math.log10(max)));
        boolean thirds =
                Math.abs(lead - 1.5) < 1e-9
                        || Math.abs(lead - 3) < 1e-9
                        || Math.abs(lead - 6) < 1e-9
                        || Math.abs(lead - 7.5) < 1e-9;
        return thirds
                ? new double[] {0, max / 3, max * 2 / 3, max}
                : new double[] {0, max / 2, max};
    }

    /// The next 1, 1.5, 2, 3, 5 or 7.5 times a power of ten.
    static double nice(double max) {
        if (!(max > 0)) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(max)));
        for (double step : new double[] {1, 1.5, 2, 3, 4, 5, 6, 7.5}) {
            if (max <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    double x(Instant at) {
        return left
                + width
                        * (double) Duration.between(from, at).toNanos()
                        / Math.max(1.0, span.toNanos());
    }

    double y(double value) {
        double part =
                floor > 0
                        ? Math.log(Math.max(floor, value) / floor) / Math.log(max / floor)
                        : value / max;
        return height - (height - head) * Math.clamp(part, 0, 1);
    }

    Instant at(double x) {
        return from.plusNanos(Math.round(span.toNanos() * Math.clamp((x - left) / width, 0, 1)));
    }

    /// Longer than this between two points is a gap: two and a half times the usual distance.
    static Duration gap(List<Point> points) {
        if (points.size() < 2) {
            return Duration.ofMinutes(1);
        }
        var distances = new ArrayList<Duration>(points.size());
        for (int i = 1; i < points.size(); i++) {
            distances.add(Duration.between(points.get(i - 1).at(), points.get(i).at()));
        }
        distances.sort(null);
        return distances.get(distances.size() / 2).multipliedBy(5).dividedBy(2);
    }

    /// The points in stretches without a gap: a distance much longer than those around it. Stored
    /// points lie minutes apart, live ones seconds, and both may stand in one line.
    List<List<Point>> runs(List<Point> points) {
        var runs = new ArrayList<List<Point>>();
        List<Point> run = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            if (!run.isEmpty() && gapBefore(points, i)) {
                runs.add(run);
                run = new ArrayList<>();
            }
            run.add(points.get(i));
        }
        if (!run.isEmpty()) {
            runs.add(run);
        }
        return runs;
    }

    private static boolean gapBefore(List<Point> points, int i) {
        long here = distance(points, i);
        var around = new ArrayList<Long>();
        for (int j = Math.max(1, i - AROUND); j <= Math.min(points.size() - 1, i + AROUND); j++) {
            around.add(distance(points, j));
        }
        around.sort(null);
        // Of two candidates in the middle the longer one: where rhythms change, none is a gap.
        return here > around.get(around.size() / 2) * 5 / 2;
    }

    private static long distance(List<Point> points, int i) {
        return Duration.between(points.get(i - 1).at(), points.get(i).at()).toMillis();
    }

    /// The stretches in which no series has a point: nobody watched, which is not zero.
    List<PathElement> unwatched(ChartPicture p) {
        var path = new ArrayList<PathElement>();
        var seen =
                p.series().stream()
                        .flatMap(s -> s.points().stream())
                        .map(Point::at)
                        .distinct()
                        .sorted()
                        .map(at -> new Point(at, 0))
                        .toList();
        if (seen.isEmpty()) {
            band(path, left, left + width);
            return path;
        }
        var before = Duration.between(p.from(), seen.getFirst().at());
        double end = before.compareTo(gap(seen)) > 0 ? left : x(seen.getFirst().at());
        for (var run : runs(seen)) {
            band(path, end, x(run.getFirst().at()));
            end = x(run.getLast().at());
        }
        // The next round is still to come: no gap until it is overdue.
        var since = Duration.between(seen.getLast().at(), p.to());
        if (since.compareTo(gap(seen)) > 0) {
            band(path, end, left + width);
        }
        return path;
    }

    /// The rectangle over a stretch of time.
    List<PathElement> during(Instant start, Instant end) {
        var path = new ArrayList<PathElement>();
        band(path, Math.max(left, x(start)), Math.min(left + width, x(end)));
        return path;
    }

    private void band(List<PathElement> path, double from, double to) {
        if (to - from < NARROWEST_BAND) {
            return;
        }
        path.add(new MoveTo(from, head));
        path.add(new LineTo(to, head));
        path.add(new LineTo(to, height));
        path.add(new LineTo(from, height));
        path.add(new ClosePath());
    }

    List<PathElement> line(List<List<Point>> runs) {
        var path = new ArrayList<PathElement>();
        for (var run : runs) {
            path.add(new MoveTo(x(run.getFirst().at()), y(run.getFirst().value())));
            if (run.size() == 1) { // a lone point still leaves a dot
                path.add(new LineTo(x(run.getFirst().at()) + 1, y(run.getFirst().value())));
            }
            run.stream().skip(1).forEach(p -> path.add(new LineTo(x(p.at()), y(p.value()))));
        }
        return path;
    }

    List<PathElement> area(List<List<Point>> runs) {
        var path = new ArrayList<PathElement>();
        for (var run : runs) {
            path.add(new MoveTo(x(run.getFirst().at()), height));
            run.forEach(p -> path.add(new LineTo(x(p.at()), y(p.value()))));
            path.add(new LineTo(x(run.getLast().at()), height));
            path.add(new ClosePath());
        }
        return path;
    }

    /// What lies between two lines with points at the same instants; `below` empty for zero.
    List<PathElement> between(List<List<Point>> runs, List<Point> below) {
        var floor = new HashMap<Instant, Double>();
        below.forEach(p -> floor.put(p.at(), p.value()));
        var path = new ArrayList<PathElement>();
        for (var run : runs) {
            path.add(new MoveTo(x(run.getFirst().at()), y(run.getFirst().value())));
            run.forEach(p -> path.add(new LineTo(x(p.at()), y(p.value()))));
            for (var p : run.reversed()) {
                path.add(new LineTo(x(p.at()), y(floor.getOrDefault(p.at(), 0.0))));
            }
            path.add(new ClosePath());
        }
        return path;
    }

    List<PathElement> usual(List<Usual> usual) {
        return between(
                usual.isEmpty()
                        ? List.of()
                        : List.of(usual.stream().map(u -> new Point(u.at(), u.high())).toList()),
                usual.stream().map(u -> new Point(u.at(), u.low())).toList());
    }
}

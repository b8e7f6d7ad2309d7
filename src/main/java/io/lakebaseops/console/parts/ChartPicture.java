package io.lakebaseops.console.parts;

import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.GeneratedHistory;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/// The content of a time chart: figures over time, their limits, what happened meanwhile, and what
/// is usual at this hour.
///
/// @param from the left edge
/// @param to the right edge, usually now
/// @param limits horizontal lines with their words
/// @param flags events, drawn at the top with their time
/// @param ticks frequent events, drawn as short lines at the foot
/// @param usual what these hours bring on other days
/// @param predictedFrom from here on everything is simulated: the ground is hatched; null for none
/// @param generated in this stretch points were generated and not measured: the ground is tinted;
///     null for none
/// @param stacked the figures are parts of one sum; all then have points at the same instants
/// @param silence why there may be no points
public record ChartPicture(
        Instant from,
        Instant to,
        List<Series> series,
        List<Limit> limits,
        List<Flag> flags,
        List<Instant> ticks,
        List<Usual> usual,
        @Nullable Instant predictedFrom,
        @Nullable GeneratedHistory generated,
        boolean stacked,
        DoubleFunction<String> format,
        String silence) {
    public ChartPicture {
        series = List.copyOf(series);
        limits = List.copyOf(limits);
        flags = List.copyOf(flags);
        ticks = List.copyOf(ticks);
        usual = List.copyOf(usual);
    }

    /// One measured value.
    public record Point(Instant at, double value) {}

    /// @param style one of `series-1` … `series-7`, or `series-simulated`
    /// @param area filled down to zero
    public record Series(String name, String style, boolean area, List<Point> points) {
        public Series {
            points = List.copyOf(points);
        }
    }

    /// A threshold, or a size that is there, such as the vCPUs.
    public record Limit(double value, String text, Role role) {}

    /// Something that happened: a migration, a plan change, a restart, an act of ours.
    ///
    /// @param open what a click shows; null when there is nothing behind it
    public record Flag(Instant at, String text, Role role, @Nullable Runnable open) {}

    /// The usual range of the figure at one instant.
    public record Usual(Instant at, double low, double high) {}

    public static ChartPicture of(
            Instant from, Instant to, List<Series> series, DoubleFunction<String> format) {
        return new ChartPicture(
                from,
                to,
                series,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                false,
                format,
                Texts.of("no points in this range"));
    }

    public ChartPicture limits(List<Limit> next) {
        return new ChartPicture(
                from,
                to,
                series,
                next,
                flags,
                ticks,
                usual,
                predictedFrom,
                generated,
                stacked,
                format,
                silence);
    }

    public ChartPicture events(List<Flag> nextFlags, List<Instant> nextTicks) {
        return new ChartPicture(
                from,
                to,
                series,
                limits,
                nextFlags,
                nextTicks,
                usual,
                predictedFrom,
                generated,
                stacked,
                format,
                silence);
    }

    public ChartPicture usual(List<Usual> next) {
        return new ChartPicture(
                from,
                to,
                series,
                limits,
                flags,
                ticks,
                next,
                predictedFrom,
                generated,
                stacked,
                format,
                silence);
    }

    public ChartPicture predictedFrom(Instant next) {
        return new ChartPicture(
                from, to, series, limits, flags, ticks, usual, next, generated, stacked, format,
                silence);
    }

    /// What was generated for demonstration is told from what was measured.
    public ChartPicture generated(@Nullable GeneratedHistory next) {
        return new ChartPicture(
                from,
                to,
                series,
                limits,
                flags,
                ticks,
                usual,
                predictedFrom,
                next,
                stacked,
                format,
                silence);
    }

    public ChartPicture asStack() {
        return new ChartPicture(
                from,
                to,
                series,
                limits,
                flags,
                ticks,
                usual,
                predictedFrom,
                generated,
                true,
                format,
                silence);
    }

    public ChartPicture silence(String next) {
        return new ChartPicture(
                from,
                to,
                series,
                limits,
                flags,
                ticks,
                usual,
                predictedFrom,
                generated,
                stacked,
                format,
                next);
    }

    /// The same over a part of its time.
    public ChartPicture within(Instant start, Instant end) {
        return new ChartPicture(
                start,
                end,
                series.stream()
                        .map(
                                s ->
                                        new Series(
                                                s.name(),
                                                s.style(),
                                                s.area(),
                                                s.points().stream()
                                                        .filter(p -> !p.at().isBefore(start))
                                                        .filter(p -> !p.at().isAfter(end))
                                                        .toList()))
                        .toList(),
                limits,
                flags,
                ticks,
                usual.stream()
                        .filter(u -> !u.at().isBefore(start) && !u.at().isAfter(end))
                        .toList(),
                predictedFrom,
                generated,
                stacked,
                format,
                silence);
    }

    /// The lines as drawn: of a stack each lies on the sum of those before it.
    List<List<Point>> lines() {
        var lines = new ArrayList<List<Point>>();
        double[] below = new double[0];
        for (var one : series) {
            if (!stacked) {
                lines.add(one.points());
                continue;
            }
            var sums = new ArrayList<Point>();
            double[] next = new double[one.points().size()];
            for (int i = 0; i < next.length; i++) {
                var point = one.points().get(i);
                next[i] = point.value() + (i < below.length ? below[i] : 0);
                sums.add(new Point(point.at(), next[i]));
            }
            below = next;
            lines.add(sums);
        }
        return lines;
    }

    /// One line per point, a column per figure; RFC 4180.
    String csv() {
        var out = new StringBuilder("at");
        series.forEach(s -> out.append(",\"").append(s.name().replace("\"", "\"\"")).append('"'));
        out.append("\r\n");
        var instants = series.stream().flatMap(s -> s.points().stream()).map(Point::at);
        for (var at : instants.distinct().sorted().toList()) {
            out.append(at);
            for (var one : series) {
                out.append(',');
                one.points().stream()
                        .filter(p -> p.at().equals(at))
                        .findFirst()
                        .ifPresent(p -> out.append(p.value()));
            }
            out.append("\r\n");
        }
        return out.toString();
    }
}

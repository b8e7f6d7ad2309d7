package io.lakebaseops.report;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleFunction;

/// Figures over time.
///
/// @param current the newest value in words; empty for none
/// @param limits horizontal lines with their words
/// @param band what is expected, low and high; empty for none
/// @param generatedUntil what lies before was generated, not measured: its ground is hatched
/// @param forecastFrom what lies after is a forecast: its line is dashed
/// @param format of the values at the axis
/// @param silence why there are no points
public record Chart(
        String title,
        String current,
        Instant from,
        Instant to,
        Form form,
        List<Line> lines,
        List<Limit> limits,
        List<Band> band,
        @Nullable Instant generatedUntil,
        @Nullable Instant forecastFrom,
        DoubleFunction<String> format,
        String silence) {
    /// More points than this do not show at the width of a page.
    private static final int MOST_POINTS = 240;

    public Chart {
        lines = lines.stream().map(l -> l.thinned(from, to)).toList();
        limits = List.copyOf(limits);
        band = List.copyOf(band);
    }

    /// How the lines are drawn.
    public enum Form {
        LINES,
        /// Parts of one sum: all lines have points at the same instants.
        STACK,
        /// The same as bars, one a day.
        BARS
    }

    /// @param color one of eight, from 1
    /// @param area filled down to zero
    public record Line(String name, int color, boolean area, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }

        /// Of each narrow slice of time the highest point, so that no peak is lost.
        private Line thinned(Instant from, Instant to) {
            if (points.size() <= MOST_POINTS) {
                return this;
            }
            double width =
                    Math.max(1, Duration.between(from, to).toMillis() / (double) MOST_POINTS);
            var kept = new Point[MOST_POINTS + 1];
            for (var point : points) {
                int slice =
                        (int)
                                Math.clamp(
                                        Duration.between(from, point.at()).toMillis() / width,
                                        0,
                                        MOST_POINTS);
                if (kept[slice] == null || kept[slice].value() < point.value()) {
                    kept[slice] = point;
                }
            }
            return new Line(
                    name,
                    color,
                    area,
                    java.util.Arrays.stream(kept).filter(java.util.Objects::nonNull).toList());
        }
    }

    public record Point(Instant at, double value) {}

    public record Limit(double value, String text, Tone tone) {}

    public record Band(Instant at, double low, double high) {}

    boolean silent() {
        return lines.stream().allMatch(l -> l.points().isEmpty());
    }
}

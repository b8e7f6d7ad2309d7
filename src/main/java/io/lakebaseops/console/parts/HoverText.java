package io.lakebaseops.console.parts;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.ChartPicture.Point;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// The values at the cursor of a chart. The nearest point of each series, or none inside a gap.
final class HoverText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);

    private HoverText() {}

    static String at(ChartPicture picture, Instant at) {
        var text = new StringBuilder(TIME.format(at.atZone(ZoneId.systemDefault())));
        for (var series : picture.series()) {
            var near = nearest(series.points(), at, Scale.gap(series.points()));
            text.append("   ");
            if (picture.series().size() > 1) {
                text.append(series.name()).append(' ');
            }
            text.append(near == null ? "–" : picture.format().apply(near.value()));
        }
        var made = picture.generated();
        if (made != null && made.reaches(at)) {
            text.append(Texts.of("   generated"));
        }
        return text.toString();
    }

    static @Nullable Point nearest(List<Point> points, Instant at, Duration within) {
        Point best = null;
        var distance = within;
        for (var point : points) {
            var d = Duration.between(point.at(), at).abs();
            if (d.compareTo(distance) <= 0) {
                best = point;
                distance = d;
            }
        }
        return best;
    }
}

package io.lakebaseops.console.branches;

import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.Format;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where a moment stands on the time axis of the graph. By the logarithm of its distance from now,
/// so that minutes and weeks are readable together; or linear.
///
/// @param past the farthest moment before now that is drawn
/// @param future after now
record LaneScale(Instant now, double width, boolean log, Duration past, Duration future) {
    /// Of the width, for what has been.
    private static final double PAST_SHARE = 0.735;

    /// Distances below it are drawn nearly linear.
    private static final double KNEE_SECONDS = 900;

    private static final double LABEL_EVERY = 43;
    private static final DateTimeFormatter DAY = Texts.dates(Texts.of("d MMM"));
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    private static final List<Duration> STEPS =
            List.of(
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(6),
                    Duration.ofDays(1),
                    Duration.ofDays(3),
                    Duration.ofDays(7),
                    Duration.ofDays(14),
                    Duration.ofDays(30),
                    Duration.ofDays(90),
                    Duration.ofDays(365));

    /// @param distance from now: `−6 h`; `now` itself
    /// @param wall its time or day
    record Tick(double x, String distance, String wall) {}

    double nowX() {
        return width * PAST_SHARE;
    }

    /// From 0 to `width`; what is farther stands at the edge.
    double x(Instant at) {
        double seconds = Duration.between(now, at).toMillis() / 1000.0;
        boolean before = seconds < 0;
        double farthest = Math.max(60, (before ? past : future).toSeconds());
        double d = Math.min(1, share(Math.abs(seconds), farthest));
        return before ? nowX() * (1 - d) : nowX() + (width - nowX()) * d;
    }

    private double share(double seconds, double farthest) {
        return log
                ? Math.log1p(seconds / KNEE_SECONDS) / Math.log1p(farthest / KNEE_SECONDS)
                : seconds / farthest;
    }

    /// The moment at a place.
    Instant at(double x) {
        boolean before = x < nowX();
        double room = before ? nowX() : width - nowX();
        double d = Math.clamp((before ? nowX() - x : x - nowX()) / Math.max(1, room), 0, 1);
        double farthest = Math.max(60, (before ? past : future).toSeconds());
        double seconds =
                log
                        ? KNEE_SECONDS * Math.expm1(d * Math.log1p(farthest / KNEE_SECONDS))
                        : d * farthest;
        return now.plusMillis((long) ((before ? -seconds : seconds) * 1000));
    }

    boolean beyond(Instant at) {
        return at.isAfter(now.plus(future));
    }

    /// As many as are readable, `now` always.
    List<Tick> ticks(ZoneId zone) {
        var ticks = new ArrayList<Tick>();
        double last = nowX();
        for (var step : STEPS) {
            if (step.compareTo(past) > 0) {
                break;
            }
            double x = x(now.minus(step));
            if (last - x >= LABEL_EVERY && x >= 16) {
                ticks.addFirst(tick(x, "−", step, now.minus(step), zone));
                last = x;
            }
        }
        ticks.add(new Tick(nowX(), Texts.of("now"), HOUR.format(now.atZone(zone))));
        last = nowX();
        for (var step : STEPS) {
            if (step.compareTo(future) > 0) {
                break;
            }
            double x = x(now.plus(step));
            if (x - last >= LABEL_EVERY - 4 && x <= width - 12) {
                ticks.add(tick(x, "+", step, now.plus(step), zone));
                last = x;
            }
        }
        return ticks;
    }

    private static Tick tick(double x, String sign, Duration step, Instant at, ZoneId zone) {
        var local = at.atZone(zone);
        return new Tick(x, sign + words(step), (step.toHours() < 24 ? HOUR : DAY).format(local));
    }

    private static String words(Duration step) {
        return step.toHours() < 1
                ? Texts.of("%s min", step.toMinutes())
                : step.toDays() < 1 ? step.toHours() + " h" : Format.grouped(step.toDays()) + " d";
    }
}

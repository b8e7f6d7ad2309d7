package io.lakebaseops.console.parts;

import io.lakebaseops.console.Texts;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The labels of a time axis at round local times; a new day is named by its date.
final class TimeAxis {
    private static final DateTimeFormatter HH_MM =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter HH_MM_SS =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = Texts.dates(Texts.of("d MMM"));
    private static final List<Duration> STEPS =
            List.of(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    Duration.ofHours(2),
                    Duration.ofHours(3),
                    Duration.ofHours(6),
                    Duration.ofHours(12),
                    Duration.ofDays(1),
                    Duration.ofDays(2),
                    Duration.ofDays(7),
                    Duration.ofDays(14),
                    Duration.ofDays(30),
                    Duration.ofDays(90),
                    Duration.ofDays(365));

    private TimeAxis() {}

    record Label(Instant at, String text) {}

    /// @param most how many labels have room
    static List<Label> labels(Instant from, Instant to, int most, ZoneId zone) {
        var step = step(Duration.between(from, to), Math.max(1, most));
        var labels = new ArrayList<Label>();
        var at = first(from, step, zone);
        while (!at.toInstant().isAfter(to)) {
            labels.add(new Label(at.toInstant(), text(at, step)));
            // By the calendar, so that labels stay at midnight when the clocks change.
            at = step.toDays() > 0 ? at.plusDays(step.toDays()) : at.plus(step);
        }
        return labels;
    }

    private static Duration step(Duration span, int most) {
        return STEPS.stream()
                .filter(s -> span.toMillis() / s.toMillis() <= most)
                .findFirst()
                .orElse(STEPS.getLast());
    }

    private static ZonedDateTime first(Instant from, Duration step, ZoneId zone) {
        var at = from.atZone(zone);
        var day = at.truncatedTo(ChronoUnit.DAYS);
        if (step.toDays() > 0) {
            return day.toInstant().isBefore(from) ? day.plusDays(1) : day;
        }
        long into = Duration.between(day, at).toMillis();
        long steps = (into + step.toMillis() - 1) / step.toMillis();
        return day.plus(step.multipliedBy(steps));
    }

    private static String text(ZonedDateTime at, Duration step) {
        if (step.toDays() > 0 || at.toLocalTime().equals(LocalTime.MIDNIGHT)) {
            return DAY.format(at);
        }
        return (step.toMinutes() == 0 ? HH_MM_SS : HH_MM).format(at);
    }
}

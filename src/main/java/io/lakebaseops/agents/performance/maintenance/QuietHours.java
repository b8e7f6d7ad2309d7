package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.GeneratedRows;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.history.TimeRange;
import io.lakebaseops.lakehouse.history.UnwrittenWaits;
import io.lakebaseops.lakehouse.history.WaitHistory;
import io.lakebaseops.lakehouse.history.WaitLoad;

import org.jspecify.annotations.Nullable;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The hours of the week at which a server is least busy, as far as our history tells: for every
/// weekday one window, in UTC.
///
/// @param hours 168 of them, Monday 0 h first; empty when the history is too short to say
/// @param generated some of the history was made up, not measured
public record QuietHours(List<Hour> hours, @Nullable Instant generatedUntil) {
    public static final QuietHours UNKNOWN = new QuietHours(List.of(), null);

    private static final int HOURS_PER_DAY = 24;

    /// Every hour must have been seen on several days before one can be called quiet.
    private static final int MIN_DAYS = 3;

    /// From so many of one weekday on it is judged by itself, before that all days are alike.
    private static final int MIN_OF_WEEKDAY = 2;

    /// Hours of a window.
    public static final int SHORTEST = 3;

    /// The same, at most.
    public static final int LONGEST = 8;

    /// A neighbouring hour belongs to the window when it is hardly busier.
    private static final double NEAR = 1.25;

    private static final Duration WEEKS = Duration.ofDays(28);
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);

    public QuietHours {
        hours = List.copyOf(hours);
    }

    /// @param mean active sessions
    /// @param median and `worst` of the days seen
    /// @param days that were seen of this weekday; 0 when the figures are those of all days
    /// @param window vacuum plans use it
    public record Hour(double mean, double median, double worst, int days, boolean window) {}

    /// @param from and `until` of the window
    public record Window(Instant from, Instant until) {
        /// `Sat 04:00–07:00 UTC`.
        public String words() {
            return HOUR.format(from.atZone(ZoneOffset.UTC))
                    + "–"
                    + HOUR.format(until.atZone(ZoneOffset.UTC)).substring(4)
                    + " UTC";
        }
    }

    private record Seen(int hour, DayOfWeek weekday, double active) {}

    static QuietHours of(Lakehouse lakehouse, TargetId target, Instant now, Deadline deadline) {
        var range = TimeRange.before(now.truncatedTo(ChronoUnit.HOURS), WEEKS);
        return of(
                new WaitHistory(lakehouse, UnwrittenWaits.NONE)
                        .load(target, range, (int) WEEKS.toHours(), deadline));
    }

    /// @param load hour by hour
    static QuietHours of(WaitLoad load) {
        var seen = new ArrayList<Seen>();
        var generated = new GeneratedRows();
        for (var hour : load.slices()) {
            if (hour.sampled()) {
                var from = hour.from().atZone(ZoneOffset.UTC);
                seen.add(new Seen(from.getHour(), from.getDayOfWeek(), hour.total()));
                if (hour.simulated()) {
                    generated.until(hour.from().plus(1, ChronoUnit.HOURS));
                }
            }
        }
        var plain = new ArrayList<Hour>();
        for (var weekday : DayOfWeek.values()) {
            for (int h = 0; h < HOURS_PER_DAY; h++) {
                var hour = hour(seen, weekday, h);
                if (hour == null) {
                    return UNKNOWN;
                }
                plain.add(hour);
            }
        }
        var marked = new ArrayList<Hour>();
        for (int d = 0; d < DayOfWeek.values().length; d++) {
            marked.addAll(withWindow(plain.subList(d * HOURS_PER_DAY, (d + 1) * HOURS_PER_DAY)));
        }
        return new QuietHours(marked, generated.until());
    }

    /// Null when this hour was seen on too few days.
    private static @Nullable Hour hour(List<Seen> seen, DayOfWeek weekday, int hour) {
        var all = seen.stream().filter(s -> s.hour() == hour).toList();
        var own = all.stream().filter(s -> s.weekday() == weekday).toList();
        if (all.size() < MIN_DAYS) {
            return null;
        }
        boolean alone = own.size() >= MIN_OF_WEEKDAY;
        var values = (alone ? own : all).stream().mapToDouble(Seen::active).sorted().toArray();
        double sum = 0;
        for (double v : values) {
            sum += v;
        }
        return new Hour(
                sum / values.length,
                values[values.length / 2],
                values[values.length - 1],
                alone ? own.size() : 0,
                false);
    }

    /// The quietest hours in a row, and those beside them that are hardly busier.
    private static List<Hour> withWindow(List<Hour> day) {
        int from = 0;
        double least = Double.MAX_VALUE;
        for (int h = 0; h + SHORTEST <= HOURS_PER_DAY; h++) {
            double mean = mean(day, h, h + SHORTEST);
            if (mean < least) {
                least = mean;
                from = h;
            }
        }
        double limit = least * NEAR;
        int until = from + SHORTEST;
        boolean wider = true;
        while (wider && until - from < LONGEST) {
            wider = false;
            if (until < HOURS_PER_DAY && day.get(until).mean() <= limit) {
                until++;
                wider = true;
            } else if (from > 0 && day.get(from - 1).mean() <= limit) {
                from--;
                wider = true;
            }
        }
        var marked = new ArrayList<Hour>();
        for (int h = 0; h < HOURS_PER_DAY; h++) {
            var hour = day.get(h);
            marked.add(
                    new Hour(
                            hour.mean(),
                            hour.median(),
                            hour.worst(),
                            hour.days(),
                            h >= from && h < until));
        }
        return marked;
    }

    private static double mean(List<Hour> day, int from, int until) {
        return day.subList(from, until).stream().mapToDouble(Hour::mean).average().orElse(0);
    }

    public boolean known() {
        return !hours.isEmpty();
    }

    public Hour at(DayOfWeek weekday, int hour) {
        return hours.get((weekday.getValue() - 1) * HOURS_PER_DAY + hour);
    }

    private Hour at(ZonedDateTime utc) {
        return at(utc.getDayOfWeek(), utc.getHour());
    }

    public boolean quiet(Instant at) {
        return known() && at(at.atZone(ZoneOffset.UTC)).window();
    }

    public double busiest() {
        return hours.stream().mapToDouble(Hour::mean).max().orElse(0);
    }

    /// The window that is open now, or the next one; null when none is known.
    public @Nullable Window window(Instant now) {
        if (!known()) {
            return null;
        }
        var from = now.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.HOURS);
        while (!at(from).window()) {
            from = from.plusHours(1);
        }
        var until = from;
        while (at(until).window() && until.isBefore(from.plusHours(HOURS_PER_DAY))) {
            until = until.plusHours(1);
        }
        var begin = from.toInstant();
        return new Window(begin.isBefore(now) ? now : begin, until.toInstant());
    }

    /// The next window, for a person.
    public String words(Instant now) {
        var next = window(now);
        return next == null
                ? "not known"
                : next.words() + (generatedUntil == null ? "" : " (from generated history)");
    }
}

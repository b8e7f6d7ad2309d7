package io.lakebaseops.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Numbers, times and sizes as people read them: sensible digits, always a unit. Screens, plans and
/// commands all write them by this class, so that the same value reads the same everywhere.
public final class Format {
    private static final DateTimeFormatter HH_MM =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter HH_MM_SS =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);
    private static final String[] BYTES = {"B", "kB", "MB", "GB", "TB", "PB"};

    private Format() {}

    /// Text of others, such as a name from a database, made safe to show on one line: control,
    /// format and bidirectional characters, which could erase, forge or turn what stands beside
    /// them, are written as `\\u001B`.
    public static String printable(String text) {
        return escaped(text, false);
    }

    /// The same for text of several lines, which keep their breaks.
    public static String printableLines(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean lines) {
        if (text.codePoints().noneMatch(c -> hidden(c, lines))) {
            return text;
        }
        var safe = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(
                        c -> {
                            if (hidden(c, lines)) {
                                for (char unit : Character.toChars(c)) {
                                    safe.append("\\u%04X".formatted((int) unit));
                                }
                            } else {
                                safe.appendCodePoint(c);
                            }
                        });
        return safe.toString();
    }

    private static boolean hidden(int c, boolean lines) {
        if (lines && (c == '\n' || c == '\t')) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }

    /// A figure and its unit, to be set in two sizes.
    public record Figure(String number, String unit) {
        @Override
        public String toString() {
            return unit.isEmpty() ? number : number + " " + unit;
        }
    }

    public static Figure of(MetricName metric, double value) {
        return switch (metric.unit()) {
            case "ratio" -> new Figure(digits(value * 100), "%");
            case "s" -> seconds(value);
            case "ms" -> value >= 1000 ? seconds(value / 1000) : new Figure(digits(value), "ms");
            case "bytes" -> bytes(value);
            case "1/s" -> new Figure(digits(value), "/ s");
            case "1/h" -> new Figure(digits(value), "/ h");
            case "transactions", "multixacts" -> large(value);
            default -> new Figure(digits(value), "");
        };
    }

    /// Powers of 1024 under the names PostgreSQL gives them: `48.3 MB`.
    public static Figure bytes(double value) {
        int i = 0;
        double v = value;
        while (Math.abs(v) >= 1024 && i < BYTES.length - 1) {
            v /= 1024;
            i++;
        }
        return new Figure(i == 0 ? grouped(v) : digits(v), BYTES[i]);
    }

    /// A size within a sentence.
    public static String size(double bytes) {
        return bytes(bytes).toString();
    }

    /// To one decimal, so that a column of them lines up: 0.987 → `98.7 %`.
    public static String percent(double share) {
        return String.format(Locale.ENGLISH, "%.1f %%", share * 100);
    }

    public static Figure seconds(double s) {
        if (s < 0.001 && s > 0) {
            return new Figure(digits(s * 1e6), "µs");
        }
        if (s < 1 && s > 0 && s < 0.1) {
            return new Figure(digits(s * 1000), "ms");
        }
        if (s < 120) {
            return new Figure(digits(s), "s");
        }
        if (s < 7200) {
            return new Figure(grouped(s / 60), "min");
        }
        return s < 172_800
                ? new Figure(digits(s / 3600), "h")
                : new Figure(grouped(s / 86_400), "d");
    }

    public static String duration(Duration d) {
        return seconds(d.toNanos() / 1e9).toString();
    }

    /// Counts in the millions, short: `212 M`, `1.2 B`.
    public static Figure large(double v) {
        if (v >= 1e9) {
            return new Figure(digits(v / 1e9), "B");
        }
        return v >= 1e6 ? new Figure(digits(v / 1e6), "M") : new Figure(grouped(v), "");
    }

    /// Three significant digits at most, whole from 100 on, thousands grouped.
    public static String digits(double v) {
        double a = Math.abs(v);
        if (a >= 99.95) {
            return a < 100 && a > 99.9 ? trimmed(v, 2) : grouped(v);
        }
        return a >= 10 ? trimmed(v, 1) : trimmed(v, a < 0.1 ? 3 : a < 1 ? 2 : 1);
    }

    public static String grouped(double v) {
        return grouped(Math.round(v));
    }

    public static String grouped(long v) {
        return v > -1000 && v < 1000 ? Long.toString(v) : String.format(Locale.ENGLISH, "%,d", v);
    }

    private static String trimmed(double v, int places) {
        return Double.isFinite(v)
                ? BigDecimal.valueOf(v)
                        .setScale(places, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                : Double.toString(v);
    }

    /// `3 s ago`, `4 min ago`, `2 d ago`.
    public static String ago(Instant then, Instant now) {
        return briefly(Duration.between(then, now)) + " ago";
    }

    /// Rounded down to one unit: `42 s`, `5 h`, `2 d`.
    public static String briefly(Duration d) {
        long s = Math.max(0, d.toSeconds());
        if (s < 60) {
            return s + " s";
        }
        if (s < 3600) {
            return s / 60 + " min";
        }
        return s < 48 * 3600 ? s / 3600 + " h" : s / 86_400 + " d";
    }

    /// Local time of today as `14:02`, of another day as `20 Nov`.
    public static String clock(Instant at, Instant now, ZoneId zone) {
        var local = at.atZone(zone);
        boolean today =
                local.truncatedTo(ChronoUnit.DAYS)
                        .equals(now.atZone(zone).truncatedTo(ChronoUnit.DAYS));
        return (today ? HH_MM : DAY).format(local);
    }

    /// Local time to the second.
    public static String time(Instant at, ZoneId zone) {
        return HH_MM_SS.format(at.atZone(zone));
    }

    /// For the tooltip beside every local time.
    public static String utc(Instant at) {
        return UTC.format(at);
    }

    /// `1 plan`, `3 plans`; the plural must be regular.
    public static String count(long n, String noun) {
        return grouped(n) + " " + noun + (n == 1 ? "" : "s");
    }
}

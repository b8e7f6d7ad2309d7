package io.lakebaseops.ask.writing;

import io.lakebaseops.domain.Format;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/// Writes a value as people read it; its unit follows from the name of its column: `total_bytes`,
/// `mean_ms`, `time_share`. Text of a database is made safe and cut.
public record Display(Instant now, ZoneId zone) {
    private static final int LONGEST = 160;

    public String of(String column, @Nullable Object value) {
        return switch (value) {
            case null -> "–";
            case Boolean b -> b ? "yes" : "no";
            case Instant at -> time(at);
            case Number n -> number(unit(column), n);
            default -> text(value.toString());
        };
    }

    public static String text(String value) {
        var line = Format.printable(value.replaceAll("\\s+", " ").strip());
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }

    /// With a format that the sentence asks for.
    String as(String format, @Nullable Object value) {
        if (value instanceof Instant at) {
            return format.equals("ago") ? Format.ago(at, now) : time(at);
        }
        if (format.equals("words") && value instanceof String name) {
            return text(name.replace('_', ' '));
        }
        if (!(value instanceof Number n)) {
            return of("", value);
        }
        return switch (format) {
            case "size", "percent", "seconds", "ms", "plain", "number" -> number(format, n);
            case "signed" -> (n.doubleValue() >= 0 ? "+" : "") + Format.percent(n.doubleValue());
            default -> counted(n.longValue(), format);
        };
    }

    private static String counted(long n, String noun) {
        var plural =
                noun.endsWith("x")
                        ? noun + "es"
                        : noun.endsWith("y") && !noun.endsWith("key")
                                ? noun.substring(0, noun.length() - 1) + "ies"
                                : noun + "s";
        return Format.grouped(n) + " " + (n == 1 ? noun : plural);
    }

    private String time(Instant at) {
        var clock = Format.clock(at, now, zone);
        boolean today = clock.indexOf(':') > 0;
        // A day alone leaves open when, which matters for yesterday.
        return today || Duration.between(at, now).abs().toDays() > 3
                ? clock
                : clock + " " + Format.time(at, zone).substring(0, 5);
    }

    /// What a column's numbers are, by its name.
    static String unit(String column) {
        if (column.endsWith("bytes")) {
            return "size";
        }
        if (column.endsWith("share") || column.endsWith("_ratio") || column.equals("change")) {
            return "percent";
        }
        if (column.endsWith("seconds")) {
            return "seconds";
        }
        if (column.endsWith("_ms")) {
            return "ms";
        }
        return column.endsWith("pid") || column.endsWith("queryid") || column.endsWith("oid")
                ? "plain"
                : "number";
    }

    private static String number(String unit, Number n) {
        double v = n.doubleValue();
        return switch (unit) {
            case "size" -> Format.size(v);
            case "percent" -> Format.percent(v);
            case "seconds" -> Format.seconds(v).toString();
            case "ms" -> v < 1000 ? Format.digits(v) + " ms" : Format.seconds(v / 1000).toString();
            case "plain" -> Long.toString(n.longValue());
            default -> v == Math.rint(v) ? Format.grouped(n.longValue()) : Format.digits(v);
        };
    }
}

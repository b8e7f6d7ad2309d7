package io.lakebaseops.ask.grounding;

import io.lakebaseops.ask.grounding.Claim.Moment;

import org.jspecify.annotations.Nullable;

import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Finds days and times of day: `2026-11-27T14:02:11Z`, `27 Nov at 14:02`, `2 pm`.
final class MomentReader {
    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");

    private static final String CLOCK =
            "(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.\\d+)?)?"
                    + "(?:\\s?(?<half>[ap]\\.?m\\b\\.?))?";
    private static final String ZONE = "(?:\\s?(?<zone>Z|UTC|GMT|[-+]\\d{2}:?\\d{2})(?![\\w]))?";
    private static final String MONTH =
            "(?<month>(?-i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
                    + "Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?))(?![a-z])\\.?";
    private static final String TIME = "(?:(?:,| at| um|T)?\\s*" + CLOCK + ZONE + ")?";

    private static final Pattern ISO =
            Pattern.compile(
                    "(?<![\\w.])(?<year>\\d{4})-(?<number>\\d{2})-(?<day>\\d{2})" + TIME,
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern DAY_MONTH =
            Pattern.compile(
                    "(?<![\\w.])(?<day>\\d{1,2})(?:st|nd|rd|th|\\.)?\\s+"
                            + MONTH
                            + "(?:,?\\s+(?<year>\\d{4}))?"
                            + TIME,
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern MONTH_DAY =
            Pattern.compile(
                    "\\b"
                            + MONTH
                            + "\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])(?:,?\\s+(?<year>\\d{4}))?"
                            + TIME,
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME_OF_DAY =
            Pattern.compile("(?<![\\w.:])" + CLOCK + ZONE + "(?![\\d:])", Pattern.CASE_INSENSITIVE);
    private static final Pattern HOUR =
            Pattern.compile(
                    "(?<![\\w.:])(?<hour>\\d{1,2})\\s?(?<half>[ap]\\.?m\\b\\.?)",
                    Pattern.CASE_INSENSITIVE);

    private MomentReader() {}

    static void take(StringBuilder rest, List<Claim> claims) {
        ClaimReader.take(rest, ISO, m -> claims.add(of(m, number(m, "number"), true)));
        ClaimReader.take(rest, DAY_MONTH, m -> claims.add(of(m, month(m), true)));
        ClaimReader.take(rest, MONTH_DAY, m -> claims.add(of(m, month(m), true)));
        ClaimReader.take(rest, TIME_OF_DAY, m -> claims.add(of(m, 0, true)));
        ClaimReader.take(rest, HOUR, m -> claims.add(of(m, 0, false)));
    }

    private static int month(MatchResult m) {
        return MONTHS.indexOf(group(m, "month").substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
    }

    private static Moment of(MatchResult m, int month, boolean minutes) {
        LocalTime time = null;
        boolean seconds = false;
        if (!group(m, "hour").isEmpty()) {
            int hour = number(m, "hour");
            var half = group(m, "half").toLowerCase(Locale.ROOT);
            hour = half.startsWith("p") && hour < 12 ? hour + 12 : hour;
            hour = half.startsWith("a") && hour == 12 ? 0 : hour;
            int minute = minutes ? number(m, "minute") : 0;
            seconds = minutes && !group(m, "second").isEmpty();
            int second = seconds ? number(m, "second") : 0;
            time =
                    hour < 24 && minute < 60 && second < 60
                            ? LocalTime.of(hour, minute, second)
                            : null;
        }
        var zone = minutes ? group(m, "zone") : "";
        return new Moment(
                m.group().strip(),
                month == 0 ? 0 : number(m, "year"),
                month,
                month == 0 ? 0 : number(m, "day"),
                time,
                seconds,
                !zone.isEmpty() && zone.matches("(?i)Z|UTC|GMT|[-+]00:?00"));
    }

    private static int number(MatchResult m, String name) {
        var text = group(m, name);
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static String group(MatchResult m, String name) {
        if (!m.namedGroups().containsKey(name)) {
            return "";
        }
        @Nullable String found = m.group(name);
        return found == null ? "" : found;
    }
}

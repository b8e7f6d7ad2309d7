package io.lakebaseops.ask.names;

import io.lakebaseops.ask.meaning.Words;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Finds the range of time a question names, in English, German and Spanish: "since this morning",
/// "gestern", "últimas 3 horas". A range never ends in the future.
public final class TimeWords {
    /// Work begins; the load of "this morning" does too.
    private static final int MORNING = 6;

    private static final String NUMBER =
            "(\\d{1,4}|a|an|one|two|three|four|six|twelve|couple of|few|ein|einer|zwei|drei|vier|"
                    + "sechs|una|dos|tres|cuatro|seis)";

    private static final Map<String, Integer> NUMBERS =
            Map.ofEntries(
                    Map.entry("a", 1),
                    Map.entry("an", 1),
                    Map.entry("one", 1),
                    Map.entry("two", 2),
                    Map.entry("couple of", 2),
                    Map.entry("three", 3),
                    Map.entry("few", 3),
                    Map.entry("four", 4),
                    Map.entry("six", 6),
                    Map.entry("twelve", 12),
                    Map.entry("ein", 1),
                    Map.entry("einer", 1),
                    Map.entry("zwei", 2),
                    Map.entry("drei", 3),
                    Map.entry("vier", 4),
                    Map.entry("sechs", 6),
                    Map.entry("una", 1),
                    Map.entry("dos", 2),
                    Map.entry("tres", 3),
                    Map.entry("cuatro", 4),
                    Map.entry("seis", 6));

    private record Rule(Pattern pattern, Function<Found, TimeSpan> span) {}

    private record Found(MatchResult match, ZonedDateTime now) {
        TimeSpan back(Duration length, String words) {
            return new TimeSpan(now.toInstant().minus(length), now.toInstant(), words);
        }

        TimeSpan since(ZonedDateTime from, String words) {
            return new TimeSpan(from.toInstant(), now.toInstant(), words);
        }

        ZonedDateTime today() {
            return now.truncatedTo(ChronoUnit.DAYS);
        }
    }

    private static final List<Rule> RULES =
            List.of(
                    rule(
                            "(?:last|past|previous|letzten?|letzter|vergangenen|ultim[ao]s?)\\s+"
                                    + NUMBER
                                    + "\\s*(min\\w*|h|hours?|stunden?|horas?|d|days?|tagen?|tage|dias?|"
                                    + "weeks?|wochen?|semanas?|months?|monaten?|monate|mes\\w*)\\b",
                            f -> amount(f, f.match().group(1), f.match().group(2))),
                    rule(
                            "\\b" + NUMBER + "\\s*(min\\w*|h|hours?|days?|weeks?|months?) ago",
                            f -> amount(f, f.match().group(1), f.match().group(2))),
                    rule(
                            "(?:vor|hace)\\s+"
                                    + NUMBER
                                    + "\\s*(min\\w*|stunden?|horas?|tagen?|dias?|wochen?|semanas?)",
                            f -> amount(f, f.match().group(1), f.match().group(2))),
                    rule(
                            "(?:last|past|letzten?|letzter|ultim[ao])\\s+(hour|stunde|hora|day|tag|dia)",
                            f -> amount(f, "1", f.match().group(1))),
                    rule(
                            "this morning|heute (?:frueh|fruh|morgen)|esta manana",
                            f -> f.since(f.today().plusHours(MORNING), "since this morning")),
                    rule(
                            "last night|overnight|heute nacht|letzte nacht|anoche",
                            f ->
                                    new TimeSpan(
                                            f.today().minusHours(2).toInstant(),
                                            min(f.today().plusHours(MORNING), f.now()),
                                            "last night")),
                    rule(
                            "(?:since|seit|desde) (?:yesterday|gestern|ayer)",
                            f -> f.since(f.today().minusDays(1), "since yesterday")),
                    rule(
                            "\\b(?:yesterday|gestern|ayer)\\b",
                            f ->
                                    new TimeSpan(
                                            f.today().minusDays(1).toInstant(),
                                            f.today().toInstant(),
                                            "yesterday")),
                    rule(
                            "(?:since|after|seit|desde(?: las)?|ab)\\s+(\\d{1,2})(?::(\\d{2}))?\\s*(am|pm|uhr|h)?\\b",
                            TimeWords::clock),
                    rule("\\b(?:today|heute|hoy)\\b", f -> f.since(f.today(), "today")),
                    rule(
                            "(?:last|past|letzten?|letzter|vergangene|pasada|ultima)\\s+(?:week|woche|semana)"
                                    + "|semana pasada|(?:this|diese|esta)\\s+(?:week|woche|semana)",
                            f -> f.back(Duration.ofDays(7), "last 7 days")),
                    rule(
                            "(?:last|past|this|letzten?|diesen?|ultimo|este)\\s+(?:month|monat|mes)|mes pasado",
                            f -> f.back(Duration.ofDays(30), "last 30 days")),
                    rule(
                            "(?:since|seit|desde el|on|am)\\s+(monday|tuesday|wednesday|thursday|friday|saturday|"
                                    + "sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|"
                                    + "lunes|martes|miercoles|jueves|viernes|sabado|domingo)",
                            TimeWords::weekday));

    private TimeWords() {}

    public static Optional<TimeSpan> find(String question, Instant now, ZoneId zone) {
        var text = Words.plain(question);
        var at = now.atZone(zone);
        for (var rule : RULES) {
            var match = rule.pattern().matcher(text);
            if (match.find()) {
                var span = rule.span().apply(new Found(match.toMatchResult(), at));
                if (span.from().isBefore(span.until())) {
                    return Optional.of(span);
                }
            }
        }
        return Optional.empty();
    }

    /// A range chosen on the screen: `from/until` as ISO instants.
    public static Optional<TimeSpan> chosen(String value, Instant now, ZoneId zone) {
        int slash = value.indexOf('/');
        if (slash < 0) {
            return find(value, now, zone);
        }
        var from = Instant.parse(value.substring(0, slash));
        var until = Instant.parse(value.substring(slash + 1));
        return from.isBefore(until)
                ? Optional.of(new TimeSpan(from, until, "the chosen time"))
                : Optional.empty();
    }

    private static Rule rule(String pattern, Function<Found, TimeSpan> span) {
        return new Rule(Pattern.compile(pattern), span);
    }

    private static TimeSpan amount(Found f, String number, String unit) {
        int n = NUMBERS.containsKey(number) ? NUMBERS.get(number) : Integer.parseInt(number);
        var u = unit.substring(0, 1);
        boolean month = unit.startsWith("mo") || unit.startsWith("mes");
        if (month) {
            return f.back(Duration.ofDays(30L * n), "last %d days".formatted(30 * n));
        }
        return switch (u) {
            case "m" -> f.back(Duration.ofMinutes(n), "last %d min".formatted(n));
            case "h" -> f.back(Duration.ofHours(n), "last %d h".formatted(n));
            case "w" -> f.back(Duration.ofDays(7L * n), "last %d days".formatted(7 * n));
            case "s" ->
                    unit.startsWith("st")
                            ? f.back(Duration.ofHours(n), "last %d h".formatted(n))
                            : f.back(Duration.ofDays(7L * n), "last %d days".formatted(7 * n));
            default -> f.back(Duration.ofDays(n), "last %d days".formatted(n));
        };
    }

    private static TimeSpan clock(Found f) {
        int hour = Integer.parseInt(f.match().group(1)) % 24;
        int minute = f.match().group(2) == null ? 0 : Integer.parseInt(f.match().group(2)) % 60;
        if ("pm".equals(f.match().group(3)) && hour < 12) {
            hour += 12;
        }
        var from = f.today().plusHours(hour).plusMinutes(minute);
        if (from.isAfter(f.now())) {
            from = from.minusDays(1);
        }
        return f.since(from, "since %02d:%02d".formatted(hour, minute));
    }

    private static TimeSpan weekday(Found f) {
        var name = f.match().group(1);
        var days =
                List.of(
                        "mo lun",
                        "tu di mar",
                        "we mi",
                        "th do jue",
                        "fr vie",
                        "sa sab",
                        "su so dom");
        int found = 0;
        for (int i = 0; i < days.size(); i++) {
            for (var start : days.get(i).split(" ")) {
                // Sunday in Spanish begins like Thursday in German.
                if (name.startsWith(start) && !(start.equals("do") && name.startsWith("dom"))) {
                    found = i;
                }
            }
        }
        var day = DayOfWeek.of(found + 1);
        var from = f.today().with(TemporalAdjusters.previousOrSame(day));
        return f.since(
                from,
                "since " + day.name().charAt(0) + day.name().substring(1).toLowerCase(Locale.ROOT));
    }

    private static Instant min(ZonedDateTime one, ZonedDateTime other) {
        return one.isBefore(other) ? one.toInstant() : other.toInstant();
    }
}

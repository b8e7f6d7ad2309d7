package io.lakebaseops.console.vacuum;

import io.lakebaseops.agents.performance.maintenance.HorizonHolder;
import io.lakebaseops.agents.performance.maintenance.VacuumTable;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Figures and times of the vacuum screen in words.
final class VacuumWords {
    private static final DateTimeFormatter WEEKDAY = Texts.dates("EEE HH:mm");
    private static final DateTimeFormatter DAY = Texts.dates("d MMM");
    private static final DateTimeFormatter YEAR = Texts.dates("d MMM uuuu");
    private static final DateTimeFormatter MONTH = Texts.dates("MMM uuuu");
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);

    private VacuumWords() {}

    /// `880`, `9,650`, `645 k`, `42.4 M`.
    static String rows(double n) {
        if (n < 10_000) {
            return Format.grouped(n);
        }
        return n < 1e6 ? Format.digits(n / 1e3) + " k" : Format.large(n).toString();
    }

    /// Of a limit: `11 %`.
    static String share(double share) {
        return share >= 10 ? Format.digits(share) + " ×" : Math.round(share * 100) + " %";
    }

    /// `14:02` today, `Wed 04:12` within a week, `18 Nov` else.
    static String when(@Nullable Instant at, Instant now, ZoneId zone) {
        if (at == null) {
            return "–";
        }
        var local = at.atZone(zone);
        if (local.toLocalDate().equals(now.atZone(zone).toLocalDate())) {
            return CLOCK.format(local);
        }
        var away = Duration.between(at, now).abs();
        if (away.compareTo(Duration.ofDays(6)) < 0) {
            return WEEKDAY.format(local);
        }
        return (away.compareTo(Duration.ofDays(180)) < 0 ? DAY : YEAR).format(local);
    }

    /// The end of a span, with its day where that is another one.
    static String until(Instant from, Instant until, ZoneId zone) {
        var end = until.atZone(zone);
        return (end.toLocalDate().equals(from.atZone(zone).toLocalDate()) ? CLOCK : WEEKDAY)
                .format(end);
    }

    /// A date far away, to the month.
    static String roughly(Instant at, Instant now, ZoneId zone) {
        return Duration.between(now, at).compareTo(Duration.ofDays(180)) < 0
                ? when(at, now, zone)
                : MONTH.format(at.atZone(zone));
    }

    /// `5 h 10 min`, `21 min`.
    static String late(Duration d) {
        long minutes = d.toMinutes();
        if (minutes < 1) {
            return Texts.of("just now");
        }
        if (minutes < 60) {
            return Texts.of("%s min", minutes);
        }
        return minutes < 24 * 60
                ? Texts.of("%s h %s min", minutes / 60, minutes % 60)
                : Format.briefly(d);
    }

    static Role role(VacuumTable t, Instant now) {
        if (t.critical(now)) {
            return Role.CRITICAL;
        }
        return t.troubled(now) ? Role.WARNING : Role.OK;
    }

    /// `92 ± 2 %`.
    static String bloat(VacuumTable t) {
        var low = t.bloatLow();
        var high = t.bloatHigh();
        if (low == null || high == null) {
            return "–";
        }
        return "%d %% ± %d"
                .formatted(
                        Math.round((low + high) * 50), Math.max(1, Math.round((high - low) * 50)));
    }

    /// When autovacuum will begin, or why nobody can say.
    static String next(VacuumTable t, Instant now, ZoneId zone) {
        if (t.running()) {
            return Texts.of("running");
        }
        if (!t.autovacuumOn()) {
            return Texts.of("off");
        }
        if (t.unknown()) {
            return Texts.of("unknown");
        }
        var next = t.next();
        if (next == null) {
            return t.dead() == 0 && t.inserted() == 0
                    ? Texts.of("not needed")
                    : Texts.of("unknown");
        }
        return next.isAfter(now.plusSeconds(60))
                ? "≈ " + when(next, now, zone)
                : Texts.of("due now");
    }

    static String releases(HorizonHolder h) {
        return switch (h.holds()) {
            case ALONE ->
                    h.rows() == null
                            ? Texts.of("not known")
                            : h.rows() == 0
                                    ? Texts.of("nothing")
                                    : Texts.of(
                                            "%s rows · %s",
                                            Format.grouped(h.rows()), Format.size(h.bytes()));
            case TOGETHER, BEHIND -> withOlder(h);
            case OTHER_DATABASE -> Texts.of("rows of %s", h.database());
            case CATALOG -> Texts.of("catalog rows only");
        };
    }

    /// `with 1 other: 1,024,900 rows`.
    private static String withOlder(HorizonHolder h) {
        var rows = h.withOlder().rows();
        return rows == null || rows == 0
                ? Texts.of("nothing alone")
                : Texts.of(
                        "with %s: %s rows · %s",
                        Texts.count(h.withOlder().others(), "other"),
                        Format.grouped(rows),
                        Format.size(h.withOlder().bytes()));
    }

    /// What the figure beside the holder means.
    static String releasesHint(HorizonHolder h) {
        return switch (h.holds()) {
            case ALONE ->
                    h.rows() == null
                            ? Texts.of(
                                    "nobody counted rows when it began, and no vacuum ran since: how many it keeps cannot be told")
                            : Texts.of(
                                    "dead rows that died after it began and before the next holder did, in %s; the next vacuum can remove them once it ends",
                                    Texts.count(h.tables(), "table"));
            case TOGETHER ->
                    Texts.of(
                            "others stand at the same point: only when all of them end can rows go");
            case BEHIND ->
                    Texts.of(
                            "an older holder keeps the same rows: what would go if both this one and all older ones ended");
            case OTHER_DATABASE -> Texts.of("it keeps rows of another database, none of this one");
            case CATALOG ->
                    Texts.of("a logical slot keeps rows of system catalogs, none of tables");
        };
    }
}

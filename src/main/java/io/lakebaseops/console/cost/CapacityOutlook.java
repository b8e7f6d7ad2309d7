package io.lakebaseops.console.cost;

import io.lakebaseops.agents.health.operations.Capacity;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.ChartPicture;
import io.lakebaseops.console.parts.ChartPicture.Limit;
import io.lakebaseops.console.parts.ChartPicture.Point;
import io.lakebaseops.console.parts.ChartPicture.Series;
import io.lakebaseops.console.parts.ChartPicture.Usual;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.GeneratedHistory;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/// The forecast of one resource in a sentence and as a chart: sixty days back, what is expected
/// with its band, and the limit. Where the error is large or nothing was forecast it says so
/// instead of a date.
///
/// @param error of the forecast on the past, in words; empty without one
public record CapacityOutlook(Role role, String sentence, String error, ChartPicture picture) {
    private static final DateTimeFormatter DATE = Texts.dates(Texts.of("d MMM"));

    /// Above it a forecast is not worth drawing.
    public static final double WORST_ERROR = 0.2;

    static CapacityOutlook of(Capacity c, Instant now) {
        var format = format(c.name());
        var found = c.error();
        boolean drawn = !c.future().isEmpty() && (found == null || found <= WORST_ERROR);
        var error =
                found == null
                        ? ""
                        : Texts.of(
                                "back-test error %s%s",
                                Format.percent(found),
                                drawn
                                        ? ""
                                        : Texts.of(
                                                ", allowed %s %%", Math.round(WORST_ERROR * 100)));
        var picture = picture(c, drawn, format, now);
        var met = c.limitMet();
        var limit = c.limit();
        if (!drawn) {
            return new CapacityOutlook(
                    Role.UNAVAILABLE,
                    c.past().isEmpty()
                            ? Texts.of("Nothing is measured yet")
                            : c.future().isEmpty()
                                    ? Texts.of("No forecast")
                                    : Texts.of("Not predictable"),
                    c.future().isEmpty() ? Texts.of("none yet, or not predictable") : error,
                    picture);
        }
        if (met != null && limit != null) {
            return new CapacityOutlook(
                    Role.WARNING,
                    Texts.of("%s met on %s", format.apply(limit), DATE.format(met)),
                    error,
                    picture);
        }
        var last = c.future().getLast();
        return new CapacityOutlook(
                Role.OK,
                Texts.of("%s by %s", format.apply(last.expected()), DATE.format(last.day())),
                error,
                picture);
    }

    private static ChartPicture picture(
            Capacity c, boolean drawn, DoubleFunction<String> format, Instant now) {
        var series = new ArrayList<Series>();
        series.add(
                new Series(
                        Texts.of("measured"),
                        "series-1",
                        false,
                        c.past().stream().map(d -> new Point(at(d.day()), d.value())).toList()));
        var band = new ArrayList<Usual>();
        if (drawn) {
            series.add(
                    new Series(
                            Texts.of("expected"),
                            "series-simulated",
                            false,
                            c.future().stream()
                                    .map(f -> new Point(at(f.day()), f.expected()))
                                    .toList()));
            c.future().forEach(f -> band.add(new Usual(at(f.day()), f.low(), f.high())));
        }
        var to = drawn ? at(c.future().getLast().day()) : now;
        var from =
                c.past().isEmpty() ? now.minus(Duration.ofDays(60)) : at(c.past().getFirst().day());
        var picture =
                ChartPicture.of(from, to, series, format)
                        .usual(band)
                        .silence(Texts.of("nothing is measured yet"));
        var made = c.generatedUntil();
        if (made != null && from.isBefore(made)) {
            picture = picture.generated(new GeneratedHistory(from, made));
        }
        var limit = c.limit();
        if (limit != null) {
            picture =
                    picture.limits(
                            List.of(
                                    new Limit(
                                            limit,
                                            Texts.of("limit %s", format.apply(limit)),
                                            Role.WARNING)));
        }
        return drawn ? picture.predictedFrom(at(c.future().getFirst().day())) : picture;
    }

    private static DoubleFunction<String> format(String name) {
        return switch (name) {
            case "storage" -> Format::size;
            case "connections" -> v -> Format.digits(v * 100) + " %";
            default -> v -> Format.large(v).toString();
        };
    }

    private static Instant at(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}

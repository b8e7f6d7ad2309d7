package io.lakebaseops.console.cost;

import io.lakebaseops.agents.health.operations.Capacity;
import io.lakebaseops.console.parts.ChartPicture;
import io.lakebaseops.console.parts.ChartPicture.Limit;
import io.lakebaseops.console.parts.ChartPicture.Point;
import io.lakebaseops.console.parts.ChartPicture.Series;
import io.lakebaseops.console.parts.ChartPicture.Usual;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.TimeChart;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.GeneratedHistory;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.javafx.FontIcon;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/// One resource: sixty days back, the last forecast with its band, its limit and its error on the
/// past. Where the error is large or nothing was forecast it says so instead of a date.
final class CapacityCard extends VBox {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    /// Above it a forecast is not worth drawing.
    private static final double WORST_ERROR = 0.2;

    private final Label error = Nodes.label("", "card-note");
    private final FontIcon icon = Nodes.icon(Role.MUTED.icon(), Role.MUTED);
    private final Label says = Nodes.label("", "row-sub");
    private final Label generated = Nodes.label("", "row-sub", Role.SIMULATED.css());
    private final TimeChart chart = new TimeChart();
    private final String name;

    CapacityCard(String name, String title) {
        super(4);
        this.name = name;
        setId("capacity-" + name);
        getStyleClass().addAll("card", "chart-card");
        var heading = Nodes.label(title, "card-title");
        heading.setMinWidth(USE_PREF_SIZE);
        says.setMinWidth(0);
        Nodes.tipWhenCut(says);
        VBox.setVgrow(chart, Priority.ALWAYS);
        HBox.setHgrow(this, Priority.ALWAYS);
        chart.setMinHeight(70);
        setPrefWidth(200);
        generated.setMinWidth(USE_PREF_SIZE);
        generated.setId("generated-" + name);
        getChildren()
                .addAll(
                        Nodes.row(heading, Nodes.spacer(), error),
                        Nodes.row(icon, says, Nodes.spacer(), generated),
                        chart);
    }

    void show(Capacity c, Instant now, ZoneId zone) {
        var made = c.generatedUntil();
        generated.setText(made == null ? "" : GeneratedHistory.words(made, now, zone));
        var format = format();
        var found = c.error();
        boolean drawn = !c.future().isEmpty() && (found == null || found <= WORST_ERROR);
        error.setText(
                found == null
                        ? ""
                        : "back-test error "
                                + Format.percent(found)
                                + (drawn ? "" : ", allowed 20 %"));
        say(c, drawn, format);
        var series = new ArrayList<Series>();
        series.add(
                new Series(
                        "measured",
                        "series-1",
                        false,
                        c.past().stream().map(d -> new Point(at(d.day()), d.value())).toList()));
        var band = new ArrayList<Usual>();
        if (drawn) {
            series.add(
                    new Series(
                            "expected",
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
                        .silence("nothing is measured yet");
        if (made != null && from.isBefore(made)) {
            picture = picture.generated(new GeneratedHistory(from, made));
        }
        var limit = c.limit();
        if (limit != null) {
            picture =
                    picture.limits(
                            List.of(
                                    new Limit(
                                            limit, "limit " + format.apply(limit), Role.WARNING)));
        }
        chart.show(drawn ? picture.predictedFrom(at(c.future().getFirst().day())) : picture);
    }

    private void say(Capacity c, boolean drawn, DoubleFunction<String> format) {
        var met = c.limitMet();
        var limit = c.limit();
        Role role;
        String text;
        if (!drawn) {
            role = Role.UNAVAILABLE;
            text = c.past().isEmpty() ? "Nothing is measured yet" : "Not predictable";
        } else if (met != null && limit != null) {
            role = Role.WARNING;
            text = format.apply(limit) + " met on " + DATE.format(met);
        } else {
            var last = c.future().getLast();
            role = Role.OK;
            text = "%s by %s".formatted(format.apply(last.expected()), DATE.format(last.day()));
        }
        icon.setIconCode(role.icon());
        Nodes.role(icon, role);
        says.setText(text);
    }

    private DoubleFunction<String> format() {
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

package io.lakebaseops.console.settings;

import io.lakebaseops.agents.health.monitoring.AlertRule;
import io.lakebaseops.agents.health.monitoring.AlertRule.Bad;
import io.lakebaseops.agents.health.monitoring.AlertRule.Limits;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.settings.LimitFields.Field;
import io.lakebaseops.console.settings.ThresholdPast.Day;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.MetricName;

import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// The worst value of each day as bars, with both limits as lines that can be drawn to another
/// value.
final class DayBars extends Pane {
    private static final DateTimeFormatter DATE = Texts.dates(Texts.of("d MMM"));
    private static final double LEFT = 50;
    private static final double RIGHT = 92;
    private static final double TOP = 8;
    private static final double BOTTOM = 20;
    private static final double NEAR = 9;

    private final BiConsumer<Field, String> drawn;
    private List<Day> days = List.of();
    private @Nullable AlertRule rule;
    private @Nullable Limits saved;
    private double low;
    private double high = 1;
    private @Nullable Field held;

    /// @param drawn a limit was drawn to another value, as a field would say it
    DayBars(BiConsumer<Field, String> drawn) {
        this.drawn = drawn;
        setId("day-bars");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setMinHeight(200);
        setPrefHeight(200);
        setMaxHeight(200);
        setOnMousePressed(e -> held = near(e.getY()));
        setOnMouseMoved(e -> setCursor(near(e.getY()) == null ? null : Cursor.V_RESIZE));
        setOnMouseReleased(_ -> held = null);
        setOnMouseDragged(e -> draw(e.getY()));
    }

    /// @param next with the limits shown: those typed, as far as they are right
    /// @param before the limits in force
    void show(List<Day> all, AlertRule next, Limits before) {
        days = List.copyOf(all);
        rule = next;
        saved = before;
        if (held == null) {
            scale(next);
        }
        setAccessibleText(
                Texts.of(
                        "Worst value of each of %s, warning %s, critical %s",
                        Texts.count(days.size(), "day"),
                        Format.of(next.metric(), next.warning()),
                        Format.of(next.metric(), next.critical())));
        requestLayout();
    }

    private void scale(AlertRule next) {
        double most = days.stream().mapToDouble(Day::worst).max().orElse(0);
        double least = days.stream().mapToDouble(Day::worst).min().orElse(1);
        boolean share = next.metric().unit().equals("ratio");
        if (next.bad() == Bad.ABOVE) {
            double top = Math.max(most, next.critical()) * 1.1;
            low = 0;
            high = share && top > 0.5 ? 1 : top;
        } else {
            low = Math.max(0, Math.min(least, next.critical()) - 0.02);
            high = 1;
        }
    }

    private double y(double value) {
        double room = getHeight() - TOP - BOTTOM;
        double part = high <= low ? 0 : (value - low) / (high - low);
        return TOP + room * (1 - Math.clamp(part, 0, 1));
    }

    private @Nullable Field near(double y) {
        var shown = rule;
        if (shown == null) {
            return null;
        }
        double toWarning = Math.abs(y(shown.warning()) - y);
        double toCritical = Math.abs(y(shown.critical()) - y);
        if (Math.min(toWarning, toCritical) > NEAR) {
            return null;
        }
        return toWarning <= toCritical ? Field.WARNING : Field.CRITICAL;
    }

    private void draw(double y) {
        var field = held;
        var shown = rule;
        if (field == null || shown == null) {
            return;
        }
        double room = Math.max(1, getHeight() - TOP - BOTTOM);
        double value = low + (high - low) * (1 - Math.clamp((y - TOP) / room, 0, 1));
        double step = step((high - low) / 100);
        drawn.accept(field, LimitText.of(shown.metric(), Math.round(value / step) * step));
    }

    /// 1, 2 or 5 of a power of ten: people do not think in 13.7 %.
    static double step(double about) {
        double ten = Math.pow(10, Math.floor(Math.log10(Math.max(about, 1e-9))));
        double lead = about / ten;
        return ten * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
    }

    @Override
    protected void layoutChildren() {
        getChildren().clear();
        var shown = rule;
        var before = saved;
        if (shown == null || before == null || getWidth() <= LEFT + RIGHT) {
            return;
        }
        var nodes = new ArrayList<Node>();
        axis(nodes, shown.metric());
        bars(nodes, shown);
        if (before.warning() != shown.warning()) {
            was(nodes, shown.metric(), before.warning());
        }
        if (before.critical() != shown.critical()) {
            was(nodes, shown.metric(), before.critical());
        }
        limit(nodes, shown, Field.CRITICAL);
        limit(nodes, shown, Field.WARNING);
        getChildren().setAll(nodes);
    }

    private void axis(List<Node> nodes, MetricName metric) {
        for (double part : new double[] {0, 0.5, 1}) {
            double value = low + (high - low) * part;
            double y = y(value);
            nodes.add(line(LEFT, y, getWidth() - RIGHT, "day-grid"));
            var words = text(Format.of(metric, value).toString(), "axis-text");
            words.setTextOrigin(VPos.CENTER);
            words.setX(LEFT - 6 - words.getLayoutBounds().getWidth());
            words.setY(y);
            nodes.add(words);
        }
    }

    private void bars(List<Node> nodes, AlertRule shown) {
        if (days.isEmpty()) {
            return;
        }
        var first = days.getFirst().date();
        long span = days(first, days.getLast().date()) + 1;
        double each = (getWidth() - LEFT - RIGHT) / span;
        double bottom = getHeight() - BOTTOM;
        for (var day : days) {
            double x = LEFT + days(first, day.date()) * each;
            double top = y(day.worst());
            var bar =
                    new Rectangle(
                            x + each * 0.15,
                            Math.min(top, bottom - 1),
                            Math.max(1, each * 0.7),
                            Math.max(1, bottom - top));
            bar.getStyleClass()
                    .addAll(
                            "day-bar",
                            shown.severityOf(day.worst()).map(Role::of).orElse(Role.MUTED).css());
            Nodes.tip(bar, DATE.format(day.date()) + ": " + Format.of(shown.metric(), day.worst()));
            nodes.add(bar);
        }
        var begin = text(DATE.format(first), "axis-text");
        begin.setX(LEFT);
        begin.setY(getHeight() - 5);
        var end = text(DATE.format(days.getLast().date()), "axis-text");
        end.setX(
                Math.max(
                        LEFT + begin.getLayoutBounds().getWidth() + 8,
                        LEFT + span * each - end.getLayoutBounds().getWidth()));
        end.setY(getHeight() - 5);
        nodes.add(begin);
        if (days.size() > 1) {
            nodes.add(end);
        }
    }

    private static long days(LocalDate from, LocalDate to) {
        return java.time.temporal.ChronoUnit.DAYS.between(from, to);
    }

    private void was(List<Node> nodes, MetricName metric, double value) {
        var line = line(LEFT, y(value), getWidth() - RIGHT, "day-was");
        nodes.add(line);
        label(nodes, Texts.of("was %s", LimitText.of(metric, value)), value, Role.MUTED, 9);
    }

    private void limit(List<Node> nodes, AlertRule shown, Field field) {
        boolean warns = field == Field.WARNING;
        double value = warns ? shown.warning() : shown.critical();
        var role = warns ? Role.WARNING : Role.CRITICAL;
        var line = line(LEFT, y(value), getWidth() - RIGHT, "day-limit");
        line.getStyleClass().add(role.css());
        var handle = new Circle(getWidth() - RIGHT, y(value), 4);
        handle.getStyleClass().addAll("day-handle", role.css());
        nodes.add(line);
        nodes.add(handle);
        boolean apart = Math.abs(y(shown.warning()) - y(shown.critical())) >= 14;
        boolean higher = (value >= Math.max(shown.warning(), shown.critical()));
        label(
                nodes,
                (warns ? Texts.of("warning ") : Texts.of("critical "))
                        + LimitText.of(shown.metric(), value),
                value,
                role,
                apart ? 0 : higher ? -7 : 7);
    }

    private void label(List<Node> nodes, String words, double value, Role role, double shift) {
        var text = text(words, "day-label");
        text.getStyleClass().add(role.css());
        text.setTextOrigin(VPos.CENTER);
        text.setX(getWidth() - RIGHT + 8);
        text.setY(y(value) + shift);
        nodes.add(text);
    }

    private static Line line(double from, double y, double to, String style) {
        var line = new Line(from, Math.round(y) + 0.5, to, Math.round(y) + 0.5);
        line.getStyleClass().add(style);
        line.setMouseTransparent(true);
        return line;
    }

    private static Text text(String words, String style) {
        var text = new Text(words);
        text.getStyleClass().add(style);
        text.setMouseTransparent(true);
        return text;
    }
}

package io.lakebaseops.console.vacuum;

import io.lakebaseops.agents.performance.maintenance.QuietHours;
import io.lakebaseops.console.Language;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.domain.Format;

import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

import org.jspecify.annotations.Nullable;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;

/// A week as weekday by hour, shaded by how busy each hour is, with the hours vacuum plans use
/// outlined and the present hour marked. In local time.
final class HourMap extends Region {
    private static final int HOURS = 24;
    private static final int DAYS = 7;
    private static final double NAMES = 34;
    private static final double AXIS = 16;

    private final List<Rectangle> cells = new ArrayList<>();
    private final List<Rectangle> windows = new ArrayList<>();
    private final List<Label> days = new ArrayList<>();
    private final List<Label> hours = new ArrayList<>();
    private final Rectangle present = new Rectangle();
    private final Tooltip tip = Nodes.tooltip("");
    private QuietHours.@Nullable Hour[] shown = new QuietHours.Hour[0];
    private int nowAt = -1;

    HourMap() {
        getStyleClass().add("hour-map");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setMinSize(180, 100);
        setPrefSize(260, 116);
        for (int i = 0; i < DAYS * HOURS; i++) {
            var cell = new Rectangle();
            cell.getStyleClass().add("hour-cell");
            cells.add(cell);
        }
        getChildren().addAll(cells);
        for (var day : DayOfWeek.values()) {
            days.add(
                    Nodes.label(
                            day.getDisplayName(TextStyle.SHORT, Language.shown().locale()),
                            "chart-tick"));
        }
        for (int h = 0; h <= HOURS; h += 6) {
            hours.add(Nodes.label(h == HOURS ? "24 h" : Integer.toString(h), "chart-tick"));
        }
        getChildren().addAll(days);
        getChildren().addAll(hours);
        present.getStyleClass().add("hour-now");
        getChildren().add(present);
        Tooltip.install(this, tip);
        setOnMouseMoved(e -> tip.setText(words(at(e.getX(), e.getY()))));
    }

    void show(QuietHours quiet, Instant now, ZoneId zone) {
        shown = new QuietHours.Hour[DAYS * HOURS];
        // The map is of hours, so a zone off by minutes is drawn at the hour it begins in.
        int offset = zone.getRules().getOffset(now).getTotalSeconds() / 3600;
        for (int i = 0; i < shown.length; i++) {
            int utc = Math.floorMod(i - offset, DAYS * HOURS);
            shown[i] = quiet.at(DayOfWeek.of(utc / HOURS + 1), utc % HOURS);
        }
        var local = now.atOffset(ZoneOffset.ofHours(offset));
        nowAt = (local.getDayOfWeek().getValue() - 1) * HOURS + local.getHour();
        double most = Math.max(1e-9, quiet.busiest());
        for (int i = 0; i < shown.length; i++) {
            var hour = shown[i];
            cells.get(i).setOpacity(hour == null ? 0.05 : 0.08 + 0.92 * hour.mean() / most);
        }
        getChildren().removeAll(windows);
        windows.clear();
        for (int i = 0; i < runs().size(); i++) {
            var outline = new Rectangle();
            outline.getStyleClass().add("hour-window");
            windows.add(outline);
        }
        getChildren().addAll(windows);
        setAccessibleText(Texts.of("Busiest hour %s active sessions", Format.digits(most)));
        requestLayout();
    }

    private record Run(int day, int from, int until) {}

    private List<Run> runs() {
        if (shown.length == 0) {
            return List.of();
        }
        var runs = new ArrayList<Run>();
        for (int d = 0; d < DAYS; d++) {
            int from = -1;
            for (int h = 0; h <= HOURS; h++) {
                var hour = h < HOURS ? shown[d * HOURS + h] : null;
                boolean window = hour != null && hour.window();
                if (window && from < 0) {
                    from = h;
                }
                if (!window && from >= 0) {
                    runs.add(new Run(d, from, h));
                    from = -1;
                }
            }
        }
        return runs;
    }

    private double cellWidth() {
        return (getWidth() - NAMES) / HOURS;
    }

    private double cellHeight() {
        return (getHeight() - AXIS) / DAYS;
    }

    private int at(double x, double y) {
        int h = (int) Math.floor((x - NAMES) / cellWidth());
        int d = (int) Math.floor(y / cellHeight());
        return h < 0 || h >= HOURS || d < 0 || d >= DAYS ? -1 : d * HOURS + h;
    }

    private String words(int i) {
        var hour = i < 0 || i >= shown.length ? null : shown[i];
        if (hour == null) {
            return "";
        }
        return Texts.of(
                "%s %02d:00, mean %s active sessions, median %s, worst day %s%s%s",
                DayOfWeek.of(i / HOURS + 1)
                        .getDisplayName(TextStyle.SHORT, Language.shown().locale()),
                i % HOURS,
                Format.digits(hour.mean()),
                Format.digits(hour.median()),
                Format.digits(hour.worst()),
                hour.days() == 0 ? Texts.of(" (all weekdays alike: too few of this one)") : "",
                hour.window() ? Texts.of("\nvacuum plans use it") : "");
    }

    @Override
    protected void layoutChildren() {
        double w = cellWidth();
        double h = cellHeight();
        for (int i = 0; i < cells.size(); i++) {
            place(cells.get(i), NAMES + i % HOURS * w, (double) (i / HOURS) * h, w - 1, h - 1);
        }
        var runs = runs();
        for (int i = 0; i < windows.size() && i < runs.size(); i++) {
            var r = runs.get(i);
            place(
                    windows.get(i),
                    NAMES + r.from() * w - 0.5,
                    r.day() * h - 0.5,
                    (r.until() - r.from()) * w,
                    h);
        }
        for (int d = 0; d < DAYS; d++) {
            var name = days.get(d);
            name.autosize();
            name.relocate(0, d * h + (h - name.getHeight()) / 2);
        }
        for (int i = 0; i < hours.size(); i++) {
            var name = hours.get(i);
            name.autosize();
            double x = NAMES + i * 6 * w - (i == 0 ? 0 : name.getWidth() / 2);
            name.relocate(Math.min(x, getWidth() - name.getWidth()), getHeight() - AXIS + 1);
        }
        present.setVisible(nowAt >= 0);
        if (nowAt >= 0) {
            place(
                    present,
                    NAMES + nowAt % HOURS * w + w / 2 - 1,
                    (double) (nowAt / HOURS) * h,
                    2,
                    h - 1);
        }
    }

    private static void place(Rectangle r, double x, double y, double w, double h) {
        r.setX(x);
        r.setY(y);
        r.setWidth(Math.max(0, w));
        r.setHeight(Math.max(0, h));
    }
}

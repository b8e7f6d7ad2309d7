package io.lakebaseops.console.settings;

import io.lakebaseops.agents.health.monitoring.AlertRule;
import io.lakebaseops.agents.health.monitoring.AlertRule.Bad;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;

import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Rectangle;

import org.jspecify.annotations.Nullable;

/// A line with where a measure was in the last day, its median and its value now, against both
/// limits.
final class RangeStrip extends Region {
    private static final double BAR = 4;
    private static final double MARK = 12;
    private static final double DOT = 3.2;

    private final Rectangle track = box("range-track");
    private final Rectangle range = box("range-bar");
    private final Rectangle median = box("range-median");
    private final Rectangle warning = box("range-limit", Role.WARNING.css());
    private final Rectangle critical = box("range-limit", Role.CRITICAL.css());
    private final Circle now = new Circle(DOT);
    private ThresholdLine.@Nullable Range day;
    private @Nullable Double value;
    private double low;
    private double high = 1;
    private double warns;
    private double alarms;

    RangeStrip() {
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setMinSize(60, 18);
        setPrefSize(140, 18);
        setMaxHeight(18);
        now.getStyleClass().add("range-now");
        now.setManaged(false);
        getChildren().addAll(track, range, median, warning, critical, now);
    }

    private static Rectangle box(String... styles) {
        var box = new Rectangle();
        box.getStyleClass().addAll(styles);
        box.setManaged(false);
        return box;
    }

    /// @param rule with the limits in force or typed
    /// @param role what the value now is called
    void show(
            AlertRule rule,
            ThresholdLine.@Nullable Range next,
            @Nullable Double current,
            Role role) {
        day = next;
        value = current;
        warns = rule.warning();
        alarms = rule.critical();
        boolean above = rule.bad() == Bad.ABOVE;
        double most = Math.max(Math.max(warns, alarms), next == null ? warns : next.high());
        double least = Math.min(Math.min(warns, alarms), next == null ? warns : next.low());
        if (current != null) {
            most = Math.max(most, current);
            least = Math.min(least, current);
        }
        // What is bad below is a share of one.
        high = above ? most * 1.08 : 1;
        low = above ? 0 : Math.max(0, least - (1 - least) * 0.25);
        Nodes.role(range, role);
        Nodes.role(now, role);
        var words =
                next == null
                        ? Texts.of("nothing measured in 24 h")
                        : Texts.of(
                                "24 h: %s to %s, median %s",
                                Format.of(rule.metric(), next.low()),
                                Format.of(rule.metric(), next.high()),
                                Format.of(rule.metric(), next.median()));
        setAccessibleText(words);
        Nodes.tip(this, words);
        requestLayout();
    }

    private double x(double v) {
        double share = high <= low ? 0 : (v - low) / (high - low);
        return DOT + Math.clamp(share, 0, 1) * Math.max(1, getWidth() - 2 * DOT);
    }

    @Override
    protected void layoutChildren() {
        double middle = getHeight() / 2;
        place(track, 0, middle - BAR / 2, getWidth(), BAR);
        var shown = day;
        range.setVisible(shown != null);
        median.setVisible(shown != null);
        if (shown != null) {
            double from = x(shown.low());
            place(range, from, middle - BAR / 2, Math.max(2, x(shown.high()) - from), BAR);
            place(median, x(shown.median()) - 0.75, middle - 4, 1.5, 8);
        }
        place(warning, x(warns) - 0.75, middle - MARK / 2, 1.5, MARK);
        place(critical, x(alarms) - 0.75, middle - MARK / 2, 1.5, MARK);
        now.setVisible(value != null);
        if (value != null) {
            now.setCenterX(x(value));
            now.setCenterY(middle);
        }
    }

    private static void place(Rectangle r, double x, double y, double w, double h) {
        r.setX(x);
        r.setY(y);
        r.setWidth(w);
        r.setHeight(h);
    }
}

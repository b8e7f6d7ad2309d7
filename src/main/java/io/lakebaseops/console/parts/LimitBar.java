package io.lakebaseops.console.parts;

import io.lakebaseops.console.Texts;

import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Rectangle;

import java.util.ArrayList;
import java.util.List;

/// A bar from zero to a thing's own limit: its parts, where warnings begin, and a tip beyond the
/// end when it is over.
public final class LimitBar extends Region {
    private static final double BAR = 8;
    private static final double MARK = 14;

    /// Room at the right for the tip of what is over.
    private static final double TIP = 10;

    /// @param style `series-1` … `series-7`, or a role's class
    /// @param predicted not measured: hatched in the colour of simulations
    public record Part(String name, double value, String style, boolean predicted) {
        public static Part of(String name, double value, Role role) {
            return new Part(name, value, role.css(), false);
        }
    }

    /// A line across the bar, such as where a warning begins.
    public record Mark(double value, Role role) {}

    private final Rectangle track = rectangle("limit-track");
    private final Rectangle end = rectangle("limit-end");
    private final Polygon over = new Polygon();
    private final List<Rectangle> parts = new ArrayList<>();
    private final List<Rectangle> marks = new ArrayList<>();
    private double limit = 1;
    private List<Part> shown = List.of();
    private List<Mark> lines = List.of();

    public LimitBar() {
        getStyleClass().add("limit-bar");
        setAccessibleRole(AccessibleRole.PROGRESS_INDICATOR);
        setMinHeight(MARK);
        setMaxHeight(MARK);
        setPrefSize(120, MARK);
        setMinWidth(40);
        over.getStyleClass().add("limit-over");
        over.setManaged(false);
        getChildren().addAll(track, end, over);
    }

    private static Rectangle rectangle(String style) {
        var rectangle = new Rectangle();
        rectangle.getStyleClass().add(style);
        rectangle.setManaged(false);
        return rectangle;
    }

    /// @param most the thing's own limit: the right end of the bar
    /// @param next from left to right
    public void show(double most, List<Part> next, List<Mark> at) {
        limit = most;
        shown = List.copyOf(next);
        lines = List.copyOf(at);
        getChildren().removeAll(parts);
        getChildren().removeAll(marks);
        parts.clear();
        marks.clear();
        for (var part : shown) {
            var bar = rectangle(part.predicted() ? "limit-predicted" : "limit-part");
            bar.getStyleClass().add(part.style());
            parts.add(bar);
        }
        for (var mark : lines) {
            var line = rectangle("limit-mark");
            line.getStyleClass().add(mark.role().css());
            marks.add(line);
        }
        getChildren().addAll(1, parts);
        getChildren().addAll(marks);
        over.getStyleClass().removeIf(s -> !s.equals("limit-over"));
        if (!shown.isEmpty()) {
            over.getStyleClass().add(shown.getFirst().style());
        }
        setAccessibleText(Texts.of("%s %% of its limit", Math.round(share() * 100)));
        requestLayout();
    }

    /// Of the limit; more than 1 when it is over.
    double share() {
        double sum = shown.stream().mapToDouble(Part::value).sum();
        return limit > 0 ? sum / limit : 0;
    }

    @Override
    protected void layoutChildren() {
        double width = Math.max(1, getWidth() - TIP);
        double top = (getHeight() - BAR) / 2;
        place(track, 0, top, width, BAR);
        double x = 0;
        for (int i = 0; i < shown.size(); i++) {
            double w = limit > 0 ? Math.max(0, shown.get(i).value()) / limit * width : 0;
            double until = Math.min(width, x + w);
            // A little of something is not nothing.
            double drawn = w > 0 ? Math.max(1.5, until - x) : 0;
            place(parts.get(i), Math.min(x, width - drawn), top, drawn, BAR);
            x = Math.min(width, x + w);
        }
        double middle = (getHeight() - MARK) / 2;
        place(end, width, middle, 1, MARK);
        for (int i = 0; i < lines.size(); i++) {
            double at = limit > 0 ? Math.min(width, lines.get(i).value() / limit * width) : 0;
            place(marks.get(i), at, middle, 1, MARK);
        }
        over.setVisible(share() > 1);
        over.getPoints()
                .setAll(width + 3, top, width + TIP - 1, top + BAR / 2, width + 3, top + BAR);
    }

    private static void place(Rectangle r, double x, double y, double w, double h) {
        r.setX(x);
        r.setY(y);
        r.setWidth(w);
        r.setHeight(h);
    }
}

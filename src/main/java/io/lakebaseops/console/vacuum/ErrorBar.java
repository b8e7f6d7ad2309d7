package io.lakebaseops.console.vacuum;

import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;

import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Rectangle;

/// An estimate between 0 and 100 %: a dot, and a line as long as it may be wrong.
final class ErrorBar extends Region {
    private final Rectangle track = new Rectangle();
    private final Rectangle range = new Rectangle();
    private final Circle middle = new Circle(3);
    private double low;
    private double high;

    ErrorBar() {
        getStyleClass().add("error-bar");
        track.getStyleClass().add("limit-track");
        range.getStyleClass().add("error-range");
        middle.getStyleClass().add("error-dot");
        setMinSize(36, 14);
        setPrefSize(44, 14);
        setMaxHeight(14);
        getChildren().addAll(track, range, middle);
    }

    void show(double from, double until, Role role) {
        low = from;
        high = until;
        Nodes.role(this, role);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth() - 6;
        double y = getHeight() / 2;
        place(track, 3, y - 0.5, width, 1);
        place(range, 3 + low * width, y - 1, Math.max(1, (high - low) * width), 2);
        middle.setCenterX(3 + (low + high) / 2 * width);
        middle.setCenterY(y);
    }

    private static void place(Rectangle r, double x, double y, double w, double h) {
        r.setX(x);
        r.setY(y);
        r.setWidth(w);
        r.setHeight(h);
    }
}

package io.lakebaseops.console.plan;

import javafx.scene.layout.Region;
import javafx.scene.shape.Line;

import java.util.List;

/// The lines left of a node that lead from it to the node above.
final class PlanTreeGuides extends Region {
    /// Where the first line of a node has its middle.
    private static final double ELBOW = 16;

    private final List<Boolean> levels;
    private final double indent;

    PlanTreeGuides(List<Boolean> levels, double indent) {
        this.levels = List.copyOf(levels);
        this.indent = indent;
        double width = levels.size() * indent;
        setMinWidth(width);
        setMaxWidth(width);
        setMaxHeight(Double.MAX_VALUE);
        setMouseTransparent(true);
    }

    @Override
    protected void layoutChildren() {
        getChildren().clear();
        for (int level = 0; level < levels.size(); level++) {
            double x = Math.round(level * indent + indent / 2 - 2) + 0.5;
            boolean own = level == levels.size() - 1;
            boolean further = levels.get(level);
            if (own || further) {
                line(x, 0, x, further ? getHeight() : ELBOW);
            }
            if (own) {
                line(x, ELBOW, (level + 1) * indent - 1, ELBOW);
            }
        }
    }

    private void line(double x1, double y1, double x2, double y2) {
        var line = new Line(x1, y1, x2, y2);
        line.setManaged(false);
        line.getStyleClass().add("plan-guide");
        getChildren().add(line);
    }
}

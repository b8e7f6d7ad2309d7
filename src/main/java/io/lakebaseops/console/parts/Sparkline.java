package io.lakebaseops.console.parts;

import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;

import java.util.ArrayList;
import java.util.Arrays;

/// A line of a figure's last values, as small as a word, without axis or labels.
public final class Sparkline extends Region {
    private final Path line = ChartFrame.path("spark-line");
    private double[] values = {};
    private double top;

    public Sparkline() {
        getStyleClass().add("sparkline");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setMinSize(24, 12);
        setPrefSize(44, 16);
        setMaxHeight(20);
        getChildren().add(line);
    }

    /// @param next evenly spaced, oldest first; NaN where nobody measured
    public void show(double[] next, Role role) {
        show(next, role, 0);
    }

    /// @param scale the top at least: a figure far below it is a line near the foot
    public void show(double[] next, Role role, double scale) {
        values = next.clone();
        top = scale;
        Nodes.role(line, role);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double max = Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(0);
        max = Math.max(max, top);
        double height = getHeight() - 2;
        var path = new ArrayList<PathElement>();
        boolean pen = false;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                pen = false;
                continue;
            }
            double x = values.length < 2 ? 0 : i * (getWidth() - 1) / (values.length - 1);
            // From zero: a figure that hardly moves is a flat line.
            double y = 1 + height - (max > 0 ? values[i] / max * height : 0);
            path.add(pen ? new LineTo(x, y) : new MoveTo(x, y));
            pen = true;
        }
        line.getElements().setAll(path);
    }

    Path line() {
        return line;
    }
}

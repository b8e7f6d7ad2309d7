package io.lakebaseops.console.parts;

import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A line of a figure's last values, as small as a word, without axis or labels.
public final class Sparkline extends Region {
    private final Path line = ChartFrame.path("spark-line");
    private final Path area = ChartFrame.path("spark-area");
    private final Path rest = ChartFrame.path("spark-rest");
    private final boolean filled;
    private double[] values = {};
    private double top;

    public Sparkline() {
        this(false);
    }

    /// @param filled down to zero, as high as there is room; where the data ends a dashed line goes
    ///     on to now
    public Sparkline(boolean filled) {
        this.filled = filled;
        getStyleClass().add("sparkline");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setMinSize(24, 12);
        setPrefSize(44, 16);
        setMaxHeight(filled ? Double.MAX_VALUE : 20);
        getChildren().addAll(area, line, rest);
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
        Nodes.role(area, role);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double max = Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(0);
        max = Math.max(max, top);
        double height = getHeight() - 2;
        var path = new ArrayList<PathElement>();
        var under = new ArrayList<PathElement>();
        double end = Double.NaN;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                close(under, end, height);
                end = Double.NaN;
                continue;
            }
            double x = values.length < 2 ? 0 : i * (getWidth() - 1) / (values.length - 1);
            // From zero: a figure that hardly moves is a flat line.
            double y = 1 + height - (max > 0 ? values[i] / max * height : 0);
            if (Double.isNaN(end)) {
                path.add(new MoveTo(x, y));
                under.add(new MoveTo(x, height + 1));
            } else {
                path.add(new LineTo(x, y));
            }
            under.add(new LineTo(x, y));
            end = x;
        }
        close(under, end, height);
        line.getElements().setAll(path);
        area.getElements().setAll(filled ? under : List.of());
        rest.getElements().setAll(filled ? rest(height + 1) : List.of());
    }

    private static void close(List<PathElement> under, double end, double height) {
        if (!Double.isNaN(end)) {
            under.add(new LineTo(end, height + 1));
            under.add(new ClosePath());
        }
    }

    /// From the last value to now.
    private List<PathElement> rest(double foot) {
        int last = values.length - 1;
        while (last >= 0 && Double.isNaN(values[last])) {
            last--;
        }
        if (last == values.length - 1) {
            return List.of();
        }
        double from = last < 0 ? 0 : last * (getWidth() - 1) / (values.length - 1) + 2;
        return List.of(new MoveTo(from, foot), new LineTo(getWidth() - 1, foot));
    }

    Path line() {
        return line;
    }
}

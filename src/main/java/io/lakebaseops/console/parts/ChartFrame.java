package io.lakebaseops.console.parts;

import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import javafx.scene.shape.Path;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// The frame of a time chart: horizontal lines with their values, the time axis, limits, flags and
/// ticks of what happened, and arrows where a peak lies beyond the upper edge.
final class ChartFrame {
    /// Height of the time axis below the plot.
    static final double AXIS = 18;

    private static final DateTimeFormatter HH_MM =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final double FLAG = 15;
    private static final double LABEL_EVERY = 64;

    private final Group under = new Group();
    private final Group over = new Group();
    private final Pool<Line> lines = new Pool<>(under, () -> line("chart-grid"));
    private final Pool<Label> levels = new Pool<>(under, () -> label("chart-tick"));
    private final Pool<Label> times = new Pool<>(under, () -> label("chart-tick"));
    private final Pool<Line> limits = new Pool<>(over, () -> line("chart-limit"));
    private final Pool<Label> limitWords =
            new Pool<>(over, () -> label("chart-tick", "chart-limit-label"));
    private final Pool<Line> flagLines = new Pool<>(over, () -> line("chart-flag-line"));
    private final Pool<Label> flags = new Pool<>(over, () -> label("chart-tick", "chart-flag"));
    private final Pool<Line> ticks = new Pool<>(over, () -> line("chart-event"));
    private final Pool<Label> peaks = new Pool<>(over, () -> label("chart-tick", "chart-peak"));
    private final List<Pool<?>> pools =
            List.of(lines, levels, times, limits, limitWords, flagLines, flags, ticks, peaks);
    private final Region chart;

    ChartFrame(Region chart) {
        this.chart = chart;
    }

    /// What lies below the curves.
    Group under() {
        return under;
    }

    /// What lies above them.
    Group over() {
        return over;
    }

    /// Room above the plot.
    static double head(ChartPicture p) {
        return p.flags().isEmpty() ? 8 : FLAG + 4;
    }

    /// As wide as the widest value at the left edge.
    double left(ChartPicture p, Scale scale) {
        double widest = 0;
        for (double level : scale.levels()) {
            var label = levels.next();
            label.setText(number(p, level));
            widest = Math.max(widest, label.prefWidth(-1));
        }
        levels.restart();
        return Math.ceil(widest) + 8;
    }

    private static String number(ChartPicture p, double level) {
        return level == 0 ? "0" : p.format().apply(level);
    }

    void layout(ChartPicture p, Scale scale, boolean any) {
        pools.forEach(Pool::restart);
        if (any) {
            layoutLevels(p, scale);
            layoutLimits(p, scale);
            layoutPeaks(p, scale);
        }
        layoutTimes(p, scale);
        layoutEvents(p, scale);
        pools.forEach(Pool::hideRest);
    }

    private void layoutLevels(ChartPicture p, Scale scale) {
        for (double level : scale.levels()) {
            horizontal(lines.next(), scale, level);
            var label = levels.next();
            label.setText(number(p, level));
            label.autosize();
            label.relocate(
                    scale.left() - 8 - label.getWidth(), scale.y(level) - label.getHeight() / 2);
        }
    }

    private void layoutTimes(ChartPicture p, Scale scale) {
        int most = (int) (scale.width() / LABEL_EVERY);
        double end = Double.NEGATIVE_INFINITY;
        for (var label : TimeAxis.labels(p.from(), p.to(), most, ZoneId.systemDefault())) {
            var text = times.next();
            text.setText(label.text());
            text.autosize();
            double x =
                    Math.clamp(
                            scale.x(label.at()) - text.getWidth() / 2,
                            0,
                            Math.max(0, chart.getWidth() - text.getWidth()));
            // Beside one already there is no room: it is left out rather than laid over it.
            text.setVisible(x > end + 4);
            text.relocate(x, scale.height() + 3);
            end = text.isVisible() ? x + text.getWidth() : end;
        }
    }

    private void layoutLimits(ChartPicture p, Scale scale) {
        for (var limit : p.limits()) {
            if (limit.value() > scale.max()) {
                continue;
            }
            var line = limits.next();
            Nodes.role(line, limit.role());
            horizontal(line, scale, limit.value());
            var words = limitWords.next();
            Nodes.role(words, limit.role());
            words.setText(limit.text());
            words.autosize();
            words.relocate(
                    scale.left() + scale.width() - words.getWidth(),
                    Math.max(-2, scale.y(limit.value()) - words.getHeight() - 1));
        }
    }

    private void layoutEvents(ChartPicture p, Scale scale) {
        double free = Double.POSITIVE_INFINITY;
        for (var flag : p.flags().reversed()) {
            if (flag.at().isBefore(p.from()) || flag.at().isAfter(p.to())) {
                continue;
            }
            double x = Math.round(scale.x(flag.at())) - 0.5;
            var line = flagLines.next();
            Nodes.role(line, flag.role());
            vertical(line, x, FLAG, scale.height());
            var label = flags.next();
            Nodes.role(label, flag.role());
            label.setText("▼ " + HH_MM.format(flag.at().atZone(ZoneId.systemDefault())));
            Nodes.tip(label, flag.text());
            var open = flag.open();
            label.setOnMouseClicked(
                    e -> {
                        if (open != null) {
                            open.run();
                            e.consume();
                        }
                    });
            label.autosize();
            double at = Math.clamp(x - 5, 0, Math.max(0, chart.getWidth() - label.getWidth()));
            if (at + label.getWidth() > free) { // the triangle alone, its words are in the tooltip
                label.setText("▼");
                label.autosize();
                at = x - label.getWidth() / 2;
            }
            label.relocate(at, -2);
            free = at - 2;
        }
        for (var at : p.ticks()) {
            if (!at.isBefore(p.from()) && !at.isAfter(p.to())) {
                vertical(ticks.next(), Math.round(scale.x(at)), scale.height() - 7, scale.height());
            }
        }
    }

    private void layoutPeaks(ChartPicture p, Scale scale) {
        double free = Double.NEGATIVE_INFINITY;
        for (var line : p.lines()) {
            for (var peak : scale.peaks(line)) {
                var label = peaks.next();
                label.setText("▲ " + p.format().apply(peak.value()));
                label.autosize();
                double x =
                        Math.clamp(
                                scale.x(peak.at()) - 5,
                                0,
                                Math.max(0, chart.getWidth() - label.getWidth()));
                label.setVisible(x > free);
                label.relocate(x, scale.head() - 2);
                free = label.isVisible() ? x + label.getWidth() : free;
            }
        }
    }

    private static void horizontal(Line line, Scale scale, double value) {
        line.setStartX(scale.left());
        line.setEndX(scale.left() + scale.width());
        double y = Math.round(scale.y(value)) - 0.5;
        line.setStartY(y);
        line.setEndY(y);
    }

    private static void vertical(Line line, double x, double top, double bottom) {
        line.setStartX(x);
        line.setEndX(x);
        line.setStartY(top);
        line.setEndY(bottom);
    }

    static Line line(String style) {
        var line = new Line();
        line.getStyleClass().add(style);
        line.setManaged(false);
        line.setMouseTransparent(true);
        return line;
    }

    static Path path(String... styles) {
        var path = new Path();
        path.getStyleClass().addAll(styles);
        path.setManaged(false);
        path.setMouseTransparent(true);
        return path;
    }

    private static Label label(String... styles) {
        var label = Nodes.label("", styles);
        label.setManaged(false);
        return label;
    }

    /// Nodes that are used again with each layout instead of being made anew.
    private static final class Pool<N extends Node> {
        private final List<N> nodes = new ArrayList<>();
        private final Group among;
        private final Supplier<N> make;
        private int used;

        Pool(Group among, Supplier<N> make) {
            this.among = among;
            this.make = make;
        }

        void restart() {
            used = 0;
        }

        N next() {
            if (used == nodes.size()) {
                var made = make.get();
                nodes.add(made);
                among.getChildren().add(made);
                made.applyCss();
            }
            var node = nodes.get(used++);
            node.setVisible(true);
            return node;
        }

        void hideRest() {
            nodes.subList(used, nodes.size()).forEach(n -> n.setVisible(false));
        }
    }
}

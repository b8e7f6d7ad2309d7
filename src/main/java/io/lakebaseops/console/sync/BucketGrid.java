package io.lakebaseops.console.sync;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.reconcile.BucketStrip;

import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/// The 1,024 buckets of a pair in key order, eight to a column, oldest left: equal, differing,
/// being read, not yet read. Groups of defects are named above their place.
final class BucketGrid extends Region {
    private static final int ROWS = 8;
    private static final double NAMES = 32;
    private static final double AXIS = 18;
    private static final double GAP = 1;

    private final List<Region> cells = new ArrayList<>();
    private final List<Label> names = new ArrayList<>();
    private final List<Region> pointers = new ArrayList<>();
    private final List<Label> ticks = new ArrayList<>();
    private final Tooltip tip = Nodes.tooltip("");
    private String strip = "";
    private List<Mark> marks = List.of();
    private IntFunction<String> says = _ -> "";
    private IntConsumer chosen = _ -> {};

    /// @param bucket where it stands
    record Mark(int bucket, String text) {}

    BucketGrid() {
        getStyleClass().add("bucket-grid");
        setId("buckets");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setMinSize(240, NAMES + AXIS + ROWS * 8);
        setPrefHeight(NAMES + AXIS + ROWS * 9.5);
        for (int i = 0; i < 1024; i++) {
            var cell = new Region();
            cell.setManaged(false);
            cell.getStyleClass().setAll("bucket");
            cells.add(cell);
        }
        getChildren().addAll(cells);
        Tooltip.install(this, tip);
        setOnMouseMoved(e -> tip.setText(says.apply(at(e.getX(), e.getY()))));
        setOnMouseClicked(e -> chosen.accept(at(e.getX(), e.getY())));
    }

    /// @param text of a bucket, for who points at it
    void says(IntFunction<String> text) {
        says = text;
    }

    /// @param bucket clicked; -1 beside all of them
    void onChoice(IntConsumer bucket) {
        chosen = bucket;
    }

    void show(String next, List<Mark> over, List<String> axis) {
        if (!next.equals(strip)) {
            for (int i = 0; i < cells.size(); i++) {
                char state = i < next.length() ? next.charAt(i) : BucketStrip.UNREAD;
                if (i >= strip.length() || strip.charAt(i) != state) {
                    cells.get(i).getStyleClass().setAll("bucket", css(state));
                }
            }
            strip = next;
        }
        if (!over.equals(marks)) {
            marks = List.copyOf(over);
            getChildren().removeAll(names);
            getChildren().removeAll(pointers);
            names.clear();
            pointers.clear();
            for (var mark : marks) {
                names.add(Nodes.label(mark.text(), "bucket-name"));
                var pointer = new Region();
                pointer.getStyleClass().addAll("bucket-pointer", Role.CRITICAL.css());
                pointers.add(pointer);
            }
            getChildren().addAll(pointers);
            getChildren().addAll(names);
        }
        getChildren().removeAll(ticks);
        ticks.clear();
        axis.forEach(a -> ticks.add(Nodes.label(a, "chart-tick")));
        getChildren().addAll(ticks);
        setAccessibleText(
                Texts.of(
                        "%s of 1,024 buckets differ",
                        strip.chars().filter(c -> c == BucketStrip.DIFFERS).count()));
        requestLayout();
    }

    private static String css(char state) {
        return switch (state) {
            case BucketStrip.EQUAL -> Role.OK.css();
            case BucketStrip.DIFFERS -> Role.CRITICAL.css();
            case BucketStrip.READING -> Role.INFO.css();
            default -> Texts.of("unread");
        };
    }

    private int at(double x, double y) {
        int column = (int) (x / getWidth() * (cells.size() / ROWS));
        int row = (int) ((y - NAMES) / side());
        int bucket = column * ROWS + row;
        return row < 0 || row >= ROWS || bucket < 0 || bucket >= cells.size() ? -1 : bucket;
    }

    private double side() {
        return (getHeight() - NAMES - AXIS) / ROWS;
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth() / (cells.size() / ROWS);
        double height = side();
        for (int i = 0; i < cells.size(); i++) {
            cells.get(i)
                    .resizeRelocate(
                            i / ROWS * width,
                            NAMES + i % ROWS * height,
                            Math.max(1, width - GAP),
                            Math.max(1, height - GAP));
        }
        placeNames(width);
        for (int i = 0; i < ticks.size(); i++) {
            var tick = ticks.get(i);
            tick.autosize();
            double x = ticks.size() < 2 ? 0 : i * getWidth() / (ticks.size() - 1);
            double from = Math.clamp(x - tick.getWidth() / 2, 0, getWidth() - tick.getWidth());
            tick.relocate(from, getHeight() - AXIS + 3);
        }
    }

    /// On two lines, so that neighbours do not cover each other; one that has no room is left to
    /// the chips below.
    private void placeNames(double width) {
        double[] free = {0, 0};
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            name.autosize();
            double x = (marks.get(i).bucket() / ROWS + 0.5) * width;
            double from = Math.clamp(x - name.getWidth() / 2, 0, getWidth() - name.getWidth());
            int line = from >= free[1] ? 1 : 0;
            boolean room = from >= free[line];
            name.setVisible(room);
            pointers.get(i).setVisible(room);
            if (room) {
                free[line] = from + name.getWidth() + 8;
                name.relocate(from, line * 13);
                double top = line * 13 + 14;
                pointers.get(i).resizeRelocate(x - 0.5, top, 1, NAMES - top);
            }
        }
    }
}

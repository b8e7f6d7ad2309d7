package io.lakebaseops.console.parts;

import eu.hansolo.tilesfx.skins.TileSkin;

import javafx.beans.InvalidationListener;
import javafx.scene.control.Label;
import javafx.scene.shape.Arc;
import javafx.scene.shape.ArcType;
import javafx.scene.shape.Line;

import org.kordamp.ikonli.javafx.FontIcon;

/// Draws a TilesFX tile as a calm half-circle gauge: the value's arc in its role's colour, warning
/// and critical marks where they really are on the scale.
///
/// A tile in a window insists on a `TileSkin`; nothing of that one's own drawing is used.
///
/// The tile carries title, value, unit, range and description; {@link GaugeTile} fills them.
public final class GaugeSkin extends TileSkin {
    private static final double TITLE_BAND = 34;
    private static final double PAD = 11;
    private static final double STRIP = 6;

    private final Label title = Nodes.label("", "gauge-title");
    private final FontIcon mark = Nodes.icon(Role.UNAVAILABLE.icon(), Role.UNAVAILABLE);
    private final Arc track = arc("gauge-track");
    private final Arc bar = arc("gauge-bar");
    private final Line[] marks = {line("role-warning"), line("role-critical")};
    private final Label value = Nodes.label("", "gauge-value");
    private final Label unit = Nodes.label("", "gauge-unit");
    private final Label detail = Nodes.label("", "gauge-detail");
    private final Label verdict = Nodes.label("", "gauge-verdict");
    private final StateStrip strip = new StateStrip(0, STRIP);
    private final InvalidationListener redraw = _ -> refresh();
    private final GaugeTile gauge;

    GaugeSkin(GaugeTile tile) {
        super(tile);
        gauge = tile;
        getChildren()
                .addAll(
                        title, mark, track, bar, marks[0], marks[1], value, unit, detail, verdict,
                        strip);
        tile.readingProperty().addListener(redraw);
        refresh();
    }

    private static Arc arc(String style) {
        var arc = new Arc();
        arc.setType(ArcType.OPEN);
        arc.getStyleClass().add(style);
        arc.setManaged(false);
        return arc;
    }

    private static Line line(String role) {
        var line = new Line();
        line.getStyleClass().addAll("gauge-mark", role);
        line.setManaged(false);
        return line;
    }

    private void refresh() {
        var reading = gauge.reading();
        var role = reading.role();
        title.setText(gauge.getTitle());
        value.setText(gauge.getText());
        unit.setText(gauge.getUnit());
        detail.setText(gauge.getDescription());
        verdict.setText(reading.verdict());
        strip.show(reading.strip());
        track.getStyleClass().remove("dashed");
        if (!reading.available()) {
            track.getStyleClass().add("dashed");
        }
        mark.setIconCode(role.icon());
        for (var node : new javafx.scene.Node[] {mark, bar, verdict}) {
            Nodes.role(node, role);
        }
        getSkinnable().requestLayout();
    }

    @Override
    protected void layoutChildren(double x, double y, double w, double h) {
        double left = x + PAD;
        double inner = w - 2 * PAD;
        mark.autosize();
        double markSize = mark.getLayoutBounds().getWidth();
        mark.relocate(left + inner - markSize, y + 12);
        title.resizeRelocate(left, y + 10, inner - markSize - 4, 20);

        // The number stands inside the arc, so that arc and words share the height of the tile.
        double cx = x + w / 2;
        double cy = y + h - 60;
        double radius = Math.max(16, Math.min(inner * 0.44, cy - y - TITLE_BAND - 4));
        place(track, cx, cy, radius, 1);
        double share = gauge.reading().available() ? gauge.getValue() : 0;
        bar.setVisible(share > 0);
        place(bar, cx, cy, radius, share);
        for (int i = 0; i < marks.length; i++) {
            marks[i].setVisible(gauge.reading().available());
            placeMark(marks[i], cx, cy, radius, GaugeTile.MARKS[i]);
        }

        value.autosize();
        unit.autosize();
        double both = value.getWidth() + 4 + unit.getWidth();
        value.relocate(cx - both / 2, cy - 24);
        unit.relocate(
                cx - both / 2 + value.getWidth() + 4,
                cy - 24 + value.getBaselineOffset() - unit.getBaselineOffset());
        detail.resizeRelocate(left - 6, y + h - 51, inner + 12, 16);
        verdict.resizeRelocate(left - 6, y + h - 36, inner + 12, 16);
        strip.resizeRelocate(left - 1, y + h - 14, inner + 2, STRIP);
    }

    private static void place(Arc arc, double cx, double cy, double r, double share) {
        arc.setCenterX(cx);
        arc.setCenterY(cy);
        arc.setRadiusX(r);
        arc.setRadiusY(r);
        arc.setStartAngle(180);
        arc.setLength(-180 * share);
    }

    private static void placeMark(Line mark, double cx, double cy, double r, double share) {
        double angle = Math.PI * (1 - share);
        mark.setStartX(cx + (r - 7) * Math.cos(angle));
        mark.setStartY(cy - (r - 7) * Math.sin(angle));
        mark.setEndX(cx + (r + 7) * Math.cos(angle));
        mark.setEndY(cy - (r + 7) * Math.sin(angle));
    }

    @Override
    protected double computePrefHeight(double w, double t, double r, double b, double l) {
        return 150;
    }

    @Override
    protected double computeMinHeight(double w, double t, double r, double b, double l) {
        return 140;
    }

    @Override
    protected double computePrefWidth(double h, double t, double r, double b, double l) {
        return 150;
    }

    @Override
    protected double computeMinWidth(double h, double t, double r, double b, double l) {
        return 96;
    }

    @Override
    protected void initGraphics() {}

    @Override
    protected void registerListeners() {}

    /// The base class would dispose of regions it never made here.
    @Override
    public void dispose() {
        gauge.readingProperty().removeListener(redraw);
    }
}

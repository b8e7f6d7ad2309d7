package io.lakebaseops.console.cost;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Sketch;

import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

import java.math.BigDecimal;
import java.util.List;

/// Two bars of one scale: the parts on top, the bill by product below. Equal length and equal cents
/// are the proof that nothing is lost or counted twice.
final class SumBars extends Region {
    private static final double NAMES = 66;
    private static final double AMOUNTS = 96;
    private static final double HIGH = 13;

    private List<Piece> parts = List.of();
    private List<Piece> bill = List.of();
    private String name = "";
    private String partsAmount = "";
    private String billAmount = "";

    /// @param style `series-1` …, `cost-unknown`, or `cost-bill` with its name inside
    record Piece(String name, String style, BigDecimal cost, String says) {}

    SumBars() {
        setId("sum-bars");
        setMinHeight(40);
        setPrefHeight(40);
    }

    void show(
            String what, List<Piece> top, String topAmount, List<Piece> below, String belowAmount) {
        name = what;
        parts = List.copyOf(top);
        bill = List.copyOf(below);
        partsAmount = topAmount;
        billAmount = belowAmount;
        setAccessibleText(Texts.of("%s %s, bill %s", what, topAmount, belowAmount));
        draw();
    }

    @Override
    protected void layoutChildren() {
        draw();
    }

    private void draw() {
        if (getWidth() < NAMES + AMOUNTS + 40) {
            return;
        }
        var sketch = new Sketch(this);
        line(sketch, name, parts, partsAmount, 2);
        line(sketch, Texts.of("bill"), bill, "= " + billAmount, 21);
        sketch.show(getChildren());
    }

    private void line(Sketch sketch, String what, List<Piece> pieces, String amount, double y) {
        double all = pieces.stream().mapToDouble(p -> Math.max(0, p.cost().doubleValue())).sum();
        double room = getWidth() - NAMES - AMOUNTS;
        sketch.words(what, 0, y - 1, 0, "chart-tick");
        double x = NAMES;
        for (var piece : pieces) {
            double wide = all <= 0 ? 0 : room * Math.max(0, piece.cost().doubleValue()) / all;
            if (wide < 0.4) {
                continue;
            }
            var box = new Rectangle(x, y, Math.max(0.5, wide - 1), HIGH);
            box.getStyleClass().addAll("cost-bar", piece.style());
            Nodes.tip(box, piece.says());
            sketch.add(box);
            if (piece.style().equals("cost-bill")) {
                var inside = sketch.words(piece.name(), x + 6, y - 1, 0, "chart-tick");
                sketch.then(() -> inside.setVisible(inside.getWidth() + 10 < wide));
            }
            x += wide;
        }
        sketch.words(amount, getWidth(), y - 2, 1, "cost-sum");
    }
}

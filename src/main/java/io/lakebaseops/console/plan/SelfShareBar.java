package io.lakebaseops.console.plan;

import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.explain.NodeTitle;
import io.lakebaseops.explain.PlanNode;

import javafx.scene.control.Label;
import javafx.scene.layout.Region;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// One bar of the whole statement, each node as wide as its own share, the largest first.
final class SelfShareBar extends Region {
    private static final double HEIGHT = 26;
    private static final double GAP = 2;
    private static final double THINNEST = 3;

    private record Part(PlanNode node, double share, Label label, String whole) {
        /// As much as there is room for: its name and share, its share, or nothing.
        void say(double width) {
            for (var text : List.of(whole, PlanMeasure.percent(share), "")) {
                label.setText(text);
                if (text.isEmpty() || label.prefWidth(-1) <= width) {
                    return;
                }
            }
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private final Consumer<PlanNode> open;

    SelfShareBar(Consumer<PlanNode> open) {
        this.open = open;
        getStyleClass().add("self-share");
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
    }

    void show(PlanDocument document, PlanMeasure measure, int selected) {
        parts.clear();
        double whole = 0;
        var nodes = document.plan().root().all().toList();
        for (var node : nodes) {
            whole += measure.value(document, node);
        }
        double sum = Math.max(whole, measure == PlanMeasure.ROWS ? 0 : measure.whole(document));
        for (var node : nodes) {
            double value = measure.value(document, node);
            double share = sum <= 0 ? 0 : value / sum;
            if (share > 0) {
                parts.add(part(document, measure, node, share, selected));
            }
        }
        parts.sort(Comparator.comparingDouble(Part::share).reversed());
        getChildren().setAll(parts.stream().map(Part::label).toList());
        requestLayout();
    }

    private Part part(
            PlanDocument document, PlanMeasure measure, PlanNode node, double share, int selected) {
        var subject = NodeTitle.subject(node);
        var name = NodeTitle.of(node) + (subject == null ? "" : " " + subject);
        var whole = "%s  %s".formatted(name, PlanMeasure.percent(share));
        var label = Nodes.label(whole, "share-part", role(share).css());
        if (node.number() == selected) {
            label.getStyleClass().add("chosen");
        }
        label.setManaged(false);
        Nodes.tip(
                label,
                "%s: %s, %s"
                        .formatted(
                                name,
                                measure.words(measure.value(document, node)),
                                PlanMeasure.percent(share)));
        label.setOnMouseClicked(_ -> open.accept(node));
        return new Part(node, share, label, whole);
    }

    private static Role role(double share) {
        return share > 0.5 ? Role.CRITICAL : share > 0.2 ? Role.WARNING : Role.INFO;
    }

    /// What is too narrow to be clicked is left out, and room is left where the sum is not whole.
    @Override
    protected void layoutChildren() {
        double x = 0;
        double width = getWidth();
        for (var part : parts) {
            double w = part.share() * width - GAP;
            boolean room = w >= THINNEST && x + w <= width;
            part.label().setVisible(room);
            if (room) {
                part.say(w);
                part.label().resizeRelocate(x, 0, w, HEIGHT);
                x += w + GAP;
            }
        }
    }
}

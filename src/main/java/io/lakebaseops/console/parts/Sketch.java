package io.lakebaseops.console.parts;

import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;

import java.util.ArrayList;
import java.util.List;

/// The nodes of one drawing. Words are placed last, when their fonts and so their widths are known.
public final class Sketch {
    private final Region region;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Runnable> places = new ArrayList<>();

    public Sketch(Region region) {
        this.region = region;
    }

    public void add(Node node) {
        node.setManaged(false);
        nodes.add(node);
    }

    public void line(String style, double x1, double y1, double x2, double y2) {
        var line = new Line(x1, y1, x2, y2);
        line.getStyleClass().add(style);
        line.setMouseTransparent(true);
        add(line);
    }

    /// @param side which part of the words stands at x: 0 their beginning, 0.5 the middle, 1 the
    ///     end
    public Label words(String text, double x, double y, double side, String... styles) {
        var label = Nodes.label(text, styles);
        label.setMouseTransparent(true);
        add(label);
        places.add(
                () -> {
                    double width = Math.ceil(label.prefWidth(-1));
                    label.resize(width, label.prefHeight(-1));
                    label.relocate(
                            Math.clamp(x - width * side, 0, Math.max(0, region.getWidth() - width)),
                            y);
                });
        return label;
    }

    /// Something to do with the widths known: hide a word that has no room.
    public void then(Runnable act) {
        places.add(act);
    }

    public void show(ObservableList<Node> children) {
        children.setAll(nodes);
        if (region.getScene() != null) {
            nodes.stream().filter(Parent.class::isInstance).forEach(Node::applyCss);
        }
        places.forEach(Runnable::run);
    }
}

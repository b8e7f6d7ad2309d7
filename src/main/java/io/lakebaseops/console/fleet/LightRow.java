package io.lakebaseops.console.fleet;

import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.domain.MetricName;

import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Rectangle;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The measures of a server as a row of small shapes: dot, triangle, octagon, dash.
final class LightRow extends HBox {
    private final Consumer<MetricName> opened;
    private final List<StackPane> places = new ArrayList<>();
    private List<Light> shown = List.of();

    /// @param opened what a click on a light shows
    LightRow(Consumer<MetricName> opened) {
        this.opened = opened;
        getStyleClass().add("lights");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setMinWidth(Region.USE_PREF_SIZE);
        setMaxHeight(Region.USE_PREF_SIZE);
    }

    void show(List<Light> lights) {
        if (lights.equals(shown)) {
            return;
        }
        while (places.size() < lights.size()) {
            var place = new StackPane();
            place.getStyleClass().add("light-place");
            places.add(place);
            getChildren().add(place);
        }
        for (int i = 0; i < lights.size(); i++) {
            var light = lights.get(i);
            var place = places.get(i);
            boolean same = i < shown.size() && shown.get(i).mark() == light.mark();
            if (!same) {
                place.getChildren().setAll(shape(light.mark()));
            }
            Nodes.tip(place, light.tip());
            place.setOnMouseClicked(
                    e -> {
                        if (e.getButton() == MouseButton.PRIMARY) {
                            opened.accept(light.metric());
                            e.consume();
                        }
                    });
        }
        shown = List.copyOf(lights);
        setAccessibleText(
                shown.stream()
                        .filter(Light::loud)
                        .map(l -> l.title() + " " + l.mark().words())
                        .collect(Collectors.joining(", ")));
    }

    static Node shape(Light.Mark mark) {
        var shape =
                switch (mark) {
                    case OK, UNJUDGED -> new Circle(2.8);
                    case WARNING -> new Polygon(4.2, 0, 8.4, 7.8, 0, 7.8);
                    case CRITICAL ->
                            new Polygon(
                                    2.5, 0, 6, 0, 8.5, 2.5, 8.5, 6, 6, 8.5, 2.5, 8.5, 0, 6, 0, 2.5);
                    case NONE -> new Rectangle(5, 1.4);
                };
        shape.getStyleClass()
                .addAll(
                        mark == Light.Mark.UNJUDGED ? "light-empty" : "light",
                        Objects.requireNonNull(mark.role()).css());
        return shape;
    }
}

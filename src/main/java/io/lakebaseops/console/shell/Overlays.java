package io.lakebaseops.console.shell;

import javafx.beans.value.ChangeListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

/// What lies over the screens: palette, help, running work. One at a time; a click beside closes.
final class Overlays {
    private final StackPane host;
    private @Nullable Node before;
    private final ChangeListener<Node> keeping = (_, _, focused) -> keep(focused);

    Overlays(StackPane host) {
        this.host = host;
    }

    void show(Node layer, Pos where) {
        close();
        before = host.getScene() == null ? null : host.getScene().getFocusOwner();
        var veil = new Pane();
        veil.getStyleClass().add("veil");
        veil.setOnMousePressed(_ -> close());
        StackPane.setAlignment(layer, where);
        StackPane.setMargin(layer, new Insets(56, 16, 40, 16));
        host.getChildren().addAll(veil, layer);
        layer.requestFocus();
        if (host.getScene() != null) {
            host.getScene().focusOwnerProperty().addListener(keeping);
        }
    }

    boolean open() {
        return host.getChildren().size() > 1;
    }

    void close() {
        if (!open()) {
            return;
        }
        if (host.getScene() != null) {
            host.getScene().focusOwnerProperty().removeListener(keeping);
        }
        host.getChildren().remove(1, host.getChildren().size());
        if (before != null) {
            before.requestFocus();
            before = null;
        }
    }

    /// The keyboard goes round in the layer on top, not behind it.
    private void keep(@Nullable Node focused) {
        var layer = host.getChildren().getLast();
        for (var up = focused; up != null; up = up.getParent()) {
            if (up == layer) {
                return;
            }
        }
        if (focused != null) {
            layer.requestFocus();
        }
    }
}

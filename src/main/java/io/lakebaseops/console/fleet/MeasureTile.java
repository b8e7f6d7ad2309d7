package io.lakebaseops.console.fleet;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.fleet.FleetSnapshot.Tile;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.MetricName;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import java.util.function.Consumer;

/// The worst value of the fleet for one measure; a click shows only the cards that break it.
final class MeasureTile extends VBox {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private final Label title = Nodes.label("", "gauge-title");
    private final StackPane mark = new StackPane();
    private final Label value = Nodes.label("", "fleet-value");
    private final Label words = Nodes.label("", "fleet-part");
    private final Label where = Nodes.label("", "card-note");

    MeasureTile(MetricName metric, Consumer<MetricName> chosen) {
        setId("measure-" + metric.id());
        getStyleClass().addAll("card", "measure-tile");
        setAccessibleRole(AccessibleRole.TOGGLE_BUTTON);
        setFocusTraversable(true);
        setMinWidth(0);
        for (var label : new Label[] {title, value, words, where}) {
            label.setMinWidth(0);
        }
        value.setMinWidth(Region.USE_PREF_SIZE);
        var first = Nodes.row(title, Nodes.spacer(), mark);
        first.setSpacing(2);
        var second = Nodes.row(value, Nodes.spacer(), words);
        second.setAlignment(Pos.BASELINE_LEFT);
        second.setSpacing(2);
        getChildren().addAll(first, second, where);
        setOnMouseClicked(_ -> chosen.accept(metric));
        setOnKeyPressed(
                e -> {
                    if (e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.SPACE) {
                        chosen.accept(metric);
                        e.consume();
                    }
                });
    }

    void show(Tile tile, boolean chosen, boolean narrow) {
        title.setText(Texts.of(tile.watched().gauge().title()));
        mark.getChildren().setAll(LightRow.shape(tile.mark()));
        value.setText(tile.value());
        words.setText(tile.words());
        Nodes.role(words, tile.mark() == Light.Mark.NONE ? Role.MUTED : tile.mark().role());
        where.setText(tile.where());
        where.setVisible(!narrow);
        where.setManaged(!narrow);
        pseudoClassStateChanged(CHOSEN, chosen);
        setAccessibleText(
                "%s: %s, %s, %s"
                        .formatted(title.getText(), tile.value(), tile.where(), tile.words()));
    }
}

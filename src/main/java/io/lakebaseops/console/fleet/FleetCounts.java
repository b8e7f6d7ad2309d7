package io.lakebaseops.console.fleet;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// How many servers are live, asleep and not watched, for the top bar; they add up to all.
final class FleetCounts extends HBox {
    private final Label live = Nodes.label("", "age", Role.OK.css());
    private final Label asleep = part(Feather.MOON, Role.MUTED);
    private final Label blind = part(Feather.EYE_OFF, Role.CRITICAL);
    private final Label pending = part(Feather.CLOCK, Role.MUTED);

    FleetCounts() {
        super(14);
        setId("fleet-counts");
        getStyleClass().add("row");
        var dot = new Region();
        dot.getStyleClass().addAll("dot", Role.OK.css());
        live.setGraphic(dot);
        live.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().addAll(live, asleep, blind, pending);
        getChildren().forEach(part -> part.setVisible(false));
    }

    private static Label part(Feather icon, Role role) {
        var label = Nodes.label("", "age", role.css());
        label.setMinWidth(Region.USE_PREF_SIZE);
        var mark = new FontIcon(icon);
        mark.getStyleClass().addAll("mark", role.css());
        label.setGraphic(mark);
        label.managedProperty().bind(label.visibleProperty());
        return label;
    }

    void show(FleetSnapshot fleet) {
        live.setText(Texts.of("%s live", fleet.live()));
        live.setVisible(true);
        say(asleep, fleet.count(FleetState.ASLEEP), Texts.of(" asleep"));
        say(blind, fleet.count(FleetState.NOT_WATCHED), Texts.of(" not watched"));
        say(pending, fleet.count(FleetState.PENDING), Texts.of(" not measured yet"));
    }

    private static void say(Label label, int n, String words) {
        label.setText(n + words);
        label.setVisible(n > 0);
    }
}

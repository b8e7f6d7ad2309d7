package io.lakebaseops.console.cost;

import io.lakebaseops.agents.health.operations.Capacity;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.TimeChart;
import io.lakebaseops.domain.GeneratedHistory;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.javafx.FontIcon;

import java.time.Instant;
import java.time.ZoneId;

/// One resource: what was measured of it and what is expected.
final class CapacityCard extends VBox {
    private final Label error = Nodes.label("", "card-note");
    private final FontIcon icon = Nodes.icon(Role.MUTED.icon(), Role.MUTED);
    private final Label says = Nodes.label("", "row-sub");
    private final Label generated = Nodes.label("", "row-sub", Role.SIMULATED.css());
    private final TimeChart chart = new TimeChart();

    CapacityCard(String name, String title) {
        super(4);
        setId("capacity-" + name);
        getStyleClass().addAll("card", "chart-card");
        var heading = Nodes.label(title, "card-title");
        heading.setMinWidth(USE_PREF_SIZE);
        says.setMinWidth(0);
        VBox.setVgrow(chart, Priority.ALWAYS);
        HBox.setHgrow(this, Priority.ALWAYS);
        chart.setMinHeight(70);
        setPrefWidth(200);
        generated.setMinWidth(USE_PREF_SIZE);
        generated.setId("generated-" + name);
        getChildren()
                .addAll(
                        Nodes.row(heading, Nodes.spacer(), error),
                        Nodes.row(icon, says, Nodes.spacer(), generated),
                        chart);
    }

    void show(Capacity c, Instant now, ZoneId zone) {
        var made = c.generatedUntil();
        generated.setText(made == null ? "" : GeneratedHistory.words(made, now, zone));
        var outlook = CapacityOutlook.of(c, now);
        error.setText(outlook.error());
        icon.setIconCode(outlook.role().icon());
        Nodes.role(icon, outlook.role());
        says.setText(outlook.sentence());
        chart.show(outlook.picture());
    }
}

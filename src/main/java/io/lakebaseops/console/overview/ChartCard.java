package io.lakebaseops.console.overview;

import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.TimeChart;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

/// A chart with its title and newest value.
final class ChartCard extends VBox {
    private final Label title = Nodes.label("", "chart-title");
    private final Label number = Nodes.label("", "card-number");
    private final Label unit = Nodes.label("", "card-unit");
    private final TimeChart chart = new TimeChart();

    ChartCard() {
        super(4);
        var head = new HBox(5, title, Nodes.spacer(), number, unit);
        head.setAlignment(Pos.BASELINE_LEFT);
        number.setMinWidth(USE_PREF_SIZE);
        unit.setMinWidth(USE_PREF_SIZE);
        VBox.setVgrow(chart, Priority.ALWAYS);
        getChildren().addAll(head, chart);
    }

    TimeChart chart() {
        return chart;
    }

    /// @param zoom the part of the range that is shown; null for all of it
    void show(Charts.Chart next, OverviewView.@Nullable Zoom zoom) {
        title.setText(next.title());
        number.setText(next.current().number());
        unit.setText(next.current().unit());
        chart.show(zoom == null ? next.picture() : next.picture().within(zoom.from(), zoom.to()));
    }
}

package io.lakebaseops.console.vacuum;

import io.lakebaseops.agents.performance.maintenance.AutovacuumForesight;
import io.lakebaseops.agents.performance.maintenance.VacuumSettings;
import io.lakebaseops.agents.performance.maintenance.VacuumTable;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.domain.Format;

import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/// The autovacuum settings of a table today and as proposed, with what each brings.
final class SettingsTable {
    private SettingsTable() {}

    static Node of(VacuumTable t, VacuumSettings s, AutovacuumForesight foresight) {
        var grid = new GridPane();
        grid.getStyleClass().add("settings-table");
        var name = new ColumnConstraints();
        name.setHgrow(Priority.ALWAYS);
        name.setMinWidth(0);
        var value = new ColumnConstraints(56);
        value.setHalignment(HPos.RIGHT);
        grid.getColumnConstraints().addAll(name, value, value);
        var proposed = s.proposed();
        line(
                grid,
                0,
                Texts.of("Setting of the table"),
                Texts.of("today"),
                Texts.of("proposed"),
                "row-sub");
        line(
                grid,
                1,
                "autovacuum_vacuum_scale_factor",
                Format.digits(s.factorNow()),
                proposed == null ? "–" : Format.digits(s.factor()),
                "setting-name");
        line(
                grid,
                2,
                "autovacuum_vacuum_threshold",
                Format.grouped(s.thresholdNow()),
                proposed == null ? "–" : Format.grouped(s.threshold()),
                "setting-name");
        line(
                grid,
                3,
                Texts.of("Limit, dead rows"),
                VacuumWords.rows(s.today().limit()),
                proposed == null ? "–" : VacuumWords.rows(proposed.limit()),
                "small-cell");
        line(
                grid,
                4,
                Texts.of("Peak, dead rows"),
                VacuumWords.rows(foresight.peakToday(t)),
                proposed == null ? "–" : VacuumWords.rows(foresight.peakProposed(t)),
                "small-cell");
        line(
                grid,
                5,
                Texts.of("Runs a day"),
                Format.digits(s.today().runsPerDay()),
                proposed == null ? "–" : Format.digits(proposed.runsPerDay()),
                "small-cell");
        if (s.mostRows() != null) {
            line(
                    grid,
                    6,
                    "autovacuum_vacuum_max_threshold",
                    VacuumWords.rows(s.mostRows()),
                    proposed == null ? "–" : VacuumWords.rows(s.mostRows()),
                    "setting-name");
        }
        return grid;
    }

    private static void line(
            GridPane grid, int row, String name, String today, String proposed, String style) {
        var left = Nodes.label(name, style);
        left.setMinWidth(0);
        Label middle = Nodes.label(today, "small-cell");
        Label right = Nodes.label(proposed, row == 0 ? "row-sub" : "predicted");
        if (row == 0) {
            middle.getStyleClass().setAll("label", "row-sub");
        }
        grid.addRow(row, left, middle, right);
    }
}

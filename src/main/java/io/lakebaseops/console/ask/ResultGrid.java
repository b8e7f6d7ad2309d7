package io.lakebaseops.console.ask;

import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.answer.Answer.Tone;
import io.lakebaseops.domain.answer.Exhibit.ResultCell;
import io.lakebaseops.domain.answer.Exhibit.ResultTable;

import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Consumer;

/// The rows of a result with their sum below; numbers to the right, names that lead somewhere can
/// be clicked.
final class ResultGrid extends GridPane {
    static final int COLUMNS = 8;

    private final Consumer<Destination> open;

    ResultGrid(ResultTable table, int most, Consumer<Destination> open) {
        this(table, most, COLUMNS, open);
    }

    ResultGrid(ResultTable table, int most, int mostColumns, Consumer<Destination> open) {
        this.open = open;
        getStyleClass().add("result-grid");
        int columns = Math.min(mostColumns, table.columns().size());
        for (int c = 0; c < columns; c++) {
            var column = table.columns().get(c);
            var place = new ColumnConstraints();
            place.setHalignment(column.numeric() ? HPos.RIGHT : HPos.LEFT);
            place.setHgrow(column.numeric() ? Priority.NEVER : Priority.SOMETIMES);
            place.setMinWidth(column.numeric() ? USE_PREF_SIZE : 40);
            getColumnConstraints().add(place);
        }
        addLine(0, columns, "grid-head-line");
        for (int c = 0; c < columns; c++) {
            add(Nodes.label(table.columns().get(c).name(), "grid-head"), c, 0);
        }
        int line = 1;
        for (var row : table.rows().subList(0, Math.min(most, table.rows().size()))) {
            addLine(line, columns, "grid-line");
            cells(row, columns, line++, "grid-cell");
        }
        var total = table.total();
        if (total != null) {
            addLine(line, columns, "grid-sum-line");
            cells(total, columns, line, "grid-sum");
        }
    }

    /// How many of the rows are shown; empty for all of them. A sum counts those left out as one
    /// row of its own.
    static String rest(ResultTable table, int most) {
        int shown = Math.min(most, table.rows().size());
        boolean summed = table.total() != null && shown == table.rows().size();
        return shown < table.rowsInAll() && !summed
                ? Texts.of("%s of %s", Format.grouped(shown), Texts.count(table.rowsInAll(), "row"))
                : "";
    }

    private void addLine(int row, int columns, String style) {
        var line = new Region();
        line.getStyleClass().add(style);
        line.setMouseTransparent(true);
        add(line, 0, row, Math.max(1, columns), 1);
    }

    private void cells(List<ResultCell> cells, int columns, int row, String style) {
        for (int c = 0; c < Math.min(columns, cells.size()); c++) {
            add(cell(cells.get(c), style), c, row);
        }
    }

    private Node cell(ResultCell cell, String style) {
        var link = cell.link();
        Labeled node =
                link == null
                        ? Nodes.label(cell.text(), style)
                        : Nodes.button(
                                cell.text(),
                                () -> open.accept(new Destination(link.screen(), link.item())),
                                style,
                                "grid-link");
        if (link != null) {
            node.setMinWidth(0);
            if (link.screen().equals(Destination.QUERIES)) {
                node.getStyleClass().add("grid-code");
            }
        }
        if (cell.tone() != null) {
            node.getStyleClass().add(role(cell.tone()).css());
        }
        return node;
    }

    static Role role(@Nullable Tone tone) {
        return tone == null
                ? Role.MUTED
                : switch (tone) {
                    case OK -> Role.OK;
                    case INFO -> Role.INFO;
                    case WARNING -> Role.WARNING;
                    case CRITICAL -> Role.CRITICAL;
                };
    }
}

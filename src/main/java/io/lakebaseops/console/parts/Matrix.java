package io.lakebaseops.console.parts;

import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A grid of two kinds of things and what each pair is to each other: indexes by columns, weekdays
/// by hours. A cell holds a mark, or a shade from nothing to the most.
public final class Matrix extends GridPane {
    /// @param text a number or a sign; empty for none
    /// @param heat from 0 to 1, drawn as a shade; NaN for none
    /// @param role colours mark and frame; null for the plain colour
    /// @param framed stands out, such as the chosen hours
    /// @param tip what the cell means in words
    public record Cell(String text, double heat, @Nullable Role role, boolean framed, String tip) {
        public static final Cell NONE = new Cell("", Double.NaN, null, false, "");

        public static Cell mark(String text, @Nullable Role role, String tip) {
            return new Cell(text, Double.NaN, role, false, tip);
        }

        public static Cell heat(double share, String tip) {
            return new Cell("", share, null, false, tip);
        }
    }

    /// @param note a quieter word after the title
    public record Line(String title, String note, List<Cell> cells) {
        public Line {
            cells = List.copyOf(cells);
        }
    }

    private final double cellWidth;
    private final double cellHeight;

    public Matrix(double cellWidth, double cellHeight) {
        this.cellWidth = cellWidth;
        this.cellHeight = cellHeight;
        getStyleClass().add("matrix");
    }

    /// @param columns their names; an empty one leaves its head free
    public void show(List<String> columns, List<Line> lines) {
        getChildren().clear();
        getColumnConstraints().clear();
        var titles = new ColumnConstraints();
        titles.setHgrow(Priority.ALWAYS);
        titles.setMinWidth(0);
        getColumnConstraints().add(titles);
        for (int c = 0; c < columns.size(); c++) {
            var column = new ColumnConstraints(cellWidth);
            column.setHalignment(HPos.CENTER);
            getColumnConstraints().add(column);
            if (!columns.get(c).isEmpty()) {
                var head = Nodes.wrapped(columns.get(c), "small-head", "matrix-head");
                head.setAlignment(Pos.BOTTOM_CENTER);
                Nodes.tipWhenCut(head);
                add(head, c + 1, 0);
            }
        }
        for (int r = 0; r < lines.size(); r++) {
            var line = lines.get(r);
            add(title(line), 0, r + 1);
            for (int c = 0; c < line.cells().size(); c++) {
                add(cell(line.cells().get(c)), c + 1, r + 1);
            }
        }
    }

    private static Region title(Line line) {
        var title = Nodes.label(line.title(), "small-cell");
        title.setMinWidth(0);
        Nodes.tipWhenCut(title);
        if (line.note().isEmpty()) {
            return title;
        }
        var row = Nodes.row(title, Nodes.label(line.note(), "row-sub"));
        row.setMinWidth(0);
        return row;
    }

    private Region cell(Cell cell) {
        var place = new StackPane();
        place.getStyleClass().add("matrix-cell");
        place.setMinSize(cellWidth, cellHeight);
        place.setPrefSize(cellWidth, cellHeight);
        if (!Double.isNaN(cell.heat())) {
            var shade = new Region();
            shade.getStyleClass().add("matrix-heat");
            // The least is still told apart from a cell without a value.
            shade.setOpacity(0.08 + 0.92 * Math.clamp(cell.heat(), 0, 1));
            place.getChildren().add(shade);
        }
        if (!cell.text().isEmpty()) {
            Label mark = Nodes.label(cell.text(), "matrix-mark");
            if (cell.role() != null) {
                mark.getStyleClass().add(cell.role().css());
            }
            place.getChildren().add(mark);
        }
        if (cell.framed()) {
            place.getStyleClass()
                    .addAll("framed", (cell.role() == null ? Role.OK : cell.role()).css());
        }
        if (!cell.tip().isEmpty()) {
            Nodes.tip(place, cell.tip());
            place.setAccessibleText(cell.tip());
        }
        return place;
    }
}

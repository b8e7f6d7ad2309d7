package io.lakebaseops.console.parts;

import javafx.css.PseudoClass;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.List;

/// A grid of two kinds of things and what each pair is to each other: indexes by columns, weekdays
/// by hours. A cell holds a mark, or a shade from nothing to the most.
public final class Matrix extends GridPane {
    /// @param shape `key` a filled dot, `include` a box, `where` a funnel; empty for none
    /// @param text a number or a sign; empty for none
    /// @param heat from 0 to 1, drawn as a shade; NaN for none
    /// @param role colours mark and frame; null for the plain colour
    /// @param framed stands out, such as the chosen hours
    /// @param tip what the cell means in words
    public record Cell(
            String shape,
            String text,
            double heat,
            @Nullable Role role,
            boolean framed,
            String tip) {
        public static final Cell NONE = new Cell("", "", Double.NaN, null, false, "");

        public static Cell mark(String text, @Nullable Role role, String tip) {
            return shaped("key", text, role, tip);
        }

        /// @param shape see above
        public static Cell shaped(String shape, String text, @Nullable Role role, String tip) {
            return new Cell(shape, text, Double.NaN, role, false, tip);
        }

        /// The same on a soft ground of its role, joined to the cell above when both have one.
        public Cell linked() {
            return new Cell(shape, text, heat, role, true, tip);
        }

        public static Cell heat(double share, String tip) {
            return new Cell("", "", share, null, false, tip);
        }
    }

    /// @param note a quieter word after the title
    /// @param tail what stands behind the cells, one node a column
    /// @param open what a click on the line does; null for nothing
    public record Line(
            String title,
            String note,
            List<Cell> cells,
            List<? extends Node> tail,
            boolean chosen,
            @Nullable Runnable open) {
        public Line {
            cells = List.copyOf(cells);
            tail = List.copyOf(tail);
        }

        public Line(String title, String note, List<Cell> cells) {
            this(title, note, cells, List.of(), false, null);
        }
    }

    /// A column behind the cells.
    ///
    /// @param right for numbers
    public record Tail(String title, double width, boolean right) {}

    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private final double cellWidth;
    private final double cellHeight;

    public Matrix(double cellWidth, double cellHeight) {
        this.cellWidth = cellWidth;
        this.cellHeight = cellHeight;
        getStyleClass().add("matrix");
    }

    /// @param columns their names; an empty one leaves its head free
    public void show(List<String> columns, List<Line> lines) {
        show(columns, List.of(), lines);
    }

    public void show(List<String> columns, List<Tail> tails, List<Line> lines) {
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
                add(head, c + 1, 0);
            }
        }
        for (int t = 0; t < tails.size(); t++) {
            var tail = tails.get(t);
            var column = new ColumnConstraints(tail.width());
            column.setHalignment(tail.right() ? HPos.RIGHT : HPos.LEFT);
            getColumnConstraints().add(column);
            var head = Nodes.label(tail.title(), "small-head", "matrix-tail");
            GridPane.setValignment(head, VPos.BOTTOM);
            add(head, columns.size() + 1 + t, 0);
        }
        for (int r = 0; r < lines.size(); r++) {
            row(lines, r, columns.size(), tails.size());
        }
    }

    private void row(List<Line> lines, int r, int columns, int tails) {
        var line = lines.get(r);
        var ground = new Region();
        ground.getStyleClass().add("matrix-row");
        ground.pseudoClassStateChanged(CHOSEN, line.chosen());
        ground.setAccessibleText(line.title() + " " + line.note());
        add(ground, 0, r + 1, columns + tails + 1, 1);
        add(title(line), 0, r + 1);
        for (int c = 0; c < line.cells().size(); c++) {
            var above = r == 0 ? List.<Cell>of() : lines.get(r - 1).cells();
            boolean joined = c < above.size() && above.get(c).framed();
            add(cell(line.cells().get(c), joined), c + 1, r + 1);
        }
        for (int t = 0; t < line.tail().size(); t++) {
            var node = line.tail().get(t);
            node.getStyleClass().add("matrix-tail");
            add(node, columns + 1 + t, r + 1);
        }
        var open = line.open();
        if (open != null) {
            ground.setOnMouseClicked(_ -> open.run());
            for (var child : getChildren()) {
                if (Integer.valueOf(r + 1).equals(GridPane.getRowIndex(child))) {
                    child.setOnMouseClicked(_ -> open.run());
                }
            }
        }
    }

    private static Region title(Line line) {
        var title = Nodes.label(line.title(), "small-cell");
        title.setMinWidth(0);
        if (line.note().isEmpty()) {
            return title;
        }
        var row = Nodes.row(title, Nodes.label(line.note(), "row-sub"));
        row.setMinWidth(0);
        return row;
    }

    private Region cell(Cell cell, boolean joined) {
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
        if (cell.shape().equals("where")) {
            place.getChildren().add(Nodes.icon(Feather.FILTER, Role.MUTED));
        } else if (!cell.text().isEmpty()) {
            Label mark = Nodes.label(cell.text(), "matrix-mark", "shape-" + cell.shape());
            if (cell.role() != null) {
                mark.getStyleClass().add(cell.role().css());
            }
            place.getChildren().add(mark);
        }
        if (cell.framed()) {
            place.getStyleClass()
                    .addAll("framed", (cell.role() == null ? Role.OK : cell.role()).css());
            if (joined && !cell.text().isEmpty()) {
                var link = new Region();
                link.getStyleClass().add("matrix-link");
                link.setMaxSize(2, 14);
                link.setTranslateY(-7);
                StackPane.setAlignment(link, Pos.TOP_CENTER);
                place.getChildren().add(link);
            }
        }
        if (!cell.tip().isEmpty()) {
            Nodes.tip(place, cell.tip());
            place.setAccessibleText(cell.tip());
        }
        return place;
    }
}

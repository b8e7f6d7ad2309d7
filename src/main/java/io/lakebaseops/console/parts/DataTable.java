package io.lakebaseops.console.parts;

import io.lakebaseops.console.Texts;

import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// A table as every screen has it: virtualised, sorted by a click, filtered by typing, copied as
/// CSV or Markdown exactly as it is shown.
///
/// @param <T> one row
public final class DataTable<T> extends VBox {

    /// @param text what the cell says, and what is filtered and copied
    /// @param order what it sorts by when that is not the text
    /// @param right for numbers
    /// @param role the cell's colour; null for none
    /// @param icon whether the role's icon stands before the text
    public record Column<T>(
            String title,
            double width,
            boolean right,
            Function<T, String> text,
            @Nullable Comparator<T> order,
            @Nullable Function<T, Role> role,
            boolean icon) {
        public Column(
                String title,
                double width,
                boolean right,
                Function<T, String> text,
                @Nullable Comparator<T> order,
                @Nullable Function<T, Role> role) {
            this(title, width, right, text, order, role, false);
        }

        /// A role in its colour with icon and word.
        public static <T> Column<T> role(String title, double width, Function<T, Role> role) {
            return new Column<>(
                    title,
                    width,
                    false,
                    r -> role.apply(r).word(),
                    Comparator.comparing(role),
                    role,
                    true);
        }

        public static <T> Column<T> text(String title, double width, Function<T, String> text) {
            return new Column<>(title, width, false, text, null, null);
        }

        public static <T> Column<T> number(
                String title, double width, Function<T, String> text, Comparator<T> order) {
            return new Column<>(title, width, true, text, order, null);
        }

        public Column<T> colored(Function<T, Role> by) {
            return new Column<>(title, width, right, text, order, by);
        }
    }

    private final List<Column<T>> columns;
    private final ObservableList<T> all = FXCollections.observableArrayList();
    private final FilteredList<T> filtered = new FilteredList<>(all);
    private final SortedList<T> sorted = new SortedList<>(filtered);
    private final TableView<T> table = new TableView<>();
    private final List<TableColumn<T, T>> made = new ArrayList<>();
    private final TextField filter = new TextField();
    private final HBox bar;
    private String whenEmpty = Texts.of("Nothing here yet");
    private final BooleanProperty read = new SimpleBooleanProperty();

    /// @param rows what the rows are, in the plural: a text of the catalog
    public DataTable(String rows, List<Column<T>> columns) {
        var what = Texts.of(rows);
        this.columns = List.copyOf(columns);
        getStyleClass().add("data-table");
        table.setAccessibleText(what);
        filter.setPromptText(Texts.of("Filter %s", what));
        filter.getStyleClass().add("filter");
        filter.textProperty().addListener((_, _, text) -> filterBy(text));
        var count = new Label();
        count.getStyleClass().add("row-sub");
        count.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () -> read.get() ? count(what) : "", filtered, all, read));
        bar =
                Nodes.row(
                        filter,
                        count,
                        Nodes.spacer(),
                        Nodes.iconButton(
                                Feather.COPY,
                                Texts.of("Copy as CSV (right click for Markdown)"),
                                () -> SqlView.copy(csv())));
        table.setItems(sorted);
        table.setFixedCellSize(28);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        // Empty words before the first read would say what nobody knows.
        table.setPlaceholder(Nodes.label("", "placeholder"));
        sorted.comparatorProperty().bind(table.comparatorProperty());
        columns.forEach(c -> made.add(column(c)));
        table.getColumns().addAll(made);
        table.setContextMenu(
                new ContextMenu(
                        item(Texts.of("Copy as CSV"), this::csv),
                        item(Texts.of("Copy as Markdown"), this::markdown),
                        save(what)));
        VBox.setVgrow(table, Priority.ALWAYS);
        HBox.setHgrow(filter, Priority.NEVER);
        getChildren().addAll(bar, table);
    }

    private String count(String what) {
        return filtered.size() == all.size()
                ? all.size() + " " + what
                : Texts.of("%s of %s", filtered.size(), all.size());
    }

    private MenuItem save(String what) {
        var item = new MenuItem(Texts.of("Save as a file…"));
        item.setOnAction(
                _ -> table.fireEvent(new SaveList(what.replace(' ', '-'), titles(), cells())));
        return item;
    }

    private static MenuItem item(String text, java.util.function.Supplier<String> content) {
        var item = new MenuItem(text);
        item.setOnAction(_ -> SqlView.copy(content.get()));
        return item;
    }

    private TableColumn<T, T> column(Column<T> spec) {
        var column = new TableColumn<T, T>(spec.title());
        column.setPrefWidth(spec.width());
        // Short columns (times, states) must stay readable; long texts may be cut.
        column.setMinWidth(spec.width() <= 130 ? spec.width() : 120);
        column.setCellValueFactory(
                row -> new javafx.beans.property.ReadOnlyObjectWrapper<>(row.getValue()));
        column.setComparator(
                spec.order() == null
                        ? Comparator.comparing(spec.text(), String.CASE_INSENSITIVE_ORDER)
                        : spec.order());
        column.setCellFactory(_ -> new Cell<>(spec));
        if (spec.right()) {
            column.getStyleClass().add("right");
        }
        return column;
    }

    /// Draws the cells of a column as pictures; what it sorts, filters and copies stays its text.
    ///
    /// @param least width at which nothing of the picture is cut
    public void picture(String title, double least, Function<T, Node> draw) {
        made.stream()
                .filter(c -> c.getText().equals(title))
                .forEach(
                        c -> {
                            c.setMinWidth(least);
                            c.setCellFactory(_ -> new PictureCell<>(draw));
                        });
    }

    private static final class PictureCell<T> extends TableCell<T, T> {
        private final Function<T, Node> draw;

        PictureCell(Function<T, Node> draw) {
            this.draw = draw;
        }

        @Override
        protected void updateItem(T row, boolean empty) {
            super.updateItem(row, empty);
            setGraphic(empty || row == null ? null : draw.apply(row));
        }
    }

    /// A last column of small buttons.
    public void acts(double width, Function<T, List<RowItem.Act>> acts) {
        var column = new TableColumn<T, T>("");
        column.setPrefWidth(width);
        column.setMinWidth(width);
        column.setMaxWidth(width);
        column.setSortable(false);
        column.setCellValueFactory(
                row -> new javafx.beans.property.ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(_ -> new ActCell<>(acts));
        table.getColumns().add(column);
    }

    /// This column takes the width that is left; the others keep theirs.
    public void grows(String title) {
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).title().equals(title)) {
                table.getColumns().get(i).setMaxWidth(columns.get(i).width());
            }
        }
    }

    /// A button that says which columns are shown.
    public Button columnsButton() {
        var menu = new ContextMenu();
        for (var column : table.getColumns()) {
            if (!column.getText().isEmpty()) {
                var item = new CheckMenuItem(column.getText());
                item.selectedProperty().bindBidirectional(column.visibleProperty());
                menu.getItems().add(item);
            }
        }
        var button = Nodes.iconButton(Feather.COLUMNS, Texts.of("Choose columns"), () -> {});
        button.setOnAction(_ -> menu.show(button, Side.BOTTOM, 0, 4));
        return button;
    }

    /// Leaves a column out, until a person asks for it.
    public void showColumn(String title, boolean on) {
        table.getColumns().stream()
                .filter(c -> c.getText().equals(title))
                .forEach(c -> c.setVisible(on));
    }

    private static final class ActCell<T> extends TableCell<T, T> {
        private final Function<T, List<RowItem.Act>> acts;

        ActCell(Function<T, List<RowItem.Act>> acts) {
            this.acts = acts;
        }

        @Override
        protected void updateItem(T row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setGraphic(null);
                return;
            }
            var buttons = new HBox(2);
            buttons.setAlignment(javafx.geometry.Pos.CENTER_RIGHT);
            for (var act : acts.apply(row)) {
                var icon = act.icon();
                buttons.getChildren()
                        .add(
                                icon == null
                                        ? Nodes.button(act.text(), act.run(), "link")
                                        : Nodes.iconButton(icon, act.text(), act.run()));
            }
            setGraphic(buttons);
        }
    }

    private void filterBy(String text) {
        var wanted = text.strip().toLowerCase(Locale.ROOT);
        filtered.setPredicate(
                wanted.isEmpty()
                        ? null
                        : row ->
                                columns.stream()
                                        .anyMatch(
                                                c ->
                                                        c.text()
                                                                .apply(row)
                                                                .toLowerCase(Locale.ROOT)
                                                                .contains(wanted)));
    }

    /// Replaces the rows; selection stays on the equal row.
    public void show(List<T> rows) {
        if (!read.get()) {
            read.set(true);
            placeholder(whenEmpty);
        }
        if (!all.equals(rows)) {
            var selected = table.getSelectionModel().getSelectedItem();
            all.setAll(rows);
            if (selected != null && all.contains(selected)) {
                table.getSelectionModel().select(selected);
            }
        }
    }

    /// Leaves the last of the described columns out while the table is narrower than this.
    public void hideLastBelow(double width) {
        var last = table.getColumns().get(columns.size() - 1);
        table.widthProperty().addListener((_, _, w) -> last.setVisible(w.doubleValue() >= width));
    }

    /// Leaves these columns out while the table is narrower than this.
    public void hideBelow(double width, String... titles) {
        var names = List.of(titles);
        table.widthProperty()
                .addListener(
                        (_, _, w) ->
                                table.getColumns().stream()
                                        .filter(c -> names.contains(c.getText()))
                                        .forEach(c -> c.setVisible(w.doubleValue() >= width)));
    }

    public TableView<T> table() {
        return table;
    }

    /// Filter, count and copy, taken out of the table to stand in the head of its card.
    public HBox takeBar() {
        getChildren().remove(bar);
        HBox.setHgrow(bar, Priority.ALWAYS);
        return bar;
    }

    public TextField filter() {
        return filter;
    }

    public void placeholder(String text) {
        whenEmpty = text;
        if (read.get()) {
            table.setPlaceholder(Nodes.wrapped(text, "placeholder"));
        }
    }

    /// The rows as shown (filtered and sorted), RFC 4180.
    public String csv() {
        return SaveList.csv(titles(), cells());
    }

    private List<String> titles() {
        return columns.stream().map(Column::title).toList();
    }

    private List<List<String>> cells() {
        return sorted.stream()
                .map(row -> columns.stream().map(c -> c.text().apply(row)).toList())
                .toList();
    }

    public String markdown() {
        return SaveList.markdown(titles(), columns.stream().map(Column::right).toList(), cells());
    }

    private static final class Cell<T> extends TableCell<T, T> {
        private final Column<T> spec;

        Cell(Column<T> spec) {
            this.spec = spec;
            if (spec.right()) {
                getStyleClass().add("right");
            }
        }

        @Override
        protected void updateItem(T row, boolean empty) {
            super.updateItem(row, empty);
            setText(empty || row == null ? null : spec.text().apply(row));
            getStyleClass().removeIf(s -> s.startsWith("role-"));
            var role = spec.role();
            if (empty || row == null || role == null) {
                setGraphic(null);
                return;
            }
            var color = role.apply(row);
            getStyleClass().add(color.css());
            setGraphic(spec.icon() ? Nodes.icon(color.icon(), color) : null);
        }
    }
}

package io.lakebaseops.console.plan;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.plan.PlanColumns.Column;
import io.lakebaseops.explain.PlanNode;

import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The nodes of an execution plan as a table that folds: one line a node, its figures in columns,
/// what is wrong with it below.
final class PlanTree extends VBox {
    private static final int IN_VIEW = 6;
    private static final double BASE_FONT = 13;
    private static final double SMALLEST = 0.7;
    private static final double LARGEST = 2;

    private final ListView<PlanTreeRow> list = new ListView<>();
    private final Map<Column, Label> heads = new EnumMap<>(Column.class);
    private final IntegerProperty selected = new SimpleIntegerProperty(0);
    private final Set<Integer> folded = new HashSet<>();
    private final PlanColumns columns = new PlanColumns();
    private @Nullable PlanDocument document;
    private PlanMeasure measure = PlanMeasure.TIME;
    private boolean refilling;

    PlanTree() {
        getStyleClass().add("plan-tree");
        var node = Nodes.label(Texts.of("Node"), "plan-head");
        HBox.setHgrow(node, Priority.ALWAYS);
        node.setMaxWidth(Double.MAX_VALUE);
        var line = new HBox(node);
        line.getStyleClass().add("plan-heads");
        for (var column : Column.values()) {
            var head = Nodes.label(title(column), "plan-head");
            head.setAlignment(Pos.CENTER_RIGHT);
            head.managedProperty().bind(head.visibleProperty());
            heads.put(column, head);
            line.getChildren().add(head);
        }
        list.setId("plan-nodes");
        list.getStyleClass().add("plan-list");
        list.setCellFactory(_ -> new PlanTreeCell(columns, this::toggle));
        list.setAccessibleText(Texts.of("Plan tree"));
        list.getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (_, _, row) -> {
                            if (row != null && !refilling) {
                                selected.set(row.node().number());
                            }
                        });
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        selected.addListener((_, _, number) -> select(number.intValue()));
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(line, list);
        layOut();
    }

    private static String title(Column column) {
        return switch (column) {
            case MEASURED -> "";
            case ROWS -> Texts.of("Rows, est. → actual");
            case LOOPS -> Texts.of("Loops");
            case BUFFERS -> Texts.of("Hit / read");
            case EXTRAS -> Texts.of("Spill, removed");
        };
    }

    /// Widths as the columns have them now.
    private void layOut() {
        setStyle("-fx-font-size: %spx;".formatted(BASE_FONT * columns.zoom()));
        heads.forEach(
                (column, head) -> {
                    head.setVisible(columns.shows(column));
                    head.setMinWidth(columns.width(column));
                    head.setPrefWidth(columns.width(column));
                });
        Objects.requireNonNull(heads.get(Column.ROWS))
                .setText(
                        columns.analyzed() && !columns.narrow()
                                ? title(Column.ROWS)
                                : Texts.of("Rows"));
        Objects.requireNonNull(heads.get(Column.BUFFERS))
                .setText(columns.narrow() ? Texts.of("Hit") : title(Column.BUFFERS));
        list.refresh();
    }

    /// The number of the node that is marked everywhere.
    IntegerProperty selectedProperty() {
        return selected;
    }

    void show(PlanDocument next, PlanMeasure by) {
        if (next != document) {
            folded.clear();
            document = next;
        }
        measure = by;
        var rows = PlanTreeRow.of(next, by, Set.of());
        columns.has(
                next.plan().analyzed(),
                rows.stream().anyMatch(r -> !r.read().isEmpty()),
                rows.stream().anyMatch(r -> !r.extras().isEmpty()));
        Objects.requireNonNull(heads.get(Column.MEASURED)).setText(by.column());
        layOut();
        refill();
    }

    private void refill() {
        if (document == null) {
            return;
        }
        refilling = true;
        list.getItems().setAll(PlanTreeRow.of(document, measure, folded));
        refilling = false;
        select(selected.get());
    }

    private void select(int number) {
        for (int i = 0; i < list.getItems().size(); i++) {
            if (list.getItems().get(i).node().number() == number) {
                if (list.getSelectionModel().getSelectedIndex() != i) {
                    list.getSelectionModel().clearAndSelect(i);
                }
                return;
            }
        }
    }

    /// Selects a node and brings it into view; what hides it is unfolded.
    void reveal(PlanNode node) {
        var shown = document;
        if (shown == null) {
            return;
        }
        var parents = shown.parents();
        boolean hidden = false;
        for (var above = parents.get(node.number());
                above != null;
                above = parents.get(above.number())) {
            hidden |= folded.remove(above.number());
        }
        if (hidden) {
            refill();
        }
        selected.set(node.number());
        int at = list.getSelectionModel().getSelectedIndex();
        // The first nodes are in view with the root above them.
        list.scrollTo(at < IN_VIEW ? 0 : at - 2);
    }

    private void toggle(PlanNode node) {
        if (!folded.remove(node.number())) {
            folded.add(node.number());
        }
        refill();
    }

    /// Folds everything beside the way from the root to the costliest node; unfolds all where that
    /// is done already.
    void foldAllButCostly() {
        var shown = document;
        if (shown == null) {
            return;
        }
        var path = new HashSet<Integer>();
        var parents = shown.parents();
        for (PlanNode at = shown.costliest(measure); at != null; at = parents.get(at.number())) {
            path.add(at.number());
        }
        var next = new HashSet<Integer>();
        shown.plan()
                .root()
                .all()
                .filter(n -> !n.children().isEmpty() && !path.contains(n.number()))
                .forEach(n -> next.add(n.number()));
        boolean already = folded.equals(next);
        folded.clear();
        if (!already) {
            folded.addAll(next);
        }
        refill();
    }

    /// Nodes in which the text occurs, in the order of the plan.
    List<PlanNode> find(String text) {
        var wanted = text.strip().toLowerCase(Locale.ROOT);
        var shown = document;
        if (shown == null || wanted.isEmpty()) {
            return List.of();
        }
        return PlanTreeRow.of(shown, measure, Set.of()).stream()
                .filter(r -> r.words().toLowerCase(Locale.ROOT).contains(wanted))
                .map(PlanTreeRow::node)
                .toList();
    }

    private void onKey(KeyEvent e) {
        var row = list.getSelectionModel().getSelectedItem();
        if (row == null || e.isShortcutDown() || e.isAltDown()) {
            return;
        }
        switch (e.getCode()) {
            case LEFT -> {
                if (Boolean.FALSE.equals(row.folded())) {
                    toggle(row.node());
                } else if (document != null
                        && document.parents().get(row.node().number()) instanceof PlanNode above) {
                    reveal(above);
                }
            }
            case RIGHT -> {
                if (Boolean.TRUE.equals(row.folded())) {
                    toggle(row.node());
                } else if (!row.node().children().isEmpty()) {
                    reveal(row.node().children().getFirst());
                }
            }
            default -> {
                return;
            }
        }
        e.consume();
    }

    /// @param by 1 to make it larger, -1 smaller, 0 as it was
    void zoom(int by) {
        double next =
                by == 0
                        ? 1
                        : Math.clamp(columns.zoom() * (by > 0 ? 1.1 : 1 / 1.1), SMALLEST, LARGEST);
        columns.zoom(next);
        layOut();
    }

    /// In a narrow window the indent and the bars shrink.
    void narrow(boolean on) {
        columns.narrow(on);
        layOut();
    }

    ListView<PlanTreeRow> list() {
        return list;
    }
}

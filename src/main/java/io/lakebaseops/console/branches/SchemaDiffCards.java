package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.migration.CaptureSchemaDiff.Compared;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowItem;
import io.lakebaseops.console.parts.RowList;
import io.lakebaseops.console.parts.SqlView;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.List;

/// What differs, as a list by schema with added, changed and removed objects, and the definition of
/// the one selected on both sides.
final class SchemaDiffCards extends HBox {
    private final RowList tree = new RowList();
    private final Label counts = Nodes.label("", "card-note");
    private final Label object = Nodes.label("", "card-title");
    private final VBox definition = new VBox(8);
    private final ReadOnlyObjectWrapper<@Nullable SchemaChange> selected =
            new ReadOnlyObjectWrapper<>();
    private List<SchemaChange> changes = List.of();
    private String source = "";
    private String target = "";

    SchemaDiffCards() {
        super(10);
        tree.setId("schema-changes");
        tree.setAccessibleText(Texts.of("Schema differences"));
        VBox.setVgrow(tree, Priority.ALWAYS);
        counts.setId("schema-counts");
        counts.setMinWidth(USE_PREF_SIZE);
        var left =
                new VBox(
                        6,
                        Nodes.row(
                                Nodes.label(Texts.of("Schema diff"), "card-title"),
                                Nodes.spacer(),
                                counts),
                        tree);
        left.getStyleClass().addAll("card", "table-card");
        left.setMinWidth(230);
        left.setPrefWidth(300);
        var scroll = new ScrollPane(definition);
        scroll.setFitToWidth(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        object.setId("schema-object");
        var right = new VBox(8, object, scroll);
        right.getStyleClass().addAll("card", "table-card");
        right.setMinWidth(0);
        HBox.setHgrow(right, Priority.ALWAYS);
        setMinHeight(190);
        getChildren().addAll(left, right);
        tree.getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (_, _, item) -> {
                            if (item != null && !item.heading()) {
                                find(item.key());
                            }
                        });
    }

    ReadOnlyObjectProperty<@Nullable SchemaChange> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    void show(String from, String to, List<Compared> databases) {
        source = from;
        target = to;
        changes = SchemaChange.of(databases);
        counts.setText(
                "+%d  ~%d  −%d"
                        .formatted(
                                SchemaChange.count(changes, "added"),
                                SchemaChange.count(changes, "altered"),
                                SchemaChange.count(changes, "removed")));
        var items = new ArrayList<RowItem>();
        var group = "";
        for (var c : changes) {
            if (!c.group().equals(group)) {
                group = c.group();
                var name = group;
                long n = changes.stream().filter(x -> x.group().equals(name)).count();
                items.add(RowItem.heading(group, Texts.of("%s changed", n)));
            }
            items.add(
                    RowItem.of(c.key(), icon(c), role(c), c.path())
                            .trailing(c.change().kind(), Role.MUTED));
        }
        tree.show(items);
        tree.placeholder(Texts.of("No difference"));
        var was = selected.get();
        var again = was == null ? null : change(was.key());
        select(again == null && !changes.isEmpty() ? changes.getFirst() : again);
    }

    private static Feather icon(SchemaChange c) {
        return switch (c.mark()) {
            case "+" -> Feather.PLUS;
            case "−" -> Feather.MINUS;
            default -> Feather.EDIT_2;
        };
    }

    private static Role role(SchemaChange c) {
        return switch (c.mark()) {
            case "+" -> Role.OK;
            case "−" -> Role.CRITICAL;
            default -> Role.WARNING;
        };
    }

    private @Nullable SchemaChange change(String key) {
        return changes.stream().filter(c -> c.key().equals(key)).findFirst().orElse(null);
    }

    private void find(String key) {
        var found = change(key);
        if (found != null && found != selected.get()) {
            selected.set(found);
            define(found);
        }
    }

    private void select(@Nullable SchemaChange change) {
        selected.set(change);
        define(change);
        if (change != null) {
            tree.getItems().stream()
                    .filter(i -> i.key().equals(change.key()))
                    .findFirst()
                    .ifPresent(i -> tree.getSelectionModel().select(i));
        }
    }

    /// The next difference, or the one before.
    void step(int by) {
        var now = selected.get();
        int at = now == null ? -1 : changes.indexOf(now);
        int next = at + by;
        if (next >= 0 && next < changes.size()) {
            select(changes.get(next));
        }
    }

    private void define(@Nullable SchemaChange change) {
        definition.getChildren().clear();
        if (change == null) {
            object.setText(Texts.of("Definition"));
            definition
                    .getChildren()
                    .add(
                            Nodes.wrapped(
                                    Texts.of("Select a difference to see both sides."), "row-sub"));
            return;
        }
        object.setText(change.mark() + " " + change.change().object());
        var facets = change.change().facets();
        if (!facets.isEmpty()) {
            definition.getChildren().add(sides(change));
        }
        var statements = change.statements().stream().filter(s -> s.sql() != null).toList();
        if (!statements.isEmpty()) {
            definition
                    .getChildren()
                    .add(
                            Nodes.label(
                                    facets.isEmpty()
                                            ? change.mark().equals("+")
                                                    ? Texts.of("Only in %s", target)
                                                    : Texts.of(
                                                            "Only in %s; the way to %s:",
                                                            source, target)
                                            : Texts.of("The way from %s to %s", source, target),
                                    "row-sub"));
            statements.forEach(s -> definition.getChildren().add(new SqlView(s.sql() + ";")));
        } else if (facets.isEmpty()) {
            definition
                    .getChildren()
                    .add(
                            Nodes.wrapped(
                                    Texts.of(
                                            "It is made or dropped with the object it belongs to."),
                                    "row-sub"));
        }
    }

    /// Each property that differs, on both sides in a line.
    private Node sides(SchemaChange change) {
        var grid = new GridPane();
        grid.getStyleClass().add("diff-sides");
        grid.getColumnConstraints().addAll(column(false), column(true), column(true));
        grid.addRow(
                0,
                Nodes.label("", "small-head"),
                Nodes.label(source, "small-head"),
                Nodes.label(target, "small-head"));
        int row = 1;
        for (var facet : change.change().facets()) {
            var name = Nodes.label(facet.facet(), "fact-name");
            GridPane.setValignment(name, VPos.TOP);
            grid.addRow(
                    row++,
                    name,
                    side(facet.before(), "diff-before"),
                    side(facet.after(), "diff-after"));
        }
        return grid;
    }

    private static ColumnConstraints column(boolean grows) {
        var column = new ColumnConstraints();
        column.setMinWidth(grows ? 60 : USE_PREF_SIZE);
        column.setHgrow(grows ? Priority.ALWAYS : Priority.NEVER);
        if (grows) {
            column.setPercentWidth(40);
        }
        return column;
    }

    private static Node side(@Nullable String text, String style) {
        var label = Nodes.wrapped(text == null ? "–" : text, "mono-cell", style);
        label.setMaxWidth(Double.MAX_VALUE);
        return label;
    }

    void focus() {
        tree.requestFocus();
    }
}

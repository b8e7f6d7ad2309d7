package io.lakebaseops.console.parts;

import io.lakebaseops.console.Texts;

import javafx.geometry.Pos;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A list of lines under headings, virtualised; what repeats is one line with its number. Says what
/// would be here when there is nothing.
public final class RowList extends ListView<RowItem> {

    /// What a line does, as last read: a line that looks the same is not drawn again.
    private final Map<String, RowItem> latest = new HashMap<>();

    public RowList() {
        getStyleClass().add("row-list");
        // Named by its id, which says what is listed, unless somebody says it better.
        idProperty().addListener((_, _, id) -> setAccessibleText(id.replace('-', ' ')));
        setCellFactory(_ -> new Row());
        setOnKeyPressed(this::onKey);
        // The first line, not the second, is where Down begins.
        focusedProperty()
                .addListener(
                        (_, _, on) -> {
                            if (on && getSelectionModel().isEmpty()) {
                                move(0, 1);
                            }
                        });
    }

    private void onKey(KeyEvent e) {
        if (e.isShortcutDown() && e.getCode() == KeyCode.C) {
            var item = getSelectionModel().getSelectedItem();
            if (item != null) {
                SqlView.copy(item.words());
                e.consume();
            }
            return;
        }
        int at = getSelectionModel().getSelectedIndex();
        switch (e.getCode()) {
            case ENTER -> open(getSelectionModel().getSelectedItem());
            case J, DOWN -> move(at + 1, 1);
            case K, UP -> move(at - 1, -1);
            default -> {
                return;
            }
        }
        e.consume();
    }

    /// Selects the next line from there on that is no heading.
    private void move(int from, int by) {
        for (int i = from; i >= 0 && i < getItems().size(); i += by) {
            if (!getItems().get(i).heading()) {
                getSelectionModel().clearAndSelect(i);
                getFocusModel().focus(i);
                scrollTo(Math.max(0, i - 1));
                return;
            }
        }
    }

    public void placeholder(String text) {
        if (getPlaceholder() instanceof StackPane place
                && place.getChildren().getFirst() instanceof Label label
                && label.getText().equals(text)) {
            return;
        }
        var place = new StackPane(Nodes.wrapped(text, "placeholder"));
        setPlaceholder(place);
    }

    /// Replaces only the lines that differ, so that nothing flickers, a tooltip stays, and a button
    /// under the mouse is not exchanged.
    public void show(List<RowItem> items) {
        latest.clear();
        items.forEach(item -> latest.put(item.key(), item));
        if (!keys(items).equals(keys(getItems()))) {
            var selected = getSelectionModel().getSelectedItem();
            getItems().setAll(items);
            if (selected != null) {
                items.stream()
                        .filter(i -> i.key().equals(selected.key()))
                        .findFirst()
                        .ifPresent(getSelectionModel()::select);
            }
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            if (!items.get(i).looksLike(getItems().get(i))) {
                getItems().set(i, items.get(i));
            }
        }
    }

    private void open(@Nullable RowItem drawn) {
        var item = drawn == null ? null : latest.get(drawn.key());
        if (item != null && item.open() != null) {
            item.open().run();
        }
    }

    private void act(RowItem drawn, int number) {
        var item = latest.get(drawn.key());
        if (item != null && number < item.acts().size()) {
            item.acts().get(number).run().run();
        }
    }

    private static List<String> keys(List<RowItem> items) {
        return items.stream().map(RowItem::key).toList();
    }

    private final class Row extends ListCell<RowItem> {
        private final FontIcon icon = new FontIcon();
        private final Label title = shrinking("row-title");
        private final Label times = Nodes.pill("", Role.WARNING);
        private final Label sub = shrinking("row-sub");
        private final Label trailing = Nodes.label("", "row-trailing");
        private final Label note = Nodes.label("", "row-trailing");
        private final HBox icons = new HBox(0);
        private final HBox links = new HBox(8);
        private final HBox second;
        private final HBox box;
        // One for good: a new one would start to wait again whenever the line is read anew.
        private final Tooltip tip = Nodes.tooltip("");

        Row() {
            for (Region fixed : new Region[] {trailing, note, icons, links}) {
                fixed.setMinWidth(Region.USE_PREF_SIZE);
            }
            times.getStyleClass().add("times-pill");
            icons.setMaxHeight(18);
            var first = line(title, times, Nodes.spacer(), icons, trailing);
            second = line(sub, Nodes.spacer(), links, note);
            var text = new VBox(1, first, second);
            text.setMinWidth(0);
            text.setAlignment(Pos.CENTER_LEFT);
            HBox.setHgrow(text, Priority.ALWAYS);
            box = new HBox(10, icon, text);
            box.setAlignment(Pos.TOP_LEFT);
            box.setMinWidth(0);
            // Without it the cell asks for its full width and the list scrolls sideways.
            setPrefWidth(0);
            setOnMouseClicked(_ -> open(getItem()));
            var copy = new MenuItem(Texts.of("Copy"));
            copy.setOnAction(_ -> SqlView.copy(getItem() == null ? "" : getItem().words()));
            setContextMenu(new ContextMenu(copy));
        }

        private static Label shrinking(String style) {
            var label = Nodes.label("", style);
            label.setMinWidth(0);
            return label;
        }

        private static HBox line(javafx.scene.Node... nodes) {
            var line = new HBox(8, nodes);
            line.setAlignment(Pos.CENTER_LEFT);
            line.setMinWidth(0);
            return line;
        }

        @Override
        protected void updateItem(RowItem item, boolean empty) {
            super.updateItem(item, empty);
            getStyleClass().removeAll("clickable", "heading-row");
            if (empty || item == null) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            icon.setIconCode(item.icon());
            icon.getStyleClass().setAll("ikonli-font-icon", "mark", item.role().css());
            set(icon, !item.heading());
            title.setText(item.title());
            title.getStyleClass().setAll("label", item.heading() ? "row-heading" : "row-title");
            times.setText(Texts.of("%s times", item.times()));
            set(times, item.times() > 1);
            sub.setText(item.sub());
            note.setText(item.note());
            Nodes.role(note, item.noteRole());
            trailing.setText(item.heading() ? item.note() : item.trailing());
            Nodes.role(trailing, item.heading() ? Role.MUTED : item.trailingRole());
            acts(item);
            boolean two =
                    !item.heading()
                            && !(item.sub().isEmpty()
                                    && item.note().isEmpty()
                                    && links.getChildren().isEmpty());
            set(second, two);
            box.setAlignment(two ? Pos.TOP_LEFT : Pos.CENTER_LEFT);
            getStyleClass().addAll(item.heading() ? List.of("heading-row") : List.of());
            if (item.open() != null) {
                getStyleClass().add("clickable");
            }
            tip.setText(item.words());
            setTooltip(item.heading() ? null : tip);
            setGraphic(box);
        }

        private void acts(RowItem item) {
            icons.getChildren().clear();
            links.getChildren().clear();
            for (int i = 0; i < item.acts().size(); i++) {
                int number = i;
                var act = item.acts().get(i);
                if (act.icon() == null) {
                    links.getChildren()
                            .add(Nodes.button(act.text(), () -> act(item, number), "link"));
                } else {
                    icons.getChildren()
                            .add(Nodes.iconButton(act.icon(), act.text(), () -> act(item, number)));
                }
            }
        }

        private static void set(javafx.scene.Node node, boolean on) {
            node.setVisible(on);
            node.setManaged(on);
        }
    }
}

package io.lakebaseops.console.parts;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The lines of a card, virtualised; says what would be here when there are none.
public final class RowList extends ListView<RowItem> {

    /// What a line does, as last read: a line that looks the same is not drawn again.
    private final Map<String, RowItem> latest = new HashMap<>();

    public RowList() {
        getStyleClass().add("row-list");
        setCellFactory(_ -> new Row());
        setOnKeyPressed(
                e -> {
                    if (e.getCode() == KeyCode.ENTER) {
                        open(getSelectionModel().getSelectedItem());
                    }
                });
    }

    public void placeholder(String text) {
        var label = Nodes.wrapped(text, "placeholder");
        setPlaceholder(label);
    }

    /// Replaces only the lines that differ, so that nothing flickers, a tooltip stays, and a button
    /// under the mouse is not exchanged.
    public void show(List<RowItem> items) {
        latest.clear();
        items.forEach(item -> latest.put(item.key(), item));
        if (!keys(items).equals(keys(getItems()))) {
            getItems().setAll(items);
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
        private final Label title = Nodes.label("", "row-title");
        private final Label sub = Nodes.label("", "row-sub");
        private final Label trailing = Nodes.label("", "row-trailing");
        private final HBox acts = new HBox(4);
        private final HBox box;
        // One for good: a new one would start to wait again whenever the line is read anew.
        private final Tooltip tip = Nodes.tooltip("");

        Row() {
            var text = new VBox(1, title, sub);
            text.setMinWidth(0);
            HBox.setHgrow(text, Priority.ALWAYS);
            text.setAlignment(Pos.CENTER_LEFT);
            trailing.setMinWidth(Region.USE_PREF_SIZE);
            acts.setMinWidth(Region.USE_PREF_SIZE);
            acts.setAlignment(Pos.CENTER);
            box = new HBox(10, icon, text, acts, trailing);
            box.setAlignment(Pos.CENTER_LEFT);
            box.setMinWidth(0);
            // Without it the cell asks for its full width and the list scrolls sideways.
            setPrefWidth(0);
            setOnMouseClicked(_ -> open(getItem()));
        }

        @Override
        protected void updateItem(RowItem item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                setTooltip(null);
                getStyleClass().remove("clickable");
                return;
            }
            icon.setIconCode(item.icon());
            icon.getStyleClass().setAll("ikonli-font-icon", "mark", item.role().css());
            title.setText(item.title());
            sub.setText(item.sub());
            sub.setVisible(!item.sub().isEmpty());
            sub.setManaged(!item.sub().isEmpty());
            trailing.setText(item.trailing());
            Nodes.role(trailing, item.trailingRole());
            acts.getChildren().clear();
            for (int i = 0; i < item.acts().size(); i++) {
                int number = i;
                var act = item.acts().get(i);
                acts.getChildren()
                        .add(Nodes.iconButton(act.icon(), act.text(), () -> act(item, number)));
            }
            getStyleClass().remove("clickable");
            if (item.open() != null) {
                getStyleClass().add("clickable");
            }
            tip.setText(words(item));
            setTooltip(tip);
            setGraphic(box);
        }

        /// The whole text, for lines that were too long, and what else there is to know.
        private static String words(RowItem item) {
            return Stream.of(item.title(), item.sub(), item.hint())
                    .filter(t -> !t.isEmpty())
                    .collect(Collectors.joining("\n"));
        }
    }
}

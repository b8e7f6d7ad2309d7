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

import org.kordamp.ikonli.javafx.FontIcon;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The lines of a card, virtualised; says what would be here when there are none.
public final class RowList extends ListView<RowItem> {

    public RowList() {
        getStyleClass().add("row-list");
        setCellFactory(_ -> new Row());
        setOnKeyPressed(
                e -> {
                    var item = getSelectionModel().getSelectedItem();
                    if (e.getCode() == KeyCode.ENTER && item != null && item.open() != null) {
                        item.open().run();
                    }
                });
    }

    public void placeholder(String text) {
        var label = Nodes.wrapped(text, "placeholder");
        setPlaceholder(label);
    }

    /// Replaces the lines only when they differ, so that nothing flickers.
    public void show(List<RowItem> items) {
        if (!keys(items).equals(keys(getItems()))) {
            getItems().setAll(items);
        } else {
            for (int i = 0; i < items.size(); i++) {
                getItems().set(i, items.get(i));
            }
        }
    }

    private static List<String> keys(List<RowItem> items) {
        return items.stream().map(RowItem::key).toList();
    }

    private static final class Row extends ListCell<RowItem> {
        private final FontIcon icon = new FontIcon();
        private final Label title = Nodes.label("", "row-title");
        private final Label sub = Nodes.label("", "row-sub");
        private final Label trailing = Nodes.label("", "row-trailing");
        private final HBox acts = new HBox(4);
        private final HBox box;

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
            setOnMouseClicked(
                    _ -> {
                        var item = getItem();
                        if (item != null && item.open() != null) {
                            item.open().run();
                        }
                    });
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
            acts.getChildren()
                    .setAll(
                            item.acts().stream()
                                    .map(a -> Nodes.iconButton(a.icon(), a.text(), a.run()))
                                    .toList());
            getStyleClass().remove("clickable");
            if (item.open() != null) {
                getStyleClass().add("clickable");
            }
            setTooltip(tooltip(item));
            setGraphic(box);
        }

        /// The whole text, for lines that were too long, and what else there is to know.
        private static Tooltip tooltip(RowItem item) {
            var lines =
                    Stream.of(item.title(), item.sub(), item.hint())
                            .filter(t -> !t.isEmpty())
                            .collect(Collectors.joining("\n"));
            var tip = new Tooltip(lines);
            tip.setWrapText(true);
            tip.setMaxWidth(460);
            return tip;
        }
    }
}

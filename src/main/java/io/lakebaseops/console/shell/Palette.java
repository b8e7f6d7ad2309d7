package io.lakebaseops.console.shell;

import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;

import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

import org.kordamp.ikonli.javafx.FontIcon;

import java.util.List;

/// Ctrl-K: type a few letters, go there or run it.
final class Palette extends VBox {
    private final TextField typed = new TextField();
    private final ListView<Command> list = new ListView<>();
    private final Runnable close;
    private final PaletteObjects objects;

    /// Who types on has no use for what a letter finds.
    private final PauseTransition pause = new PauseTransition(Duration.millis(120));

    private List<Command> all = List.of();
    private List<Command> below = List.of();

    Palette(PaletteObjects objects, Runnable close) {
        super(8);
        this.objects = objects;
        this.close = close;
        pause.setOnFinished(_ -> search());
        setId("palette");
        getStyleClass().addAll("popover", "palette");
        setMaxSize(600, 420);
        setPrefSize(600, 420);
        typed.setId("palette-text");
        typed.setPromptText(Messages.of("palette.prompt"));
        typed.textProperty().addListener((_, _, text) -> filter(text));
        typed.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        list.setId("palette-list");
        list.getStyleClass().add("row-list");
        list.setCellFactory(_ -> new Cell());
        list.setPlaceholder(Nodes.label(Messages.of("palette.nothing"), "placeholder"));
        list.setFocusTraversable(false);
        list.setOnMouseClicked(_ -> runSelected());
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(typed, list);
    }

    void open(List<Command> commands) {
        all = commands;
        typed.clear();
        filter("");
        typed.requestFocus();
        objects.read(this::search);
    }

    private void filter(String text) {
        below = List.of();
        list.getItems().setAll(Command.matching(all, text));
        list.getSelectionModel().selectFirst();
        list.scrollTo(0);
        pause.playFromStart();
    }

    /// What is found later is added below, so that nothing moves under the selection.
    private void search() {
        var text = typed.getText();
        objects.find(
                text,
                found -> {
                    if (text.equals(typed.getText())) {
                        // Those of a kind that came meanwhile, besides those that are there.
                        list.getItems().removeAll(below);
                        below = found;
                        list.getItems().addAll(found);
                        if (list.getSelectionModel().isEmpty()) {
                            list.getSelectionModel().selectFirst();
                        }
                    }
                });
    }

    private void onKey(KeyEvent e) {
        int at = list.getSelectionModel().getSelectedIndex();
        if (e.getCode() == KeyCode.DOWN) {
            select(at + 1);
        } else if (e.getCode() == KeyCode.UP) {
            select(at - 1);
        } else if (e.getCode() == KeyCode.ENTER) {
            runSelected();
        } else {
            return;
        }
        e.consume();
    }

    private void select(int index) {
        int next = Math.clamp(index, 0, Math.max(0, list.getItems().size() - 1));
        list.getSelectionModel().select(next);
        list.scrollTo(Math.max(0, next - 4));
    }

    private void runSelected() {
        var command = list.getSelectionModel().getSelectedItem();
        if (command != null) {
            close.run();
            command.run().run();
        }
    }

    private static final class Cell extends ListCell<Command> {
        private final FontIcon icon = new FontIcon();
        private final Label title = Nodes.label("", "row-title");
        private final Label detail = Nodes.label("", "row-sub");
        private final Label kind = Nodes.label("", "row-sub");
        private final HBox box = new HBox(10, icon, title, detail, Nodes.spacer(), kind);

        Cell() {
            box.setAlignment(Pos.CENTER_LEFT);
            title.setMinWidth(USE_PREF_SIZE);
            kind.setMinWidth(USE_PREF_SIZE);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(Command command, boolean empty) {
            super.updateItem(command, empty);
            if (empty || command == null) {
                setGraphic(null);
                return;
            }
            icon.setIconCode(command.icon());
            title.setText(command.title());
            detail.setText(command.detail());
            kind.setText(Texts.of(command.kind()));
            setGraphic(box);
        }
    }
}

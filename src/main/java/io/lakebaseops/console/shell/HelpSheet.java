package io.lakebaseops.console.shell;

import io.lakebaseops.console.Messages;
import io.lakebaseops.console.parts.Nodes;

import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;

/// The list of keyboard shortcuts.
final class HelpSheet extends VBox {
    private static final String[][] KEYS = {
        {"Ctrl K", "help.palette"},
        {"Ctrl 1 … 9", "help.screens"},
        {"Ctrl J", "help.ask"},
        {"Ctrl P", "help.report"},
        {"F5", "help.refresh"},
        {"Ctrl Enter", "help.approve"},
        {"Esc", "help.close"},
        {"?", "help.this"},
    };

    HelpSheet(Runnable close) {
        super(16);
        setId("help");
        getStyleClass().addAll("popover", "help-sheet");
        setMaxSize(440, 300);
        var grid = new GridPane(24, 10);
        for (int i = 0; i < KEYS.length; i++) {
            grid.add(Nodes.label(KEYS[i][0], "key"), 0, i);
            grid.add(Nodes.label(Messages.of(KEYS[i][1]), "row-title"), 1, i);
        }
        getChildren()
                .addAll(
                        Nodes.row(
                                Nodes.label(Messages.of("help.title"), "pane-title"),
                                Nodes.spacer(),
                                Nodes.iconButton(Feather.X, "Close (Esc)", close)),
                        grid);
    }
}

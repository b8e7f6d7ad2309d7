package io.lakebaseops.console.parts;

import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.Format;

import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

import java.util.Locale;

/// A statement in the monospace face with light colouring; copies whole by its menu.
public final class SqlView extends TextFlow {

    public SqlView(String sql) {
        getStyleClass().add("sql");
        setAccessibleText(Format.printableLines(sql));
        for (var token : SqlTokens.of(sql)) {
            var text = new Text(Format.printableLines(token.text()));
            text.getStyleClass()
                    .addAll("sql-text", "sql-" + token.kind().name().toLowerCase(Locale.ROOT));
            getChildren().add(text);
        }
        var copy = new MenuItem(Texts.of("Copy statement"));
        copy.setOnAction(_ -> copy(sql));
        var menu = new ContextMenu(copy);
        setOnContextMenuRequested(e -> menu.show(this, e.getScreenX(), e.getScreenY()));
    }

    public static void copy(String text) {
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}

package io.lakebaseops.console.parts;

import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.Format;

import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

import org.kordamp.ikonli.feather.Feather;

import java.util.Locale;

/// A statement in the monospace face with light colouring; copied whole by its menu, or by the
/// button that shows in its corner under the mouse.
public final class SqlView extends TextFlow {
    private final Button button;

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
        button = Nodes.iconButton(Feather.COPY, copy.getText(), () -> copy(sql));
        button.setManaged(false);
        // Each statement of a page would be one more stop on the way to its acts.
        button.setFocusTraversable(false);
        button.visibleProperty().bind(hoverProperty());
        getChildren().add(button);
    }

    /// Over the text, which takes no notice of it.
    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        button.autosize();
        button.relocate(getWidth() - button.getWidth() - 2, 2);
    }

    public static void copy(String text) {
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }
}

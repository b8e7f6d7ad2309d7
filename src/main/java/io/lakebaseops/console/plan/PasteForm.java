package io.lakebaseops.console.plan;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.util.function.Consumer;

/// The field for a plan that the clipboard did not hold whole: says what is wrong with the text and
/// lets it be mended or pasted anew.
public final class PasteForm extends VBox {
    private final TextArea text = Nodes.lines();
    private final Label trouble = Nodes.wrapped("", "banner-text");
    private final HBox banner = new HBox(10);

    public PasteForm(Consumer<String> read, Runnable close) {
        super(12);
        getStyleClass().addAll("screen-content", "paste-form");
        setId("paste-form");
        text.setId("paste-text");
        text.getStyleClass().add("plan-text-area");
        text.setPromptText(
                Texts.of(
                        "Limit  (cost=0.29..1.04 rows=3 width=20) (actual time=0.031..0.034 rows=3 loops=1)\n  ->  Index Scan using orders_pkey on orders …"));
        VBox.setVgrow(text, Priority.ALWAYS);
        trouble.setId("paste-trouble");
        trouble.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(trouble, Priority.ALWAYS);
        banner.getStyleClass().addAll("banner", Role.CRITICAL.css());
        banner.getChildren().addAll(Nodes.icon(Role.CRITICAL.icon(), Role.CRITICAL), trouble);
        banner.managedProperty().bind(banner.visibleProperty());
        Button show =
                Nodes.button(Texts.of("Show plan"), () -> read.accept(text.getText()), "accent");
        show.setId("paste-show");
        var cancel = Nodes.button(Texts.of("Back"), close, "keep");
        var foot = Nodes.row(Nodes.spacer(), cancel, show);
        text.setOnKeyPressed(
                e -> {
                    if (e.isShortcutDown() && e.getCode() == KeyCode.ENTER) {
                        read.accept(text.getText());
                        e.consume();
                    }
                });
        getChildren()
                .addAll(
                        Nodes.label(Texts.of("Paste a plan"), "screen-title"),
                        Nodes.wrapped(
                                Texts.of(
                                        "The output of EXPLAIN as psql, DBeaver or pgAdmin print it, from a server's log, as JSON or YAML, of PostgreSQL 13 to 18. It stays on this machine; no server is asked."),
                                "row-sub"),
                        banner,
                        text,
                        foot);
    }

    /// @param why the text could not be read; empty for none
    public void show(String pasted, String why) {
        text.setText(pasted);
        trouble.setText(why);
        banner.setVisible(!why.isEmpty());
        text.requestFocus();
    }
}

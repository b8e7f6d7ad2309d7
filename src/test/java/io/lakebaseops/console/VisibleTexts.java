package io.lakebaseops.console;

import io.lakebaseops.console.fx.FxToolkit;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.text.Text;

import org.jspecify.annotations.Nullable;

import java.util.SortedSet;
import java.util.TreeSet;

/// Every text a person can read or hear on the screens of a console.
final class VisibleTexts {
    private VisibleTexts() {}

    static SortedSet<String> of(Node root) {
        return FxToolkit.call(
                () -> {
                    var all = new TreeSet<String>();
                    look(root, all);
                    return all;
                });
    }

    private static void look(Node node, SortedSet<String> all) {
        if (!node.isVisible()) {
            return;
        }
        add(node.getAccessibleText(), all);
        switch (node) {
            case Labeled l -> {
                add(l.getText(), all);
                if (l.getTooltip() != null) {
                    add(l.getTooltip().getText(), all);
                }
            }
            case Text t -> add(t.getText(), all);
            case TextInputControl t -> add(t.getPromptText(), all);
            default -> {}
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> look(child, all));
        }
    }

    private static void add(@Nullable String text, SortedSet<String> all) {
        if (text != null && !text.isBlank()) {
            all.add(text.strip());
        }
    }
}

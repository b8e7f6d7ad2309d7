package io.lakebaseops.console.parts;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.input.MouseEvent;

import org.jspecify.annotations.Nullable;

/// Tooltips of the labels whose text is cut: all of it is read under the pointer, without a screen
/// having to think of it.
public final class CutText {
    /// As JavaFX keeps what `Tooltip.install` is given.
    private static final String INSTALLED = "javafx.scene.control.Tooltip";

    private static final Object OURS = new Object();

    private CutText() {}

    public static void readable(Scene scene) {
        scene.addEventFilter(
                MouseEvent.MOUSE_ENTERED_TARGET,
                e -> {
                    if (e.getTarget() instanceof Node node) {
                        reveal(node);
                    }
                });
    }

    private static void reveal(Node node) {
        var label = label(node);
        if (label == null) {
            return;
        }
        if (label.isTextTruncated() && !explained(label)) {
            var tip = Nodes.tooltip("");
            tip.textProperty().bind(label.textProperty());
            label.setTooltip(tip);
            label.getProperties().put(OURS, tip);
        } else if (!label.isTextTruncated() && label.getProperties().remove(OURS) != null) {
            label.setTooltip(null);
        }
    }

    /// The text of a label is a node of its own.
    private static @Nullable Labeled label(Node node) {
        return node instanceof Labeled own
                ? own
                : node.getParent() instanceof Labeled outer ? outer : null;
    }

    /// Has it, or what it is part of, a tooltip already? Of two the outer one would be shown.
    public static boolean explained(Node node) {
        for (@Nullable Node at = node; at != null; at = at.getParent()) {
            if (Nodes.tipOf(at) != null
                    || at.getProperties().containsKey(INSTALLED)
                    || (at instanceof Control control && control.getTooltip() != null)) {
                return true;
            }
        }
        return false;
    }
}

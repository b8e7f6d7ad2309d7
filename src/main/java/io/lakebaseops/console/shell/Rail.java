package io.lakebaseops.console.shell;

import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Screen;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;

import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.javafx.FontIcon;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The entries at the left, one for each screen; a screen's other modes share its entry.
final class Rail {
    private static final PseudoClass HERE = PseudoClass.getPseudoClass("here");

    private final Map<String, Button> entries = new HashMap<>();
    private final Map<String, Label> badges = new HashMap<>();

    /// The mode each screen was left in.
    private final Map<String, Screen> modes = new HashMap<>();

    Rail(Pane box, List<Screen> screens, Consumer<Screen> open) {
        for (var screen : screens) {
            if (screen.mode() == null) {
                box.getChildren().add(line(screen, open));
            }
        }
    }

    private Node line(Screen screen, Consumer<Screen> open) {
        var entry = new Button(screen.title(), new FontIcon(screen.icon()));
        entry.getStyleClass().add("rail-entry");
        entry.setMaxWidth(Double.MAX_VALUE);
        entry.setId("rail-" + (entries.size() + 1));
        entry.setOnAction(_ -> open.accept(screen));
        entry.setMnemonicParsing(false);
        entries.put(screen.id(), entry);
        Node line = entry;
        if (screen.badge() != null) {
            var badge = Nodes.pill("", Role.WARNING);
            badge.setMouseTransparent(true);
            badge.setId("badge");
            badge.setVisible(false);
            badges.put(screen.id(), badge);
            line = new StackPane(entry, badge);
            StackPane.setAlignment(badge, Pos.CENTER_RIGHT);
            StackPane.setMargin(badge, new Insets(0, 8, 0, 0));
        }
        // What shows a server stands apart from what one works with.
        if (screen.id().equals(Destination.APPROVALS)) {
            VBox.setMargin(line, new Insets(14, 0, 0, 0));
        }
        return line;
    }

    void here(Screen shown) {
        var mode = shown.mode();
        var entry = mode == null ? shown.id() : mode;
        modes.put(entry, shown);
        entries.forEach((id, button) -> button.pseudoClassStateChanged(HERE, id.equals(entry)));
    }

    Screen asLeft(Screen screen) {
        return modes.getOrDefault(screen.id(), screen);
    }

    void count(Map<String, Integer> waiting) {
        badges.forEach(
                (screen, badge) -> {
                    int n = waiting.getOrDefault(screen, 0);
                    badge.setText(Integer.toString(n));
                    badge.setVisible(n > 0);
                });
    }
}

package io.lakebaseops.console;

import io.lakebaseops.console.parts.GaugeTile;
import io.lakebaseops.console.parts.RowList;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.console.parts.Sparkline;
import io.lakebaseops.console.parts.TimeChart;
import io.lakebaseops.console.parts.VerdictLine;

import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;

/// Lays out one of each part of the first screen, out of sight, while the databases start: the
/// JavaFX thread waits then, and the first screen finds classes loaded and styles read. One part a
/// task, so that the window stays alive.
final class PartsWarmUp {
    private final Queue<Supplier<Node>> parts =
            new ArrayDeque<>(
                    List.of(
                            () -> new VBox(new Label("a"), new Button("b"), new ToggleButton("c")),
                            () -> new GaugeTile("a"),
                            TimeChart::new,
                            RowList::new,
                            VerdictLine::new,
                            () -> new ScrollPane(new GridPane()),
                            () -> new VBox(new TextField(), new MenuButton("a")),
                            () -> new TabPane(new Tab("a", new Sparkline())),
                            () -> new SidePane("warm-up", () -> {})));
    private final VBox root = new VBox();
    private final Scene scene = new Scene(root, 1200, 800);

    private PartsWarmUp(Theme theme) {
        theme.applyTo(scene);
    }

    /// On the JavaFX thread; returns at once.
    static void begin(Theme theme) {
        new PartsWarmUp(theme).next();
    }

    private void next() {
        var part = parts.poll();
        if (part != null) {
            Platform.runLater(
                    () -> {
                        root.getChildren().setAll(part.get());
                        root.applyCss();
                        root.layout();
                        next();
                    });
        }
    }
}

package io.lakebaseops.console.shell;

import io.lakebaseops.console.ask.AskDrawer;
import io.lakebaseops.domain.Subject;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.StackPane;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/// The right edge of the screen, where the Ask drawer comes and goes. The drawer is made when it is
/// first wanted, and keeps its conversation while it is closed.
final class DrawerPlace {
    private final Function<Runnable, AskDrawer> make;
    private @Nullable AskDrawer drawer;
    private @Nullable Node before;

    /// @param make makes the drawer, given what closes it
    DrawerPlace(Function<Runnable, AskDrawer> make) {
        this.make = make;
    }

    /// @param selection of the screen below
    void toggle(Pane host, @Nullable Subject selection) {
        if (open()) {
            close();
            return;
        }
        var shown = drawer;
        if (shown == null) {
            shown = make.apply(this::close);
            drawer = shown;
        }
        before = host.getScene().getFocusOwner();
        StackPane.setAlignment(shown, Pos.CENTER_RIGHT);
        host.getChildren().add(shown);
        shown.opened(selection);
    }

    boolean open() {
        return drawer != null && drawer.getParent() != null;
    }

    void close() {
        if (drawer != null && drawer.getParent() instanceof Pane host) {
            host.getChildren().remove(drawer);
            if (before != null) {
                before.requestFocus();
                before = null;
            }
        }
    }

    /// Keys go to the drawer while the focus is in it.
    boolean onKey(KeyEvent e) {
        var shown = drawer;
        if (shown == null || !open()) {
            return false;
        }
        for (Node at = e.getTarget() instanceof Node n ? n : null;
                at != null;
                at = at.getParent()) {
            if (at.equals(shown)) {
                return shown.onKey(e);
            }
        }
        return false;
    }
}

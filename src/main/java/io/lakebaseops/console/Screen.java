package io.lakebaseops.console;

import javafx.scene.Parent;
import javafx.scene.input.KeyEvent;

import org.kordamp.ikonli.feather.Feather;

/// What the shell needs to know of any screen. It is active exactly while it is shown.
public interface Screen {
    String title();

    Feather icon();

    Parent root();

    ScreenModel<?> model();

    /// The destination that brings one here.
    Destination home();

    /// Shows what the destination names inside this screen.
    default void reveal(Destination destination) {}

    /// A key nobody else took; true when it meant something here.
    default boolean onKey(KeyEvent key) {
        return false;
    }
}

package io.lakebaseops.console;

import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.function.Function;
import java.util.function.IntSupplier;

/// An entry of the console's screen registry. The screen itself is made when it is first visited,
/// so that the start does not grow with their number.
///
/// @param id of its destinations
/// @param title as the rail and the palette say it
/// @param key opens it from anywhere; `Shortcut` is Ctrl, on macOS Cmd
/// @param factory makes its view and view model, once per window
/// @param badge the number in the rail, 0 for none; blocking, read in the background. Null for a
///     screen without one
/// @param report how it stands in a report; null for a screen that does not
/// @param mode of which screen it is another mode, sharing its rail entry; null for a screen of its
///     own
public record Screen(
        String id,
        String title,
        Feather icon,
        KeyCombination key,
        Function<ConsoleSession, ScreenView<?>> factory,
        @Nullable IntSupplier badge,
        @Nullable Reporting<?> report,
        @Nullable String mode) {

    /// @param key in JavaFX's notation: `Shortcut+1`
    public Screen(
            String id,
            String title,
            Feather icon,
            String key,
            Function<ConsoleSession, ScreenView<?>> factory,
            @Nullable IntSupplier badge) {
        this(id, title, icon, KeyCombination.valueOf(key), factory, badge, null, null);
    }

    public Screen reporting(Reporting<?> next) {
        return new Screen(id, title, icon, key, factory, badge, next, mode);
    }

    public Screen asModeOf(String other) {
        return new Screen(id, title, icon, key, factory, badge, report, other);
    }

    public Destination home() {
        return new Destination(id, null);
    }

    public boolean opensBy(KeyEvent event) {
        return key.match(event);
    }

    /// `Ctrl 1`, as the help and the palette write it.
    public String keyWords() {
        return key.getDisplayText().replace("+", " ");
    }
}

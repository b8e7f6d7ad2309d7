package io.lakebaseops.console;

import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Window;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/// Reduced motion: nothing in the window moves by itself. As the system is set, unless a person
/// chose; a choice holds at once, in every window. On the JavaFX thread, but for what is chosen.
public final class Motion {
    // Of the process, as the system's setting is.
    private static final AtomicReference<@Nullable Boolean> CHOSEN = new AtomicReference<>();

    private static final String STILL =
            Objects.requireNonNull(Motion.class.getResource("/console/css/still.css"))
                    .toExternalForm();

    private Motion() {}

    /// @param reduced null is as the system
    public static void choose(@Nullable Boolean reduced) {
        CHOSEN.set(reduced);
    }

    public static @Nullable Boolean chosen() {
        return CHOSEN.get();
    }

    public static boolean reduced() {
        var choice = CHOSEN.get();
        return choice == null ? Platform.getPreferences().isReducedMotion() : choice;
    }

    /// Every window follows the system's setting from now on.
    static void follow() {
        Platform.getPreferences().reducedMotionProperty().addListener((_, _, _) -> applyToAll());
    }

    /// After a choice.
    public static void applyToAll() {
        Window.getWindows().stream()
                .map(Window::getScene)
                .filter(Objects::nonNull)
                .forEach(Motion::applyTo);
    }

    static void applyTo(Scene scene) {
        scene.getStylesheets().remove(STILL);
        if (reduced()) {
            scene.getStylesheets().add(STILL);
        }
    }
}

package io.lakebaseops.console;

import io.lakebaseops.console.fx.FxToolkit;

import javafx.application.Platform;

import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// The console's window: opens it and waits for its end.
public final class Console {
    private Console() {}

    /// Opens the window at once, fills it when `startup` is done, and returns when it is closed and
    /// no attempt to start goes on. Not on the JavaFX thread.
    ///
    /// @param memory where window size and theme are kept between starts
    /// @param background runs blocking calls
    /// @param whenVisible runs once the window has been drawn
    /// @param whenUsable runs once the screens can be seen and used
    /// @param opened is handed the window
    public static void show(
            Path memory,
            Executor background,
            Startup startup,
            Runnable whenVisible,
            Runnable whenUsable,
            Consumer<Opened> opened) {
        var look = ConsoleMemory.read(memory);
        Language.begin(look.language());
        Motion.choose(look.reducedMotion());
        var window = new Window(memory, background, startup, whenVisible, whenUsable);
        window.begin();
        opened.accept(window);
        FxToolkit.start();
        Platform.runLater(() -> window.open(look));
        window.awaitEnd();
    }

    /// An open window, for any thread.
    public interface Opened {
        /// A second start brings it to the front.
        void raise();

        /// Brings it to the front and follows a link, as soon as there are screens.
        void open(String link);

        /// As by a person.
        void close();
    }
}

package io.lakebaseops.console.shell;

import io.lakebaseops.console.Screen;
import io.lakebaseops.console.ScreenView;

import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.InputEvent;
import javafx.scene.layout.StackPane;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Makes the screens that nobody has visited yet while nobody uses the window, so that the first
/// visit of a screen is as quick as the next one: it loads their classes in the background, then
/// makes a view, its controls and their looks, a small piece at a time on the JavaFX thread. It
/// reads nothing of any server: a screen's model becomes active only when the screen is shown.
final class ScreenPreloader {
    private static final Logger LOG = LoggerFactory.getLogger(ScreenPreloader.class);

    /// Between two pieces: several pulses, so that what moves keeps moving.
    private static final Duration PACE = Duration.ofMillis(60);

    /// After a key or a move of the mouse nothing is made for so long.
    private static final Duration QUIET = Duration.ofMillis(400);

    private final List<Screen> screens;
    private final Function<String, ScreenView<?>> view;
    private final Scene shown;
    private final Executor background;
    private final StackPane aside = new StackPane();
    private final Queue<Runnable> pieces = new ArrayDeque<>();
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private long lastInput = System.nanoTime() - QUIET.toNanos();
    private boolean stopped;

    /// @param view makes the view of a screen, once
    /// @param shown the scene the screens will be shown in
    ScreenPreloader(
            List<Screen> screens,
            Function<String, ScreenView<?>> view,
            Scene shown,
            Executor background) {
        this.screens = screens;
        this.view = view;
        this.shown = shown;
        this.background = background;
    }

    /// On the JavaFX thread, like [#stop]; once.
    ///
    /// @return done when every screen is made; false when it was stopped before
    CompletableFuture<Boolean> start() {
        shown.addEventFilter(InputEvent.ANY, _ -> lastInput = System.nanoTime());
        for (var screen : screens) {
            var id = screen.id();
            pieces.add(
                    () -> {
                        var _ = view.apply(id);
                    });
            pieces.add(
                    () -> {
                        var _ = view.apply(id).root();
                    });
            pieces.add(() -> dress(view.apply(id).root(), false));
            pieces.add(() -> dress(view.apply(id).root(), true));
        }
        background.execute(
                () -> {
                    try {
                        int classes = ConsoleClasses.load();
                        LOG.debug("{} classes of the console are loaded", classes);
                    } catch (RuntimeException e) { // the screens can be made all the same
                        LOG.warn("The classes of the console are not loaded ahead", e);
                    }
                    next();
                });
        return done;
    }

    void stop() {
        stopped = true;
        done.complete(false);
    }

    /// Away from the window, so that nothing of it shows: skins and looks stay with the controls.
    /// Whoever visits the screen meanwhile takes it from there.
    private void dress(Parent screen, boolean layout) {
        if (screen.getScene() == shown) {
            return;
        }
        if (aside.getScene() == null) {
            // One scene for all: what it looked up in the stylesheets for one serves the next.
            new Scene(aside, shown.getWidth(), shown.getHeight())
                    .getStylesheets()
                    .setAll(shown.getStylesheets());
        }
        if (layout) {
            aside.layout();
            aside.getChildren().clear();
        } else {
            aside.getChildren().setAll(screen);
            aside.applyCss();
        }
    }

    private void next() {
        CompletableFuture.delayedExecutor(
                        PACE.toMillis(), TimeUnit.MILLISECONDS, Platform::runLater)
                .execute(this::piece);
    }

    private void piece() {
        if (stopped) {
            return;
        }
        if (System.nanoTime() - lastInput > QUIET.toNanos()) {
            var piece = pieces.poll();
            if (piece == null) {
                done.complete(true);
                return;
            }
            piece.run();
        }
        next();
    }
}

package io.lakebaseops.console;

import io.lakebaseops.console.fx.FxExecutor;
import io.lakebaseops.console.shell.Frame;
import io.lakebaseops.console.shell.StartView;

import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/// One window's life: the start, the screens, the end. Everything but [#begin] and [#awaitEnd] is
/// called on the JavaFX thread.
final class Window {
    private static final Logger LOG = LoggerFactory.getLogger(Window.class);

    private final Path memory;
    private final Executor background;
    private final Startup startup;
    private final Runnable whenUsable;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final StartupMessages news = new StartupMessages();
    private volatile CompletableFuture<Startup.Ready> attempt = new CompletableFuture<>();
    private @Nullable Stage stage;
    private @Nullable StartView start;
    private @Nullable Frame frame;
    private ConsoleMemory look = ConsoleMemory.FRESH;

    Window(Path memory, Executor background, Startup startup, Runnable whenUsable) {
        this.memory = memory;
        this.background = background;
        this.startup = startup;
        this.whenUsable = whenUsable;
    }

    /// From any thread, once, before the window opens.
    void begin() {
        attempt = CompletableFuture.supplyAsync(() -> startup.open(news), background);
    }

    void open(ConsoleMemory remembered) {
        look = remembered;
        var window = new Stage();
        stage = window;
        var view = new StartView(new FxExecutor(), this::again, window::hide);
        start = view;
        var scene = new Scene(view.root(), look.width(), look.height());
        look.theme().applyTo(scene);
        window.setTitle("LakebaseOps");
        window.setScene(scene);
        window.setMinWidth(1024);
        window.setMinHeight(640);
        window.setMaximized(look.maximized());
        window.setOnHidden(_ -> leave(window));
        window.show();
        news.tell(view);
        follow(window, view);
    }

    private void again() {
        var window = stage;
        var view = start;
        if (window != null && view != null && attempt.isDone()) {
            view.clear();
            begin();
            follow(window, view);
        }
    }

    private void follow(Stage window, StartView view) {
        var _ =
                attempt.whenComplete(
                        (ready, failure) ->
                                Platform.runLater(
                                        () -> {
                                            if (!window.isShowing()) {
                                                return;
                                            }
                                            if (ready == null) {
                                                fail(view, failure);
                                            } else {
                                                enter(window, ready);
                                            }
                                        }));
    }

    private static void fail(StartView view, Throwable failure) {
        var cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        LOG.error("The start failed", cause);
        view.failed(cause instanceof RuntimeException e ? e : new IllegalStateException(cause));
    }

    private void enter(Stage window, Startup.Ready ready) {
        var scene = window.getScene();
        var screens =
                new Frame(
                        ready.services(),
                        ready.target(),
                        new FxExecutor(),
                        look.theme(),
                        scene.getWidth(),
                        scene.getHeight());
        frame = screens;
        Runnable[] once = new Runnable[1];
        once[0] =
                () -> {
                    screens.scene().removePostLayoutPulseListener(once[0]);
                    whenUsable.run();
                };
        screens.scene().addPostLayoutPulseListener(once[0]);
        window.setScene(screens.scene());
    }

    private void leave(Stage window) {
        var screens = frame;
        var scene = window.getScene();
        var now =
                new ConsoleMemory(
                        screens == null ? look.theme() : screens.theme(),
                        scene.getWidth(),
                        scene.getHeight(),
                        window.isMaximized(),
                        screens == null ? look.target() : screens.session().target().key());
        if (screens != null) {
            screens.close();
        }
        background.execute(
                () -> {
                    now.write(memory);
                    closed.countDown();
                });
    }

    void awaitEnd() {
        try {
            closed.await();
            // What comes up now must be up before it can be taken down again.
            attempt.handle((_, _) -> true).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

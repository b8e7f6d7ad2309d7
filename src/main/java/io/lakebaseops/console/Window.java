package io.lakebaseops.console;

import io.lakebaseops.console.connect.ConnectModel;
import io.lakebaseops.console.connect.ConnectionDesk;
import io.lakebaseops.console.connect.FirstStartView;
import io.lakebaseops.console.fx.FxExecutor;
import io.lakebaseops.console.parts.CutText;
import io.lakebaseops.console.shell.Frame;
import io.lakebaseops.console.shell.StartView;
import io.lakebaseops.domain.TargetId;

import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/// The life of the window: the start, the screens, the end. Everything but [#begin] and [#awaitEnd]
/// is called on the JavaFX thread.
final class Window implements Console.Opened {
    private static final Logger LOG = LoggerFactory.getLogger(Window.class);
    private static final double MIN_WIDTH = 1024;
    private static final double MIN_HEIGHT = 640;

    /// A further window stands so much below and beside the one it came from.
    private static final double STEP = 32;

    private final Path memory;
    private final Executor background;
    private final Startup startup;
    private final Runnable whenVisible;
    private final Runnable whenUsable;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final StartupMessages news = new StartupMessages();
    private volatile CompletableFuture<Startup.Ready> attempt =
            CompletableFuture.failedFuture(
                    new CancellationException(Texts.of("Nothing was chosen yet")));
    private volatile @Nullable ConnectionDesk first;
    private final Set<Stage> others = new HashSet<>();
    private @Nullable Stage stage;
    private @Nullable StartView start;
    private @Nullable Frame frame;
    /// A link that came before there was a screen.
    private @Nullable String wanted;

    private ConsoleMemory look = ConsoleMemory.FRESH;

    /// As it opened: the one remembered, or the desktop's.
    private Theme theme = Theme.DARK;

    Window(
            Path memory,
            Executor background,
            Startup startup,
            Runnable whenVisible,
            Runnable whenUsable) {
        this.memory = memory;
        this.background = background;
        this.startup = startup;
        this.whenVisible = whenVisible;
        this.whenUsable = whenUsable;
    }

    /// From any thread, once, before the window opens.
    void begin() {
        first = startup.firstStart();
    }

    private void bringUp() {
        attempt = CompletableFuture.supplyAsync(() -> startup.open(news), background);
        PartsWarmUp.begin(theme);
    }

    void open(ConsoleMemory remembered) {
        Motion.follow();
        look = remembered;
        theme = Objects.requireNonNullElseGet(look.theme(), Theme::ofDesktop);
        var window = new Stage();
        stage = window;
        var view = new StartView(new FxExecutor(), this::again, window::hide);
        start = view;
        var desk = first;
        var scene = new Scene(desk == null ? view.root() : ask(desk, window, view));
        theme.applyTo(scene);
        CutText.readable(scene);
        window.setTitle("LakebaseOps");
        window.setScene(scene);
        place(window);
        window.setOnHidden(_ -> leave(window));
        afterNextPulse(
                scene,
                () -> {
                    whenVisible.run();
                    // The window first: what comes up next would take its processor.
                    if (desk == null) {
                        bringUp();
                        follow(window, view);
                    }
                });
        window.show();
        news.tell(view);
    }

    /// Nothing is brought up before somebody chose.
    private Parent ask(ConnectionDesk desk, Stage window, StartView view) {
        var model = new ConnectModel(desk, background, new FxExecutor());
        Runnable on =
                () -> {
                    window.getScene().setRoot(view.root());
                    bringUp();
                    follow(window, view);
                };
        var page = new FirstStartView(model, on);
        model.onSaved(
                target -> {
                    startup.lookAt(target);
                    on.run();
                });
        model.lookAround();
        Platform.runLater(page::focus);
        return page.root();
    }

    @Override
    public void close() {
        Platform.runLater(
                () -> {
                    var window = stage;
                    if (window != null) {
                        window.hide();
                    }
                });
    }

    @Override
    public void raise() {
        Platform.runLater(
                () -> {
                    var window = stage;
                    if (window != null) {
                        window.setIconified(false);
                        window.toFront();
                        window.requestFocus();
                    }
                });
    }

    @Override
    public void open(String link) {
        raise();
        Platform.runLater(
                () -> {
                    var screens = frame;
                    if (screens == null) {
                        wanted = link;
                    } else {
                        screens.open(link);
                    }
                });
    }

    private void place(Stage window) {
        var displays =
                Stream.concat(
                                Stream.of(javafx.stage.Screen.getPrimary()),
                                javafx.stage.Screen.getScreens().stream())
                        .map(javafx.stage.Screen::getVisualBounds)
                        .distinct()
                        .toList();
        var place = WindowPlace.of(look, displays);
        window.setMinWidth(Math.min(MIN_WIDTH, place.width()));
        window.setMinHeight(Math.min(MIN_HEIGHT, place.height()));
        window.setX(place.x());
        window.setY(place.y());
        window.setWidth(place.width());
        window.setHeight(place.height());
        window.setMaximized(look.maximized());
    }

    private void again() {
        var window = stage;
        var view = start;
        if (window != null && view != null && attempt.isDone()) {
            view.clear();
            bringUp();
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
        var screens = frame(ready, ready.target(), theme, window.getScene());
        frame = screens;
        if (Boolean.TRUE.equals(look.fleet())) {
            screens.session().goTo(Destination.fleet());
        }
        afterNextPulse(
                screens.scene(),
                () -> {
                    whenUsable.run();
                    var _ = screens.prepareScreens();
                });
        window.setScene(screens.scene());
        if (start != null) {
            start.stop();
        }
        var link = wanted;
        if (link != null) {
            wanted = null;
            screens.open(link);
        }
    }

    private static void afterNextPulse(Scene scene, Runnable then) {
        Runnable[] once = new Runnable[1];
        once[0] =
                () -> {
                    scene.removePostLayoutPulseListener(once[0]);
                    then.run();
                };
        scene.addPostLayoutPulseListener(once[0]);
    }

    private void leave(Stage window) {
        var screens = frame;
        boolean maximized = window.isMaximized();
        // The place of a maximized window is the display's; what it was before counts.
        var now =
                new ConsoleMemory(
                        screens == null || screens.theme() == theme
                                ? look.theme()
                                : screens.theme(),
                        maximized ? look.width() : window.getWidth(),
                        maximized ? look.height() : window.getHeight(),
                        maximized,
                        screens == null ? look.target() : screens.session().target().key(),
                        screens == null ? look.fleet() : Boolean.valueOf(showsFleet(screens)),
                        maximized ? look.x() : Double.valueOf(window.getX()),
                        maximized ? look.y() : Double.valueOf(window.getY()),
                        Language.chosen(),
                        Motion.chosen());
        if (screens != null) {
            screens.close();
        }
        Set.copyOf(others).forEach(Stage::hide);
        background.execute(
                () -> {
                    now.write(memory);
                    closed.countDown();
                });
    }

    private static boolean showsFleet(Frame screens) {
        return screens.session().destinationProperty().get().screen().equals(Destination.FLEET);
    }

    /// Another window on purpose, over the same services: two servers side by side.
    private void openAnother(Startup.Ready ready, Frame beside) {
        var window = new Stage();
        var place = beside.scene().getWindow();
        var screens = frame(ready, beside.session().target(), beside.theme(), beside.scene());
        window.setTitle("LakebaseOps");
        window.setScene(screens.scene());
        window.setX(place.getX() + STEP);
        window.setY(place.getY() + STEP);
        window.setWidth(place.getWidth());
        window.setHeight(place.getHeight());
        others.add(window);
        window.setOnHidden(
                _ -> {
                    others.remove(window);
                    screens.close();
                });
        window.show();
    }

    private Frame frame(Startup.Ready ready, TargetId target, Theme theme, Scene size) {
        var screens =
                new Frame(
                        ready.services(),
                        target,
                        new FxExecutor(),
                        theme,
                        size.getWidth(),
                        size.getHeight());
        screens.scene()
                .addEventFilter(
                        KeyEvent.KEY_PRESSED,
                        e -> {
                            if (e.isShortcutDown() && e.getCode() == KeyCode.N) {
                                openAnother(ready, screens);
                                e.consume();
                            }
                        });
        return screens;
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

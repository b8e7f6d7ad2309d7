package io.lakebaseops.console.shell;

import io.lakebaseops.agents.performance.indexes.RelationSearch;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Screen;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.Theme;
import io.lakebaseops.console.ask.AskDrawer;
import io.lakebaseops.console.parts.CutText;
import io.lakebaseops.console.report.ReportDesk;
import io.lakebaseops.domain.TargetId;

import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// The content of one window: its session, its shell, and the screens of the registry over them.
/// Made on the JavaFX thread.
public final class Frame implements AutoCloseable {
    private final ConsoleSession session;
    private final List<Screen> screens;
    private final ShellView shell;
    private final Scene scene;
    private final ScreenPreloader preloader;
    private boolean acted;
    private Theme theme;

    public Frame(
            ConsoleServices services,
            TargetId target,
            Executor screen,
            Theme theme,
            double width,
            double height) {
        this(services, ConsoleScreens.of(services), target, screen, theme, width, height);
    }

    Frame(
            ConsoleServices services,
            List<Screen> screens,
            TargetId target,
            Executor screen,
            Theme theme,
            double width,
            double height) {
        this.theme = theme;
        this.screens = ConsoleScreens.checked(screens);
        session = new ConsoleSession(services, target, screen);
        var model =
                new ShellViewModel(
                        session,
                        this.screens,
                        services.timeline(),
                        services.jobs(),
                        services.framework(),
                        services.queue(),
                        services.running());
        shell =
                new ShellView(
                        session,
                        model,
                        this.screens,
                        new PaletteObjects(
                                session, services, new RelationSearch(services.targets())),
                        close ->
                                new AskDrawer(session, services.ask(), services.framework(), close),
                        new ReportDesk(services, this.screens),
                        services.health().practice(),
                        this::switchTheme);
        session.onSwitchTheme(this::switchTheme);
        model.sayTroubles(services.runtime().troubles());
        ListSaver.of(
                        shell.root(),
                        services.runtime().background(),
                        words -> screen.execute(() -> model.sayTroubles(List.of(words))))
                .serve(shell.root());
        scene = new Scene(shell.root(), width, height);
        theme.applyTo(scene);
        CutText.readable(scene);
        scene.addEventFilter(
                KeyEvent.KEY_PRESSED,
                e -> {
                    acted = shell.onKey(e);
                    if (acted) {
                        e.consume();
                    }
                });
        // The letter of a key that moved the focus into a field must not be typed there too.
        scene.addEventFilter(
                KeyEvent.KEY_TYPED,
                e -> {
                    if (acted) {
                        e.consume();
                    }
                });
        scene.addEventFilter(
                MouseEvent.MOUSE_PRESSED,
                e -> {
                    if (e.getButton() == MouseButton.BACK || e.getButton() == MouseButton.FORWARD) {
                        shell.step(e.getButton() == MouseButton.BACK ? -1 : 1);
                        e.consume();
                    }
                });
        preloader =
                new ScreenPreloader(
                        this.screens, shell::view, scene, services.runtime().background());
        shell.activate();
    }

    /// Follows a link into the console; on the JavaFX thread.
    public void open(String link) {
        shell.open(link);
    }

    private void switchTheme() {
        theme = theme.other();
        theme.applyTo(scene);
    }

    public Scene scene() {
        return scene;
    }

    public Theme theme() {
        return theme;
    }

    public ConsoleSession session() {
        return session;
    }

    public List<Screen> screens() {
        return screens;
    }

    /// Makes the screens that nobody has visited yet, in idle moments; on the JavaFX thread, once.
    ///
    /// @return done when all are made; false when the window closed before
    public CompletableFuture<Boolean> prepareScreens() {
        return preloader.start();
    }

    /// Made now, if nobody visited the screen yet.
    public ScreenView<?> view(String screen) {
        return shell.view(screen);
    }

    @Override
    public void close() {
        preloader.stop();
        shell.deactivate();
        session.close();
    }
}

package io.lakebaseops.console.shell;

import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Screen;
import io.lakebaseops.console.Theme;
import io.lakebaseops.console.agents.AgentsView;
import io.lakebaseops.console.agents.AgentsViewModel;
import io.lakebaseops.console.approvals.ApprovalsView;
import io.lakebaseops.console.approvals.ApprovalsViewModel;
import io.lakebaseops.console.overview.OverviewView;
import io.lakebaseops.console.overview.OverviewViewModel;
import io.lakebaseops.domain.TargetId;

import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;

import java.util.List;
import java.util.concurrent.Executor;

/// All screens of one window, put together over one session. Made on the JavaFX thread.
public final class Frame implements AutoCloseable {
    private final ConsoleSession session;
    private final List<Screen> screens;
    private final ShellView shell;
    private final Scene scene;
    private Theme theme;

    public Frame(
            ConsoleServices services,
            TargetId target,
            Executor screen,
            Theme theme,
            double width,
            double height) {
        this.theme = theme;
        session = new ConsoleSession(services, target, screen);
        screens =
                List.of(
                        new OverviewView(session, new OverviewViewModel(session)),
                        new ApprovalsView(session, new ApprovalsViewModel(session)),
                        new AgentsView(session, new AgentsViewModel(session)));
        shell = new ShellView(session, new ShellViewModel(session), screens, this::switchTheme);
        scene = new Scene(shell.root(), width, height);
        theme.applyTo(scene);
        scene.addEventFilter(
                KeyEvent.KEY_PRESSED,
                e -> {
                    if (shell.onKey(e)) {
                        e.consume();
                    }
                });
        shell.activate();
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

    @Override
    public void close() {
        shell.deactivate();
        session.close();
    }
}

package io.lakebaseops.console;

import io.lakebaseops.console.approvals.ApprovalsViewModel;
import io.lakebaseops.console.fx.FxExecutor;
import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.parts.VerdictLine;
import io.lakebaseops.console.shell.Frame;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.testing.ScreenRobot;

import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.stage.Stage;

import org.testfx.api.FxRobot;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// The console in a real window on the headless platform, with a robot's hands.
final class OpenConsole implements AutoCloseable {
    final FakeShop shop;
    final FxRobot robot = ScreenRobot.shared();
    final Frame frame;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean held;
    private final Stage stage;

    OpenConsole(FakeShop shop, Path dir, int width, int height) {
        this(shop, dir, width, height, Theme.DARK);
    }

    OpenConsole(FakeShop shop, Path dir, int width, int height, Theme theme) {
        this(
                shop,
                background -> shop.services(background, dir.resolve("memory.json")),
                FakeShop.PRODUCTION,
                width,
                height,
                theme);
    }

    /// With other services than the invented ones, for what runs in the background of this window.
    OpenConsole(
            FakeShop shop,
            Function<Executor, ConsoleServices> made,
            TargetId target,
            int width,
            int height,
            Theme theme) {
        this.shop = shop;
        FxToolkit.headless();
        FxToolkit.start();
        var services =
                made.apply(
                        work -> {
                            if (!held) {
                                background.execute(work);
                            }
                        });
        frame =
                FxToolkit.call(
                        () -> new Frame(services, target, new FxExecutor(), theme, width, height));
        stage =
                FxToolkit.call(
                        () -> {
                            var window = new Stage();
                            window.setScene(frame.scene());
                            window.show();
                            return window;
                        });
        robot.targetWindow(stage);
        until(
                () ->
                        frame.view(Destination.OVERVIEW).model().stateProperty().get()
                                != ScreenState.LOADING);
        // The shell reads by itself; what the palette offers comes from there.
        until(() -> !((MenuButton) frame.scene().lookup("#branches")).getItems().isEmpty());
    }

    /// Returns when the screen shows what was read for it: a plan asked for is on it.
    void goTo(Destination to) {
        FxToolkit.call(
                () -> {
                    frame.session().goTo(to);
                    return to;
                });
        until(() -> shows(to));
    }

    private boolean shows(Destination to) {
        var model = frame.view(to.screen()).model();
        if (model.stateProperty().get() == ScreenState.LOADING) {
            return false;
        }
        if (to.item() != null && model instanceof ApprovalsViewModel approvals) {
            var shown = approvals.shownProperty().get();
            return shown != null && shown.id().toString().equals(to.item());
        }
        return true;
    }

    /// From now on nothing that is asked for is ever read.
    void hold() {
        held = true;
    }

    void resize(int width, int height) {
        FxToolkit.call(
                () -> {
                    stage.setWidth(width);
                    stage.setHeight(height);
                    return stage;
                });
        until(() -> frame.scene().getWidth() == width && frame.scene().getHeight() == height);
    }

    Node node(String selector) {
        return FxToolkit.call(() -> frame.scene().lookup(selector));
    }

    String text(String selector) {
        return FxToolkit.call(
                () ->
                        frame.scene().lookup(selector) instanceof VerdictLine verdict
                                ? verdict.sentence()
                                : ((Labeled) frame.scene().lookup(selector)).getText());
    }

    boolean shown(String selector) {
        return FxToolkit.call(
                () -> {
                    var node = frame.scene().lookup(selector);
                    return node != null && node.isVisible();
                });
    }

    boolean disabled(String selector) {
        return FxToolkit.call(() -> frame.scene().lookup(selector).isDisabled());
    }

    void settle() {
        for (int i = 0; i < 3; i++) {
            FxToolkit.call(
                    () -> {
                        frame.scene().getRoot().applyCss();
                        frame.scene().getRoot().layout();
                        return frame;
                    });
        }
    }

    void until(Callable<Boolean> there) {
        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(60))
                .pollInterval(java.time.Duration.ofMillis(25))
                .until(
                        () ->
                                FxToolkit.call(
                                        () -> {
                                            try {
                                                return there.call();
                                            } catch (Exception e) {
                                                throw new AssertionError(e);
                                            }
                                        }));
        settle();
    }

    @Override
    public void close() {
        letGo();
        // What an answer on its way would read next is for nobody any more.
        held = true;
        FxToolkit.call(
                () -> {
                    stage.hide();
                    frame.close();
                    return frame;
                });
        // A question or a read that a test holds would be waited for without end.
        background.shutdownNow();
        background.close();
    }

    /// An answer that a test holds up would be waited for; it comes while the window is there.
    private void letGo() {
        var held = shop.ask.pause;
        if (held != null) {
            held.countDown();
            until(() -> shop.threads.running().isEmpty());
            settle();
        }
    }
}

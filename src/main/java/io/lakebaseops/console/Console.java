package io.lakebaseops.console;

import io.lakebaseops.console.fx.FxToolkit;
import io.lakebaseops.console.fx.HandOver;
import io.lakebaseops.console.shell.Frame;
import io.lakebaseops.domain.TargetId;

import javafx.application.Platform;
import javafx.stage.Stage;

import java.util.concurrent.CountDownLatch;

/// The console's window: opens it and waits for its end.
public final class Console {
    private Console() {}

    /// Opens the window on `target` and returns when it is closed. Not on the JavaFX thread.
    ///
    /// @param whenVisible runs once the window can be seen
    public static void show(ConsoleServices services, TargetId target, Runnable whenVisible) {
        var memory = ConsoleMemory.read(services.memory());
        FxToolkit.start();
        var closed = new CountDownLatch(1);
        Platform.runLater(() -> open(services, target, memory, whenVisible, closed));
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void open(
            ConsoleServices services,
            TargetId target,
            ConsoleMemory memory,
            Runnable whenVisible,
            CountDownLatch closed) {
        var stage = new Stage();
        var frame =
                new Frame(
                        services,
                        target,
                        new HandOver(),
                        memory.theme(),
                        memory.width(),
                        memory.height());
        stage.setTitle("LakebaseOps");
        stage.setScene(frame.scene());
        stage.setMinWidth(1024);
        stage.setMinHeight(640);
        stage.setMaximized(memory.maximized());
        stage.setOnShown(_ -> whenVisible.run());
        stage.setOnHidden(
                _ -> {
                    var now =
                            new ConsoleMemory(
                                    frame.theme(),
                                    frame.scene().getWidth(),
                                    frame.scene().getHeight(),
                                    stage.isMaximized());
                    frame.close();
                    services.background()
                            .execute(
                                    () -> {
                                        now.write(services.memory());
                                        closed.countDown();
                                    });
                });
        stage.show();
    }
}

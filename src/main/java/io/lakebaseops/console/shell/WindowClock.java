package io.lakebaseops.console.shell;

import io.lakebaseops.console.fx.FxTicker;

import javafx.scene.Parent;
import javafx.stage.Stage;

import java.time.Duration;

/// A tick a second while the window can be seen: nobody watches ages and running work grow in one
/// that is minimised.
final class WindowClock {
    private final Parent root;
    private final FxTicker seconds;

    WindowClock(Parent root, Runnable tick) {
        this.root = root;
        seconds =
                new FxTicker(
                        Duration.ofSeconds(1),
                        () -> {
                            if (!minimised()) {
                                tick.run();
                            }
                        });
    }

    void start() {
        seconds.start();
    }

    void stop() {
        seconds.stop();
    }

    private boolean minimised() {
        var scene = root.getScene();
        return scene != null && scene.getWindow() instanceof Stage stage && stage.isIconified();
    }
}

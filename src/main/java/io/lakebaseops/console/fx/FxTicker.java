package io.lakebaseops.console.fx;

import javafx.application.Platform;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Runs something on the JavaFX thread again and again, at a pace of its own. A `Timeline` would do
/// the same, but while one runs JavaFX prepares sixty pictures a second, whether anything changed
/// or not.
public final class FxTicker {
    private final Duration pace;
    private final Runnable tick;
    private int run;
    private boolean on;

    public FxTicker(Duration pace, Runnable tick) {
        this.pace = pace;
        this.tick = tick;
    }

    /// The first tick comes one pace from now; on the JavaFX thread, like [#stop].
    public void start() {
        if (!on) {
            on = true;
            await(++run);
        }
    }

    public void stop() {
        on = false;
    }

    private void await(int mine) {
        CompletableFuture.delayedExecutor(
                        pace.toMillis(), TimeUnit.MILLISECONDS, Platform::runLater)
                .execute(() -> tick(mine));
    }

    private void tick(int mine) {
        if (on && mine == run) {
            try {
                tick.run();
            } finally {
                await(mine);
            }
        }
    }
}

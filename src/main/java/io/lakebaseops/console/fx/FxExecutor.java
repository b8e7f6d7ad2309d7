package io.lakebaseops.console.fx;

import javafx.application.Platform;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/// Hands work over to the JavaFX thread. Everything handed over between two pulses runs in one go,
/// in order, so a burst of events costs the JavaFX thread one wake-up.
public final class FxExecutor implements Executor {
    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Executor toolkit;

    public FxExecutor() {
        this(Platform::runLater);
    }

    FxExecutor(Executor toolkit) {
        this.toolkit = toolkit;
    }

    @Override
    public void execute(Runnable shown) {
        waiting.add(shown);
        if (scheduled.compareAndSet(false, true)) {
            toolkit.execute(this::drain);
        }
    }

    private void drain() {
        scheduled.set(false);
        try {
            // Only what waits now: a task that hands over again must not starve the pulse.
            for (int n = waiting.size(); n > 0; n--) {
                var next = waiting.poll();
                if (next == null) {
                    return;
                }
                next.run();
            }
        } finally {
            // Also after a task failed: those behind it still get their pulse.
            if (!waiting.isEmpty() && scheduled.compareAndSet(false, true)) {
                toolkit.execute(this::drain);
            }
        }
    }
}

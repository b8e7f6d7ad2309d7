package io.lakebaseops.console.fx;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Reads in the background and shows on the JavaFX thread. However often it is asked, one read runs
/// at a time and at most one more follows, so bursts of events collapse into two reads.
///
/// @param <T> what is read
public final class Refresher<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Refresher.class);

    private enum Phase {
        IDLE,
        READING,
        AGAIN,
        CLOSED
    }

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);
    private final Executor background;
    private final Executor screen;
    private final Supplier<T> read;
    private final Consumer<T> show;
    private final Consumer<RuntimeException> failed;

    public Refresher(
            Executor background,
            Executor screen,
            Supplier<T> read,
            Consumer<T> show,
            Consumer<RuntimeException> failed) {
        this.background = background;
        this.screen = screen;
        this.read = read;
        this.show = show;
        this.failed = failed;
    }

    /// From any thread.
    public void request() {
        var before =
                phase.getAndUpdate(
                        p ->
                                switch (p) {
                                    case IDLE -> Phase.READING;
                                    case READING, AGAIN -> Phase.AGAIN;
                                    case CLOSED -> Phase.CLOSED;
                                });
        if (before == Phase.IDLE) {
            background.execute(this::readOnce);
        }
    }

    /// Nothing is shown any more, also not what is being read.
    public void close() {
        phase.set(Phase.CLOSED);
    }

    // A boundary: whatever a read throws belongs on the screen, not on a dying thread.
    private void readOnce() {
        Runnable outcome;
        try {
            T value = read.get();
            outcome = () -> show.accept(value);
        } catch (RuntimeException e) {
            LOG.warn("A screen could not be read", e);
            outcome = () -> failed.accept(e);
        }
        var toShow = outcome;
        screen.execute(() -> finish(toShow));
    }

    private void finish(Runnable toShow) {
        if (phase.get() == Phase.CLOSED) {
            return;
        }
        try {
            toShow.run();
        } finally {
            var before =
                    phase.getAndUpdate(
                            p ->
                                    switch (p) {
                                        case IDLE, READING -> Phase.IDLE;
                                        case AGAIN -> Phase.READING;
                                        case CLOSED -> Phase.CLOSED;
                                    });
            if (before == Phase.AGAIN) {
                background.execute(this::readOnce);
            }
        }
    }
}

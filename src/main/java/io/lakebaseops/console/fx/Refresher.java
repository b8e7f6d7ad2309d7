package io.lakebaseops.console.fx;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Reads in the background and shows on the JavaFX thread. However often it is asked, one read runs
/// at a time and at most one more follows, so bursts of events collapse into two reads.
///
/// Each read carries what it was read for (the server looked at). When that changed meanwhile its
/// result is dropped: figures of one server never appear under the name of another.
///
/// @param <K> what is read for
/// @param <T> what is read
public final class Refresher<K, T> {
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
    private final Supplier<K> wanted;
    private final Function<K, T> read;
    private final Consumer<T> show;
    private final Consumer<Throwable> failed;

    /// @param wanted what is looked at now; from any thread
    public Refresher(
            Executor background,
            Executor screen,
            Supplier<K> wanted,
            Function<K, T> read,
            Consumer<T> show,
            Consumer<Throwable> failed) {
        this.background = background;
        this.screen = screen;
        this.wanted = wanted;
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

    // A boundary: whatever a read throws, an Error too, belongs on the screen, not on a dying
    // thread.
    private void readOnce() {
        var stamp = wanted.get();
        Runnable outcome;
        try {
            T value = read.apply(stamp);
            outcome = () -> show.accept(value);
        } catch (Throwable e) {
            LOG.warn("A screen could not be read", e);
            outcome = () -> failed.accept(e);
        }
        var toShow = outcome;
        screen.execute(() -> finish(stamp, toShow));
    }

    private void finish(K stamp, Runnable toShow) {
        if (phase.get() == Phase.CLOSED) {
            return;
        }
        try {
            if (stamp.equals(wanted.get())) {
                toShow.run();
            }
        } catch (RuntimeException e) { // what cannot be drawn is a failure of the screen as well
            LOG.warn("A screen could not show what was read", e);
            failed.accept(e);
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

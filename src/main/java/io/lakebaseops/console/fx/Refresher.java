package io.lakebaseops.console.fx;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Reads in the background and shows on the JavaFX thread. However often it is asked, one read runs
/// at a time and at most one more follows, so bursts of events collapse into two reads. A few
/// events in a row are followed at once; a stream of them two times a second, which is as fast as
/// figures can be read.
///
/// Each read carries what it was read for (the server looked at). When that changed meanwhile its
/// result is dropped: figures of one server never appear under the name of another.
///
/// @param <K> what is read for
/// @param <T> what is read
public final class Refresher<K, T> {
    private static final Logger LOG = LoggerFactory.getLogger(Refresher.class);

    /// Reads that events may ask for at once, and how long it takes until one more is free.
    private static final int AT_ONCE = 8;

    private static final Duration PACE = Duration.ofMillis(500);

    private enum Phase {
        IDLE,
        /// An event waits until it is its turn.
        PAUSED,
        READING,
        /// An event came while it was read: once more, at its turn.
        FOLLOW,
        /// A person asked while it was read: once more, at once.
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

    /// When the last read for an event was due at the pace; before now by `AT_ONCE` at most.
    private final AtomicLong due = new AtomicLong(System.nanoTime() - AT_ONCE * PACE.toNanos());

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

    /// For what changed by itself, however often it does. From any thread.
    public void follow() {
        // A read may end between a look at the phase and the note that it is out of date.
        while (!followed(Objects.requireNonNull(phase.get()))) {
            Thread.onSpinWait();
        }
    }

    private boolean followed(Phase now) {
        return switch (now) {
            case IDLE -> {
                takeTurn();
                yield true;
            }
            case READING -> phase.compareAndSet(Phase.READING, Phase.FOLLOW);
            case PAUSED, FOLLOW, AGAIN, CLOSED -> true;
        };
    }

    /// Should a read begin meanwhile, it begins after the event and sees it.
    private void takeTurn() {
        long wait = untilTurn(System.nanoTime());
        if (wait <= 0) {
            request();
        } else if (phase.compareAndSet(Phase.IDLE, Phase.PAUSED)) {
            CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS, background)
                    .execute(this::endPause);
        }
    }

    private void endPause() {
        if (phase.compareAndSet(Phase.PAUSED, Phase.READING)) {
            readOnce();
        }
    }

    /// Nanoseconds until one more read is free, which is taken; up to `AT_ONCE` are saved up.
    private long untilTurn(long now) {
        long pace = PACE.toNanos();
        long next = due.updateAndGet(d -> Math.max(d, now - AT_ONCE * pace) + pace);
        return next - now;
    }

    /// For a person, who does not wait. From any thread.
    public void request() {
        var before =
                phase.getAndUpdate(
                        p ->
                                switch (p) {
                                    case IDLE, PAUSED -> Phase.READING;
                                    case READING, FOLLOW, AGAIN -> Phase.AGAIN;
                                    case CLOSED -> Phase.CLOSED;
                                });
        if (before == Phase.IDLE || before == Phase.PAUSED) {
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
                                        case IDLE, READING, FOLLOW -> Phase.IDLE;
                                        case AGAIN -> Phase.READING;
                                        case PAUSED, CLOSED -> p;
                                    });
            if (before == Phase.AGAIN) {
                background.execute(this::readOnce);
            } else if (before == Phase.FOLLOW) {
                follow();
            }
        }
    }
}

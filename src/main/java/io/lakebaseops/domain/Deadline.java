package io.lakebaseops.domain;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// The moment until which work may go on, and its cancellation; passed down to every blocking
/// call.
///
/// Monotonic time, so a changed wall clock neither cuts work short nor lets it run on.
public final class Deadline {
    private final long endNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Runnable> onCancel = new ArrayDeque<>();
    private final AtomicInteger shields = new AtomicInteger();
    private volatile boolean cancelled;

    private Deadline(long endNanos) {
        this.endNanos = endNanos;
    }

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    public boolean expired() {
        return System.nanoTime() - endNanos >= 0;
    }

    public boolean cancelled() {
        return cancelled;
    }

    /// Asks everything below to stop: runs the registered actions (`Statement.cancel`, …) once.
    public void cancel() {
        Runnable[] actions;
        lock.lock();
        try {
            if (cancelled) {
                return;
            }
            cancelled = true;
            actions = onCancel.toArray(Runnable[]::new);
            onCancel.clear();
        } finally {
            lock.unlock();
        }
        for (var action : actions) {
            action.run();
        }
    }

    /// Registers what to do on cancel (at once if already cancelled); close to deregister.
    public Registration onCancel(Runnable action) {
        lock.lock();
        try {
            if (!cancelled) {
                onCancel.add(action);
                return () -> remove(action);
            }
        } finally {
            lock.unlock();
        }
        action.run();
        return () -> {};
    }

    private void remove(Runnable action) {
        lock.lock();
        try {
            onCancel.remove(action);
        } finally {
            lock.unlock();
        }
    }

    /// Until closed, whoever cancels asks but does not interrupt, and waits for the end: for work
    /// that stops by itself and has to clean up, which an interrupt would cut from its servers.
    public Registration shield() {
        shields.incrementAndGet();
        var open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                shields.decrementAndGet();
            }
        };
    }

    public boolean shielded() {
        return shields.get() > 0;
    }

    /// Throws when cancelled or past; `what` names the work for the message.
    public void check(String what) {
        if (cancelled) {
            throw new OpsException(
                    OpsException.Kind.CANCELLED, what, "cancelled", "run it again when ready");
        }
        if (expired()) {
            throw new OpsException(
                    OpsException.Kind.TIMEOUT,
                    what,
                    "did not finish before its deadline",
                    "check the target's load or raise the tool's timeout");
        }
    }

    /// Waits for a while, at most until it is past or somebody cancels, which [#check] then says.
    public void pause(String what, Duration time) {
        var stopped = new CountDownLatch(1);
        var rest = remaining().plusMillis(1);
        try (var _ = onCancel(stopped::countDown)) {
            boolean _ = stopped.await(Math.min(time.toNanos(), rest.toNanos()), NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpsException(
                    OpsException.Kind.CANCELLED, what, "interrupted", "run it again", e);
        }
        check(what);
    }

    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}

package io.lakebaseops.change.execution;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// The request to stop a running plan, handed to the step that runs then.
///
/// The step is cancelled at its server, which is waited for: only the server knows whether the
/// statement was done already. What a cancelled step left behind is cleaned up all the same.
public final class RunCancellation {
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Deadline current;
    private @Nullable Actor by;

    /// The first request counts.
    public void request(Actor actor) {
        Deadline running;
        lock.lock();
        try {
            if (by == null) {
                by = actor;
            }
            running = current;
        } finally {
            lock.unlock();
        }
        if (running != null) {
            running.cancel();
        }
    }

    /// Who wants it stopped.
    Optional<String> requested() {
        lock.lock();
        try {
            return Optional.ofNullable(by).map(Actor::name);
        } finally {
            lock.unlock();
        }
    }

    /// The step that is to be stopped from now on, until closed.
    Deadline.Registration at(Deadline deadline) {
        boolean stop;
        lock.lock();
        try {
            current = deadline;
            stop = by != null;
        } finally {
            lock.unlock();
        }
        if (stop) {
            deadline.cancel();
        }
        return this::leave;
    }

    private void leave() {
        lock.lock();
        try {
            current = null;
        } finally {
            lock.unlock();
        }
    }

    public void ended() {
        ended.countDown();
    }

    /// False when it goes on after that time.
    public boolean awaitEnd(Duration patience) {
        try {
            return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

package io.lakebaseops.local.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Injected faults on the way between a client and its compute. Nothing, unless a test or a game
/// day says so.
public final class PipeFaults {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Duration latency = Duration.ZERO;
    private volatile boolean frozen;
    private volatile boolean refusing;

    public void latency(Duration each) {
        latency = each;
    }

    public void refuse(boolean on) {
        refusing = on;
    }

    public void freeze(boolean on) {
        lock.lock();
        try {
            frozen = on;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public void clear() {
        latency(Duration.ZERO);
        refuse(false);
        freeze(false);
    }

    boolean refusing() {
        return refusing;
    }

    /// Waits as long as a request on its way to the server has to wait.
    void onRequest(BooleanSupplier open) throws IOException, InterruptedException {
        Duration delay = latency;
        if (delay.isPositive()) {
            Thread.sleep(delay);
        }
        whileFrozen(open);
    }

    /// Waits while nothing passes, and ends when the connection is cut meanwhile.
    void whileFrozen(BooleanSupplier open) throws IOException, InterruptedException {
        if (!frozen) {
            return;
        }
        lock.lock();
        try {
            while (frozen && open.getAsBoolean()) {
                changed.await(100, java.util.concurrent.TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
        if (!open.getAsBoolean()) {
            throw new IOException("connection was cut");
        }
    }
}

package io.lakebaseops.framework;

import io.lakebaseops.framework.work.TaskExecutor;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The queue of one subscriber: in order, bounded, emptied by at most one thread at a time.
///
/// When full the oldest event gives way: what happened last says most about how things stand.
final class Mailbox {
    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    private final String name;
    private final Consumer<OpsEvent> subscriber;
    private final int capacity;
    private final TaskExecutor room;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition delivered = lock.newCondition();
    private final Deque<OpsEvent> queue = new ArrayDeque<>();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private boolean draining;
    private boolean overflowing;
    private boolean closed;

    Mailbox(String name, Consumer<OpsEvent> subscriber, int capacity, TaskExecutor room) {
        this.name = name;
        this.subscriber = subscriber;
        this.capacity = capacity;
        this.room = room;
    }

    /// Quick and never blocking, for the publisher; [#deliver] follows.
    void enqueue(OpsEvent event) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (queue.size() >= capacity) {
                queue.removeFirst();
                dropped.incrementAndGet();
                if (!overflowing) {
                    // Once per overflow: a flood must not become a flood of log lines.
                    overflowing = true;
                    log.warn("{} cannot keep up: oldest of {} events dropped", name, capacity);
                }
            }
            queue.addLast(event);
        } finally {
            lock.unlock();
        }
    }

    void deliver() {
        lock.lock();
        try {
            if (draining || queue.isEmpty()) {
                return;
            }
            draining = true;
        } finally {
            lock.unlock();
        }
        room.launch("events for " + name, this::drain);
    }

    private void drain() {
        for (var event = next(); event != null; event = next()) {
            try {
                subscriber.accept(event);
            } catch (RuntimeException e) { // boundary: a failing subscriber stays subscribed
                failed.incrementAndGet();
                log.error("{} failed on {}", name, event, e);
            }
        }
    }

    private @Nullable OpsEvent next() {
        lock.lock();
        try {
            var event = queue.pollFirst();
            if (event == null) {
                draining = false;
                overflowing = false;
                delivered.signalAll();
            }
            return event;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until everything taken is delivered, or a moment of `System.nanoTime()` has come; says
    /// whether it is.
    boolean awaitIdle(long until) throws InterruptedException {
        lock.lock();
        try {
            long rest = until - System.nanoTime();
            while ((draining || !queue.isEmpty()) && rest > 0) {
                rest = delivered.awaitNanos(rest);
            }
            return !draining && queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            queue.clear();
        } finally {
            lock.unlock();
        }
    }

    OrderedEventBus.Traffic traffic() {
        return new OrderedEventBus.Traffic(name, dropped.get(), failed.get());
    }
}

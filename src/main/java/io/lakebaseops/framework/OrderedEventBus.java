package io.lakebaseops.framework;

import io.lakebaseops.framework.work.TaskExecutor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The bus of one console: a [Mailbox] per subscriber, so a slow one holds up nobody, and the last
/// events kept for the timeline.
public final class OrderedEventBus implements EventBus, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OrderedEventBus.class);

    /// Hours of ordinary traffic of fifty targets; far below what would hurt the heap.
    private static final int QUEUE = 10_000;

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final TaskExecutor room;
    private final int capacity;
    private final List<Mailbox> mailboxes = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    public OrderedEventBus(TaskExecutor room) {
        this(room, QUEUE);
    }

    OrderedEventBus(TaskExecutor room, int capacity) {
        this.room = room;
        this.capacity = capacity;
    }

    @Override
    public void publish(OpsEvent event) {
        lock.lock();
        try {
            if (closed) {
                log.debug("Published after close, dropped: {}", event);
                return;
            }
            // Under the lock, so that all subscribers see the same order.
            mailboxes.forEach(m -> m.enqueue(event));
        } finally {
            lock.unlock();
        }
        mailboxes.forEach(Mailbox::deliver);
    }

    @Override
    public Subscription subscribe(String name, Consumer<OpsEvent> subscriber) {
        var mailbox = new Mailbox(name, subscriber, capacity, room);
        mailboxes.add(mailbox);
        return () -> {
            mailboxes.remove(mailbox);
            mailbox.close();
        };
    }

    /// How each subscriber keeps up.
    public List<Traffic> traffic() {
        return mailboxes.stream().map(Mailbox::traffic).toList();
    }

    /// @param dropped events given up because the subscriber could not keep up
    /// @param failed events on which the subscriber threw
    public record Traffic(String subscriber, long dropped, long failed) {}

    /// Takes no more events and waits until those taken are delivered, two seconds at most.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        long end = System.nanoTime() + CLOSE_WITHIN.toNanos();
        try {
            for (var mailbox : mailboxes) {
                if (!mailbox.awaitIdle(end)) {
                    log.warn("Closed with events left: {}", mailbox.traffic());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        mailboxes.forEach(Mailbox::close);
    }
}

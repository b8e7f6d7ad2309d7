package io.lakebaseops.console;

import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The last events this console heard, for the timeline. Rounds of measuring are left out: they
/// would push everything else away within minutes.
public final class EventJournal implements AutoCloseable {
    private static final int KEPT = 300;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<OpsEvent> events = new ArrayDeque<>();
    private final EventBus.Subscription subscription;

    public EventJournal(EventBus bus) {
        subscription = bus.subscribe("console-journal", this::keep);
    }

    private void keep(OpsEvent event) {
        if (event instanceof OpsEvent.HealthMeasured) {
            return;
        }
        lock.lock();
        try {
            events.addFirst(event);
            if (events.size() > KEPT) {
                events.removeLast();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Newest first.
    public List<OpsEvent> heard() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}

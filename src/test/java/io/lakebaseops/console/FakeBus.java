package io.lakebaseops.console;

import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Delivers at once, on the publisher's thread.
public final class FakeBus implements EventBus {
    private final List<Consumer<OpsEvent>> subscribers = new CopyOnWriteArrayList<>();

    @Override
    public void publish(OpsEvent event) {
        subscribers.forEach(s -> s.accept(event));
    }

    @Override
    public Subscription subscribe(String name, Consumer<OpsEvent> subscriber) {
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }

    public int subscribers() {
        return subscribers.size();
    }
}

package io.lakebaseops.framework;

import java.util.function.Consumer;

/// Carries events from who noticed to who acts. Delivery is in order per subscriber, on a thread of
/// `framework.work`; a subscriber that fails is logged and stays subscribed.
public interface EventBus {
    void publish(OpsEvent event);

    /// @param name of the subscriber, for logs and its thread
    Subscription subscribe(String name, Consumer<OpsEvent> subscriber);

    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}

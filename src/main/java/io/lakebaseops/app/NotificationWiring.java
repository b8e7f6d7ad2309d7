package io.lakebaseops.app;

import io.lakebaseops.config.NotificationsFile;
import io.lakebaseops.config.SecretStore;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.notify.Notifications;
import io.lakebaseops.notify.Notifier;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.OutboxStore;
import io.lakebaseops.state.StateDb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/// The parts that tell people about alerts: the channels of the configuration, and who works off
/// the outbox.
final class NotificationWiring implements AutoCloseable {
    /// Also what another console raised, and what somebody acknowledged, is told soon.
    private static final Duration EVERY = Duration.ofSeconds(5);

    private static final String NAME = "notifications";

    private final Lazy<Notifications> notifications;
    private final Lazy<Notifier> notifier;
    private final Supplier<StateDb> db;
    private final Path home;

    NotificationWiring(
            Path home,
            SecretStore secrets,
            Supplier<Alerts> alerts,
            Supplier<StateDb> db,
            TaskExecutor room,
            Clock clock) {
        this.db = db;
        this.home = home;
        notifications =
                new Lazy<>(
                        () ->
                                new Notifications(
                                        content(home), secrets, room.executor(NAME), clock));
        notifier =
                new Lazy<>(
                        () ->
                                notifications
                                        .get()
                                        .notifier(
                                                alerts.get(),
                                                new OutboxStore(db.get()),
                                                () -> db.get().tryLease(NAME)));
    }

    private static NotificationsFile.Content content(Path home) {
        try {
            return new NotificationsFile(home).read();
        } catch (IOException e) {
            throw new UncheckedIOException("The notification channels cannot be read", e);
        }
    }

    /// Reads the file again, after it was changed here.
    void reread() {
        notifications.get().use(content(home));
    }

    NotificationsFile file() {
        return new NotificationsFile(home);
    }

    Notifications channels() {
        return notifications.get();
    }

    OutboxStore outbox() {
        return new OutboxStore(db.get());
    }

    /// From now on alerts are told as they come.
    void start(TaskExecutor room, EventBus events) {
        room.every(NAME, EVERY, () -> look(room));
        events.subscribe(
                NAME,
                event -> {
                    if (event instanceof OpsEvent.ThresholdBreached
                            || event instanceof OpsEvent.AlertRecovered) {
                        look(room);
                    }
                });
    }

    private void look(TaskExecutor room) {
        // Channels may be added while the console runs.
        if (!channels().config().channels().isEmpty()) {
            room.launch(NAME, () -> notifier.get().look());
        }
    }

    @Override
    public void close() throws Exception {
        notifier.close();
    }
}

package io.lakebaseops.console;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.work.Ticker;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Executor;

/// What all screens of one window share: the target looked at, its data's age, where we are.
public final class ConsoleSession implements AutoCloseable {
    private final ConsoleServices services;
    private final Executor screen;
    private final DataAge age;
    private Ticker.Ticking watching;
    private final EventJournal journal;
    private final ReadOnlyObjectWrapper<TargetId> target;
    private final ObjectProperty<Destination> destination =
            new SimpleObjectProperty<>(new Destination.Overview());

    /// @param screen runs on the JavaFX thread; a test hands in one that runs at once
    public ConsoleSession(ConsoleServices services, TargetId target, Executor screen) {
        this.services = services;
        this.screen = screen;
        this.target = new ReadOnlyObjectWrapper<>(target);
        age = new DataAge(services, target, screen);
        watching = services.watch().apply(target);
        journal = new EventJournal(services.events());
    }

    public ConsoleServices services() {
        return services;
    }

    public Executor screen() {
        return screen;
    }

    public DataAge age() {
        return age;
    }

    public EventJournal journal() {
        return journal;
    }

    public TargetId target() {
        return target.get();
    }

    public ReadOnlyObjectProperty<TargetId> targetProperty() {
        return target.getReadOnlyProperty();
    }

    public void lookAt(TargetId next) {
        watching.close();
        watching = services.watch().apply(next);
        age.watch(next);
        target.set(next);
    }

    public ObjectProperty<Destination> destinationProperty() {
        return destination;
    }

    public void goTo(Destination next) {
        destination.set(next);
    }

    public Actor actor() {
        return Actor.human(services.user());
    }

    public Instant now() {
        return services.clock().instant();
    }

    public ZoneId zone() {
        return ZoneId.systemDefault();
    }

    @Override
    public void close() {
        watching.close();
        age.close();
        journal.close();
    }
}

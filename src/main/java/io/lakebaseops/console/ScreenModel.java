package io.lakebaseops.console;

import io.lakebaseops.console.DataAge.Freshness;
import io.lakebaseops.console.fx.Refresher;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ChangeListener;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/// What every screen's view model does alike: read in the background, follow events while it is
/// shown, and say in one state how far its data may be trusted.
///
/// @param <T> an immutable picture of everything the screen shows
public abstract class ScreenModel<T> {
    protected final ConsoleSession session;
    protected final ConsoleServices services;
    private final ReadOnlyObjectWrapper<ScreenState> state =
            new ReadOnlyObjectWrapper<>(ScreenState.LOADING);
    private final ReadOnlyObjectWrapper<@Nullable T> data = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
    private final ChangeListener<Freshness> onAge = (_, _, _) -> restate();
    private final ChangeListener<TargetId> onTarget = (_, _, _) -> onTargetChanged();
    private @Nullable Refresher<T> refresher;
    private EventBus.@Nullable Subscription subscription;
    private boolean failed;

    protected ScreenModel(ConsoleSession session) {
        this.session = session;
        services = session.services();
    }

    /// Blocking; runs in the background.
    protected abstract T read(TargetId target);

    protected abstract boolean isEmpty(T picture);

    /// Must the screen be read again after this event?
    protected abstract boolean concerns(OpsEvent event);

    /// On the screen's thread, right after `data` changed.
    protected void shown(T picture) {}

    public void activate() {
        if (refresher != null) {
            return;
        }
        var reading =
                new Refresher<>(
                        services.background(),
                        session.screen(),
                        () -> read(session.target()),
                        this::show,
                        this::fail);
        refresher = reading;
        subscription =
                services.events()
                        .subscribe(
                                "console-" + getClass().getSimpleName(),
                                e -> {
                                    if (concerns(e)) {
                                        reading.request();
                                    }
                                });
        session.age().freshnessProperty().addListener(onAge);
        session.targetProperty().addListener(onTarget);
        reading.request();
    }

    public void deactivate() {
        var reading = refresher;
        if (reading == null) {
            return;
        }
        reading.close();
        refresher = null;
        Objects.requireNonNull(subscription).close();
        subscription = null;
        session.age().freshnessProperty().removeListener(onAge);
        session.targetProperty().removeListener(onTarget);
    }

    public void refresh() {
        if (refresher != null) {
            refresher.request();
        }
    }

    /// Runs a command off the screen's thread and reads again after it; a failure is shown.
    protected final void inBackground(Runnable command) {
        services.background()
                .execute(
                        () -> {
                            try {
                                command.run();
                            } catch (OpsException e) {
                                session.screen().execute(() -> fail(e));
                                return;
                            }
                            session.screen().execute(this::refresh);
                        });
    }

    private void onTargetChanged() {
        data.set(null);
        failed = false;
        restate();
        refresh();
    }

    private void show(T picture) {
        failed = false;
        trouble.set("");
        data.set(picture);
        shown(picture);
        restate();
    }

    /// Shows a failure of reading or of a command; the last good data stays.
    protected final void fail(RuntimeException e) {
        failed = true;
        trouble.set(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        restate();
    }

    private void restate() {
        var picture = data.get();
        if (failed) {
            state.set(ScreenState.FAILED);
        } else if (picture == null) {
            state.set(ScreenState.LOADING);
        } else if (session.age().freshnessProperty().get() == Freshness.STALE) {
            state.set(ScreenState.STALE);
        } else {
            state.set(isEmpty(picture) ? ScreenState.EMPTY : ScreenState.READY);
        }
    }

    public ReadOnlyObjectProperty<ScreenState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable T> dataProperty() {
        return data.getReadOnlyProperty();
    }

    /// What failed, why and what to do, while the state is FAILED.
    public ReadOnlyStringProperty troubleProperty() {
        return trouble.getReadOnlyProperty();
    }
}

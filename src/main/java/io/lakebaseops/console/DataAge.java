package io.lakebaseops.console;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Executor;

/// The age of what the screens show, and whether the target is still there.
///
/// Fed by events as they come and by a tick each second; both make it stale: a reported outage at
/// once, silence after the limit.
public final class DataAge implements AutoCloseable {

    public enum Freshness {
        /// Nothing measured yet.
        WAITING,
        LIVE,
        STALE
    }

    private final ReadOnlyObjectWrapper<Freshness> freshness =
            new ReadOnlyObjectWrapper<>(Freshness.WAITING);
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private final ConsoleServices services;
    private final Executor screen;
    private final EventBus.Subscription subscription;
    private TargetId target;
    private @Nullable Instant measured;
    private @Nullable Instant lostSince;
    private String reason = "";

    /// Seconds that the words say.
    private long told = -1;

    public DataAge(ConsoleServices services, TargetId target, Executor screen) {
        this.services = services;
        this.screen = screen;
        this.target = target;
        subscription = services.events().subscribe("console-age", this::onEvent);
        watch(target);
    }

    /// Follows another target from now on.
    public void watch(TargetId next) {
        target = next;
        measured = null;
        lostSince = null;
        reason = "";
        services.runtime()
                .background()
                .execute(
                        () -> {
                            var round = services.health().board().latest(next);
                            var outage = services.health().board().outage(next);
                            screen.execute(
                                    () -> {
                                        if (!next.equals(target)) {
                                            return;
                                        }
                                        round.ifPresent(r -> seen(r.at()));
                                        if (outage != null) {
                                            lost(outage.since(), outage.reason());
                                        }
                                        tick();
                                    });
                        });
        tick();
    }

    private void onEvent(OpsEvent event) {
        switch (event) {
            case OpsEvent.HealthMeasured m -> screen.execute(() -> onMeasured(m));
            case OpsEvent.ReachabilityChanged r -> screen.execute(() -> onReachability(r));
            case OpsEvent _ -> {}
        }
    }

    private void onMeasured(OpsEvent.HealthMeasured event) {
        if (event.target().equals(target)) {
            seen(event.at());
            lostSince = null;
            tick();
        }
    }

    private void onReachability(OpsEvent.ReachabilityChanged event) {
        if (event.target().equals(target)) {
            if (event.reachable()) {
                lostSince = null;
            } else {
                lost(event.at(), event.reason());
            }
            tick();
        }
    }

    private void seen(Instant at) {
        var known = measured;
        // A clock that was set back leaves what was measured before in the future.
        if (known == null || at.isAfter(known) || known.isAfter(now())) {
            measured = at;
        }
    }

    private void lost(Instant since, String why) {
        lostSince = since;
        reason = why;
    }

    /// To be called each second on the screen's thread; the text counts up with it.
    public void tick() {
        var now = now();
        var at = measured;
        if (at != null && at.isAfter(now)) {
            // How old it is nobody knows; silence counts from now on.
            at = now;
            measured = now;
        }
        var lost = lostSince;
        if (lost != null) {
            show(Freshness.STALE, Messages.of("age.stale", clock(at == null ? lost : at, now)));
        } else if (at == null) {
            show(Freshness.WAITING, Messages.of("age.waiting"));
        } else if (Duration.between(at, now).compareTo(services.runtime().staleAfter()) > 0) {
            show(Freshness.STALE, Messages.of("age.stale", clock(at, now)));
        } else {
            // Hundreds of rounds may come in one second, and the words are the same.
            long seconds = Duration.between(at, now).toSeconds();
            if (freshness.get() != Freshness.LIVE || seconds != told) {
                told = seconds;
                show(Freshness.LIVE, Messages.of("age.live", Texts.ago(at, now)));
            }
        }
    }

    private Instant now() {
        return services.runtime().clock().instant();
    }

    private static String clock(Instant at, Instant now) {
        return Texts.clock(at, now, ZoneId.systemDefault());
    }

    private void show(Freshness next, String words) {
        text.set(words);
        freshness.set(next);
    }

    public ReadOnlyObjectProperty<Freshness> freshnessProperty() {
        return freshness.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    /// Why the target was lost; empty while it answers or is merely silent.
    public String reason() {
        return lostSince == null ? "" : reason;
    }

    @Override
    public void close() {
        subscription.close();
    }
}

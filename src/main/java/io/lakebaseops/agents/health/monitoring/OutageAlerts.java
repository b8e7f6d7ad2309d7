package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.work.Ticker;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.Alerts.Alert;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/// Raises the alert about a server that does not answer; the first round it answers again ends it.
///
/// Screens say at once that a server is silent; people are called when it stays so, because a
/// server without processor time for a moment is no outage.
public final class OutageAlerts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OutageAlerts.class);

    private static final Duration COOLDOWN = Duration.ofMinutes(10);

    private static final Duration LOOK = Duration.ofSeconds(1);

    /// Looks, not seconds: time in which our own clock stood still is nobody's silence.
    private static final int LOOKS = 5;

    private final Alerts alerts;
    private final EventBus events;
    private final Predicate<TargetId> production;
    private final Executor work;
    private final Clock clock;
    private final Map<TargetId, Silence> silent = new ConcurrentHashMap<>();
    private final EventBus.Subscription subscription;
    private final Ticker.Ticking ticking;

    private record Silence(OpsEvent.ReachabilityChanged lost, int looks) {}

    /// @param production servers whose loss is critical; that of others is a warning
    /// @param work stores alerts
    public OutageAlerts(
            Alerts alerts,
            EventBus events,
            Predicate<TargetId> production,
            Ticker ticker,
            Executor work,
            Clock clock) {
        this.alerts = alerts;
        this.events = events;
        this.production = production;
        this.work = work;
        this.clock = clock;
        subscription = events.subscribe("outage alerts", this::onEvent);
        ticking = ticker.every("outage alerts", LOOK, this::look);
    }

    private void onEvent(OpsEvent event) {
        if (event instanceof OpsEvent.ReachabilityChanged r) {
            if (r.reachable()) {
                silent.remove(r.target());
            } else {
                silent.putIfAbsent(r.target(), new Silence(r, 0));
            }
        }
    }

    private void look() {
        for (var target : silent.keySet()) {
            var now =
                    silent.computeIfPresent(target, (_, s) -> new Silence(s.lost(), s.looks() + 1));
            if (now != null && now.looks() >= LOOKS && silent.remove(target, now)) {
                work.execute(() -> raised(now.lost()));
            }
        }
    }

    private void raised(OpsEvent.ReachabilityChanged lost) {
        try {
            raise(lost);
        } catch (OpsException e) {
            log.warn("The alert about {} could not be stored: {}", lost.target(), e.getMessage());
        }
    }

    /// A server that comes and goes is one trouble.
    private void raise(OpsEvent.ReachabilityChanged lost) {
        var last =
                alerts.recoveries(lost.target(), lost.at().minus(COOLDOWN)).stream()
                        .filter(a -> a.metric() == MetricName.NO_ANSWER_SECONDS)
                        .findFirst();
        if (last.isEmpty()) {
            open(lost);
            return;
        }
        var back = ReturnedAlert.of(last.get(), lost.at(), lost.at());
        var stored = alerts.save(back.alert());
        if (back.news() && stored.id().equals(last.get().id())) {
            tell(stored, lost.at());
        }
    }

    private void open(OpsEvent.ReachabilityChanged lost) {
        var target = lost.target();
        var severity = production.test(target) ? Severity.CRITICAL : Severity.WARNING;
        var now = clock.instant();
        var raised =
                new Alert(
                        UUID.randomUUID().toString(),
                        target,
                        MetricName.NO_ANSWER_SECONDS,
                        severity,
                        0,
                        0,
                        Subject.branch(target.branch()),
                        "%s does not answer: %s".formatted(target.branch(), lost.reason()),
                        now,
                        now,
                        null,
                        null,
                        null,
                        lost.at(),
                        severity == Severity.CRITICAL ? now : null,
                        0);
        var stored = alerts.save(raised);
        if (stored.id().equals(raised.id())) {
            tell(stored, now);
        }
    }

    private void tell(Alert alert, Instant at) {
        events.publish(
                new OpsEvent.ThresholdBreached(
                        alert.target(),
                        at,
                        alert.id(),
                        alert.metric(),
                        0,
                        alert.severity(),
                        alert.subject()));
    }

    @Override
    public void close() {
        ticking.close();
        subscription.close();
    }
}

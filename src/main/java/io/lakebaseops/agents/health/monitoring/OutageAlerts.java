package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.Alerts.Alert;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;

/// Raises the alert about a server that does not answer; the first round it answers again ends it.
public final class OutageAlerts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OutageAlerts.class);

    private static final Duration COOLDOWN = Duration.ofMinutes(10);

    private final Alerts alerts;
    private final EventBus events;
    private final Predicate<TargetId> production;
    private final EventBus.Subscription subscription;

    /// @param production servers whose loss is critical; that of others is a warning
    public OutageAlerts(Alerts alerts, EventBus events, Predicate<TargetId> production) {
        this.alerts = alerts;
        this.events = events;
        this.production = production;
        subscription = events.subscribe("outage alerts", this::onEvent);
    }

    private void onEvent(OpsEvent event) {
        if (event instanceof OpsEvent.ReachabilityChanged r && !r.reachable()) {
            try {
                raise(r);
            } catch (OpsException e) {
                log.warn("The alert about {} could not be stored: {}", r.target(), e.getMessage());
            }
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
                        lost.at(),
                        lost.at(),
                        null,
                        null,
                        null,
                        null,
                        severity == Severity.CRITICAL ? lost.at() : null,
                        0);
        var stored = alerts.save(raised);
        if (stored.id().equals(raised.id())) {
            tell(stored, lost.at());
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
        subscription.close();
    }
}

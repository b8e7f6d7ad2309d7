package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.health.monitoring.EvaluateAlertThresholds.Judged;
import io.lakebaseops.agents.health.monitoring.MetricDefinition.Watched;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.Alerts.Alert;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Judges one round: what each metric does to its alert, stored and told to the others. The open
/// alerts are read once a round; how the last ones ended only when one may begin.
final class AlertJudge {
    /// Longer than any rule's cooldown.
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final LiveHealthBoard board;
    private final Alerts alerts;
    private final EventBus events;
    private final HealthBoard.Round round;
    private final List<Alert> open;
    private @Nullable List<Alert> ended;

    AlertJudge(LiveHealthBoard board, Alerts alerts, EventBus events, HealthBoard.Round round) {
        this.board = board;
        this.alerts = alerts;
        this.events = events;
        this.round = round;
        open = alerts.active(round.target());
    }

    /// A round is an answer: it ends the alert about a server that gave none.
    ///
    /// @return how many ended
    int answered() {
        var silent = open.stream().filter(a -> a.metric() == MetricName.NO_ANSWER_SECONDS).toList();
        silent.forEach(this::recover);
        return silent.size();
    }

    record Verdict(Judged judged, boolean raised, boolean recovered) {}

    Verdict judge(Watched watched) {
        var rule = watched.rule();
        var subject = board.subject(round.target(), rule.metric());
        var metric = round.metrics().get(rule.metric());
        var value = metric != null && metric.judgeable() ? metric.value().value() : null;
        var active = open.stream().filter(a -> a.metric() == rule.metric()).findFirst();
        var another =
                active.filter(a -> value != null && !a.subject().equals(subject)).orElse(null);
        if (another != null) {
            // About another object now: that is an alert, and a repair, of its own.
            recover(another);
            active = Optional.empty();
        }
        var verdict = step(watched, subject, metric, value, active.orElse(null));
        return another == null ? verdict : new Verdict(verdict.judged(), verdict.raised(), true);
    }

    private Verdict step(
            Watched watched,
            Subject subject,
            @Nullable Metric metric,
            @Nullable Double value,
            @Nullable Alert active) {
        var rule = watched.rule();
        var series = board.series(round.target(), rule.metric(), rule.forAtLeast().multipliedBy(3));
        var last =
                active == null && value != null && rule.severityOf(value).isPresent()
                        ? lastEnded(rule.metric(), subject)
                        : null;
        var step = AlertStep.of(rule, soFar(active, last), value, round.at(), series);
        var level = level(rule, metric);
        var figure = value == null ? 0 : value;
        return switch (step) {
            case AlertStep.Nothing(var why) ->
                    new Verdict(
                            judged(rule, value, level, why, active == null ? null : active.id()),
                            false,
                            false);
            case AlertStep.Raise(var severity) -> {
                var alert = alerts.save(opened(watched, subject, severity, figure, series));
                tell(alert, figure);
                yield new Verdict(judged(rule, value, level, "raised", alert.id()), true, false);
            }
            case AlertStep.Escalate() -> {
                // Seen as a warning is not seen as critical: it must be acknowledged anew.
                var alert =
                        alerts.save(
                                changed(known(active), Severity.CRITICAL, null, null, round.at()));
                tell(alert, figure);
                yield new Verdict(
                        judged(rule, value, level, "became critical", alert.id()), true, false);
            }
            case AlertStep.Return() -> {
                var since = rule.since(rule.warning(), round.at(), series);
                var back = ReturnedAlert.of(known(last), since, round.at());
                var alert = alerts.save(back.alert());
                if (back.news()) {
                    tell(alert, figure);
                }
                yield new Verdict(judged(rule, value, level, "is back", alert.id()), false, false);
            }
            case AlertStep.Continue(var severity) -> {
                var on = known(active);
                if (severity != on.severity()) {
                    alerts.save(changed(on, severity, null, on.acknowledgedBy()));
                }
                yield new Verdict(judged(rule, value, level, "goes on", on.id()), false, false);
            }
            case AlertStep.Recover() -> {
                var on = known(active);
                recover(on);
                yield new Verdict(judged(rule, value, level, "recovered", on.id()), false, true);
            }
        };
    }

    private static AlertStep.SoFar soFar(@Nullable Alert active, @Nullable Alert last) {
        if (active != null) {
            return new AlertStep.SoFar(active.severity(), active.criticalAt(), null);
        }
        return last == null
                ? AlertStep.SoFar.NONE
                : new AlertStep.SoFar(null, last.criticalAt(), last.recoveredAt());
    }

    private @Nullable Alert lastEnded(MetricName metric, Subject subject) {
        if (ended == null) {
            ended = alerts.recoveries(round.target(), round.at().minus(REMEMBERED));
        }
        return ended.stream()
                .filter(a -> a.metric() == metric && a.subject().equals(subject))
                .findFirst()
                .orElse(null);
    }

    private Alert opened(
            Watched watched,
            Subject subject,
            Severity severity,
            double value,
            List<HealthBoard.Point> series) {
        var rule = watched.rule();
        var metric = round.metrics().get(rule.metric());
        return new Alert(
                UUID.randomUUID().toString(),
                round.target(),
                rule.metric(),
                severity,
                value,
                rule.limit(severity),
                subject,
                AlertWords.of(watched, severity, value, metric == null ? "" : metric.detail()),
                round.at(),
                round.at(),
                null,
                null,
                null,
                rule.breachedAt(value, round.at(), series),
                severity == Severity.CRITICAL ? round.at() : null,
                0);
    }

    private void recover(Alert on) {
        alerts.save(changed(on, on.severity(), round.at(), on.acknowledgedBy()));
        events.publish(
                new OpsEvent.AlertRecovered(round.target(), round.at(), on.id(), on.metric()));
    }

    /// Value and message stay those it was raised with.
    private Alert changed(
            Alert on,
            Severity severity,
            @Nullable Instant recoveredAt,
            @Nullable String acknowledgedBy) {
        return changed(on, severity, recoveredAt, acknowledgedBy, on.criticalAt());
    }

    private Alert changed(
            Alert on,
            Severity severity,
            @Nullable Instant recoveredAt,
            @Nullable String acknowledgedBy,
            @Nullable Instant criticalAt) {
        return new Alert(
                on.id(),
                on.target(),
                on.metric(),
                severity,
                on.value(),
                on.threshold(),
                on.subject(),
                on.message(),
                on.openedAt(),
                round.at(),
                recoveredAt,
                acknowledgedBy,
                on.handledBy(),
                on.breachedAt(),
                criticalAt,
                on.returns());
    }

    private void tell(Alert a, double value) {
        events.publish(
                new OpsEvent.ThresholdBreached(
                        a.target(),
                        a.updatedAt(),
                        a.id(),
                        a.metric(),
                        value,
                        a.severity(),
                        a.subject()));
    }

    private static Judged judged(
            AlertRule rule,
            @Nullable Double value,
            String level,
            String note,
            @Nullable String alertId) {
        return new Judged(rule.metric().id(), value, level, note, alertId);
    }

    private static Alert known(@Nullable Alert active) {
        if (active == null) {
            throw new IllegalStateException("A step on an alert that is not on");
        }
        return active;
    }

    private static String level(AlertRule rule, @Nullable Metric metric) {
        if (metric == null) {
            return "unavailable";
        }
        var value = metric.value().value();
        return switch (metric.condition()) {
            case NO_TRAFFIC -> "no_traffic";
            case WARMING_UP, LITTLE_TRAFFIC -> "not_judged";
            case FIRST_ROUND,
                    COUNTERS_RESET,
                    NOT_PERMITTED,
                    SWITCHED_OFF,
                    NOTHING_THERE,
                    NOT_READ ->
                    "unavailable";
            case MEASURED ->
                    Optional.ofNullable(value)
                            .flatMap(rule::severityOf)
                            .map(s -> s.name().toLowerCase(Locale.ROOT))
                            .orElse("ok");
        };
    }
}

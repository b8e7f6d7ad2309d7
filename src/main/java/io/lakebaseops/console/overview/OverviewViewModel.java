package io.lakebaseops.console.overview;

import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.state.Alerts.Alert;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Comparator;

/// What the overview shows and lets one do: acknowledge and mute alerts, look at a figure closer.
public final class OverviewViewModel extends ScreenModel<OverviewSnapshot> {
    /// How much history the charts may be asked for.
    public enum Range {
        MINUTES_15(Duration.ofMinutes(15), "15 min"),
        HOUR(Duration.ofHours(1), "1 h"),
        HOURS_6(Duration.ofHours(6), "6 h"),
        DAY(Duration.ofHours(24), "24 h");

        private final Duration back;
        private final String words;

        Range(Duration back, String words) {
            this.back = back;
            this.words = words;
        }

        Duration back() {
            return back;
        }

        String words() {
            return words;
        }
    }

    private final ConsoleServices services;
    private final ReadOnlyObjectWrapper<Range> range =
            new ReadOnlyObjectWrapper<>(Range.MINUTES_15);
    private final ReadOnlyObjectWrapper<@Nullable EvidenceContent> evidence =
            new ReadOnlyObjectWrapper<>();
    // Read in the background, written on the screen's thread.
    private volatile Range reading = Range.MINUTES_15;

    public OverviewViewModel(ConsoleSession session, ConsoleServices services) {
        super(session);
        this.services = services;
    }

    @Override
    protected OverviewSnapshot read(TargetId target) {
        var now = session.now();
        var round = services.health().latest(target);
        var waiting =
                services.desk().waiting().stream()
                        .filter(p -> p.plan().target().equals(target))
                        .toList();
        var history =
                services.desk().history(200).stream()
                        .filter(p -> p.plan().target().equals(target))
                        .toList();
        var reports =
                services.framework().recent(500).stream()
                        .filter(r -> r.target().equals(target))
                        .toList();
        var alerts =
                services.alerts().active(target).stream()
                        .sorted(
                                Comparator.comparing(Alert::severity)
                                        .reversed()
                                        .thenComparing(Alert::openedAt))
                        .toList();
        var standings = Standing.of(services, target, alerts);
        return new OverviewSnapshot(
                Verdict.of(standings, waiting, alerts.size()),
                round.map(HealthBoard.Round::at).orElse(null),
                standings.stream().map(s -> s.gauge().read(s.metric(), s.severity())).toList(),
                new Charts(services, target, reading.back()).traffic(),
                waiting,
                Today.of(history, reports, now, session.zone()),
                alerts,
                services.findings().open(target),
                services.timeline().read(target, session.journal().heard(), 60));
    }

    @Override
    protected boolean isEmpty(OverviewSnapshot picture) {
        return picture.measuredAt() == null
                && picture.waiting().isEmpty()
                && picture.findings().isEmpty()
                && picture.alerts().isEmpty();
    }

    @Override
    protected boolean concerns(OpsEvent event) {
        return event.target().equals(session.target());
    }

    public ReadOnlyObjectProperty<Range> rangeProperty() {
        return range.getReadOnlyProperty();
    }

    public void show(Range next) {
        reading = next;
        range.set(next);
        refresh();
    }

    public void acknowledge(Alert alert) {
        inBackground(
                () -> services.alerts().acknowledge(alert.id(), session.user(), session.now()));
    }

    public void mute(Alert alert, Duration howLong) {
        inBackground(
                () ->
                        services.alerts()
                                .mute(
                                        alert.target(),
                                        alert.metric(),
                                        session.user(),
                                        session.now().plus(howLong)));
    }

    /// Hides the finding until it is asked for again or the time is over.
    public void ignore(String fingerprint, String reason) {
        inBackground(
                () -> {
                    services.findings().ignore(fingerprint, session.user(), reason, null);
                    session.screen().execute(this::closeEvidence);
                });
    }

    public ReadOnlyObjectProperty<@Nullable EvidenceContent> evidenceProperty() {
        return evidence.getReadOnlyProperty();
    }

    MetricDefinitions metrics() {
        return services.metrics();
    }

    void lookAt(MetricName metric) {
        services.metrics().watched(metric).map(Gauge::new).ifPresent(this::lookAt);
    }

    /// Opens the pane with what is behind a watched figure.
    void lookAt(Gauge gauge) {
        lookUp(
                target -> EvidenceContent.of(services, target, gauge, reading.back()),
                evidence::set);
    }

    void lookAt(EvidenceContent shown) {
        evidence.set(shown);
    }

    public void closeEvidence() {
        evidence.set(null);
    }
}

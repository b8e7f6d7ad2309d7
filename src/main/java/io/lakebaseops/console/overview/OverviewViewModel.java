package io.lakebaseops.console.overview;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.agents.health.monitoring.EvidenceReader;
import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.StateStrip.Slot;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.HeldBack;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Alerts.Mute;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// What the overview shows and lets one do: acknowledge and mute alerts, look at a figure closer.
public final class OverviewViewModel extends ScreenModel<OverviewSnapshot> {
    /// How much history the charts may be asked for.
    public enum Range {
        MINUTES_15(Duration.ofMinutes(15), Texts.of("15 min")),
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

    private static final Duration LISTS_KEPT = Duration.ofSeconds(30);

    private final ConsoleServices services;
    private final ReadOnlyObjectWrapper<Range> range =
            new ReadOnlyObjectWrapper<>(Range.MINUTES_15);
    private final ReadOnlyObjectWrapper<@Nullable EvidenceContent> evidence =
            new ReadOnlyObjectWrapper<>();
    private final AtomicBoolean listsChanged = new AtomicBoolean();
    private volatile @Nullable OverviewLists lists;
    private @Nullable OverviewLists listsOfEvidence;
    private final EvidenceReader evidenceReader;
    // Read in the background, written on the screen's thread.
    private volatile Range reading = Range.MINUTES_15;

    public OverviewViewModel(ConsoleSession session, ConsoleServices services) {
        super(session);
        this.services = services;
        evidenceReader = new EvidenceReader(services.targets(), services.runtime().clock());
    }

    @Override
    protected OverviewSnapshot read(TargetId target) {
        var lists = lists(target);
        var round = services.health().board().latest(target);
        var standings = Standing.of(services, target, lists.alerts(), lists.mutes());
        var back = reading.back();
        var deeds = Deeds.of(session, target, lists.done(), back);
        return new OverviewSnapshot(
                Verdict.of(services, target, standings, lists, session),
                round.map(HealthBoard.Round::at).orElse(null),
                standings,
                standings.stream().map(s -> s.reading().strip(strip(target, s, back))).toList(),
                new Charts(services, target, back, deeds.flags(), deeds.vacuums()).traffic(),
                lists);
    }

    private List<Slot> strip(TargetId target, Standing standing, Duration back) {
        return Strips.of(
                standing.gauge().watched().rule(),
                services.health().board().series(target, standing.gauge().metric(), back),
                back,
                services.generated().apply(target).orElse(null),
                session.now(),
                session.zone());
    }

    /// Read again when an event changed them, when asked, and now and then: other consoles write
    /// into the same state database.
    private OverviewLists lists(TargetId target) {
        var known = lists;
        boolean changed = listsChanged.getAndSet(false);
        if (known != null
                && !changed
                && known.target().equals(target)
                && known.readAt().plus(LISTS_KEPT).isAfter(session.now())) {
            return known;
        }
        try {
            var fresh = OverviewLists.read(services, session, target);
            lists = fresh;
            return fresh;
        } catch (RuntimeException e) {
            listsChanged.set(true);
            throw e;
        }
    }

    @Override
    public void refresh() {
        listsChanged.set(true);
        super.refresh();
    }

    @Override
    protected void shown(OverviewSnapshot picture) {
        if (!(evidence.get() instanceof EvidenceContent.Figure shown)) {
            return;
        }
        boolean listsToo = picture.lists() != listsOfEvidence;
        listsOfEvidence = picture.lists();
        var target = session.target();
        session.background()
                .execute(
                        () -> {
                            var next =
                                    listsToo
                                            ? evidence(target, shown.gauge())
                                            : shown.again(
                                                    services,
                                                    evidenceReader,
                                                    target,
                                                    reading.back());
                            session.screen().execute(() -> stillShown(target, shown, next));
                        });
    }

    private EvidenceContent evidence(TargetId target, Gauge gauge) {
        var inForce =
                services.health()
                        .metrics()
                        .watched(target, gauge.metric())
                        .map(Gauge::new)
                        .orElse(gauge);
        return EvidenceContent.of(services, evidenceReader, target, inForce, reading.back());
    }

    /// Nothing that was closed, or is about another server by now, comes back.
    private void stillShown(TargetId target, EvidenceContent.Figure shown, EvidenceContent next) {
        if (target.equals(session.target())
                && evidence.get() instanceof EvidenceContent.Figure now
                && now.gauge().metric() == shown.gauge().metric()) {
            evidence.set(next);
        }
    }

    @Override
    protected boolean isEmpty(OverviewSnapshot picture) {
        return picture.measuredAt() == null
                && picture.lists().waits() == 0
                && picture.findings().isEmpty()
                && picture.alerts().isEmpty();
    }

    @Override
    protected boolean concerns(OpsEvent event) {
        if (!event.target().equals(session.target())) {
            return false;
        }
        if (!(event instanceof OpsEvent.HealthMeasured)) {
            listsChanged.set(true);
        }
        return true;
    }

    public ReadOnlyObjectProperty<Range> rangeProperty() {
        return range.getReadOnlyProperty();
    }

    /// The next longer or shorter range.
    void range(int by) {
        var all = Range.values();
        show(all[Math.clamp(range.get().ordinal() + by, 0, all.length - 1)]);
    }

    public void show(Range next) {
        reading = next;
        range.set(next);
        super.refresh();
    }

    public void acknowledge(Alert alert) {
        inBackground(
                () ->
                        services.health()
                                .alerts()
                                .acknowledge(alert.id(), session.user(), session.now()));
    }

    /// Silences this object's alert; its repair goes on.
    public void mute(Alert alert, Instant until, String reason) {
        var mute =
                new Mute(
                        alert.metric(),
                        alert.subject(),
                        session.user(),
                        session.now(),
                        until,
                        reason);
        inBackground(() -> services.health().alerts().mute(alert.target(), mute));
    }

    public void unmute(Mute mute) {
        var target = session.target();
        inBackground(
                () -> services.health().alerts().unmute(target, mute.metric(), mute.subject()));
    }

    /// Hides the finding and plans nothing for it.
    ///
    /// @param until null for good, as long as it gets no worse
    public void ignore(String fingerprint, String reason, @Nullable Instant until) {
        inBackground(
                () -> {
                    services.findings().ignore(fingerprint, session.user(), reason, until);
                    session.screen().execute(this::closeEvidence);
                });
    }

    /// Ends before its time that a finding is ignored.
    void showAgain(HeldBack held) {
        inBackground(() -> services.desk().askAgain(held, session.actor()));
    }

    public ReadOnlyObjectProperty<@Nullable EvidenceContent> evidenceProperty() {
        return evidence.getReadOnlyProperty();
    }

    MetricDefinitions metrics() {
        return services.health().metrics();
    }

    void lookAt(MetricName metric) {
        services.health().metrics().watched(metric).map(Gauge::new).ifPresent(this::lookAt);
    }

    /// Opens the pane with what is behind a watched figure.
    void lookAt(Gauge gauge) {
        lookUp(target -> evidence(target, gauge), evidence::set);
    }

    /// Asks why a figure is beyond its limit; without an open alert, what is wrong at all.
    void findCause(Gauge gauge, boolean alerting) {
        var input = JsonNodeFactory.instance.objectNode();
        input.put("symptom", alerting ? gauge.metric().id() : "");
        lookUp(
                target ->
                        EvidenceContent.Cause.of(
                                gauge,
                                services.framework()
                                        .run(
                                                "diagnose_root_cause",
                                                input,
                                                target,
                                                session.actor())),
                evidence::set);
    }

    /// Opens the pane of a finding that was named elsewhere; nothing happens when it is gone.
    void lookAtFinding(String fingerprint) {
        lookUp(
                _ -> services.findings().find(fingerprint),
                found -> found.ifPresent(f -> lookAt(new EvidenceContent.Finding(f))));
    }

    void lookAt(EvidenceContent shown) {
        evidence.set(shown);
    }

    @Override
    protected void targetChanged() {
        closeEvidence();
    }

    public void closeEvidence() {
        evidence.set(null);
    }
}

package io.lakebaseops.console.settings;

import io.lakebaseops.agents.health.monitoring.MetricDefinition.Watched;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.connect.ConnectionDesk;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.JobScheduler.JobStatus;
import io.lakebaseops.state.AlertLimits;
import io.lakebaseops.state.AlertLimits.Changed;
import io.lakebaseops.state.Alerts.Mute;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// Reads what the screen shows, in the background.
final class SettingsReader {
    static final Duration DAY = Duration.ofHours(24);
    static final Duration MONTH = Duration.ofDays(30);
    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final int LAST_CHANGES = 5;

    /// More than anybody reads; the filter finds the rest.
    private static final int DECISIONS = 200;

    private final ConsoleServices services;
    private final SettingsServices settings;
    private final AtomicBoolean again = new AtomicBoolean();
    private volatile @Nullable Stored kept;

    SettingsReader(ConsoleServices services, SettingsServices settings) {
        this.services = services;
        this.settings = settings;
    }

    /// What is in the state database and in files: read again when something changed it, when
    /// asked, and now and then, since other consoles change it too. Not with every measurement.
    private record Stored(
            TargetId target,
            Instant readAt,
            List<Changed> limits,
            Map<MetricName, Long> here,
            Map<MetricName, Long> everywhere,
            ChannelDesk.Channels channels,
            List<Decision> decisions,
            ThresholdDesk.Changes changes,
            List<JobStatus> jobs,
            ConnectionDesk.Saved connections,
            ModelState model,
            Installation installation) {}

    /// The next read looks everything up.
    void again() {
        again.set(true);
    }

    SettingsSnapshot read(TargetId target, Instant now) {
        var stored = stored(target, now);
        return new SettingsSnapshot(
                target,
                stored.limits(),
                MetricDefinitions.standard().watched().stream()
                        .map(w -> line(target, w, stored.here(), stored.everywhere()))
                        .toList(),
                services.generated()
                        .apply(target)
                        .filter(g -> g.reaches(now.minus(DAY)))
                        .orElse(null),
                stored.channels(),
                stored.decisions(),
                services.targets().ownLoad(target),
                stored.changes(),
                stored.jobs(),
                stored.connections(),
                stored.model(),
                stored.installation());
    }

    private Stored stored(TargetId target, Instant now) {
        boolean asked = again.getAndSet(false);
        var last = kept;
        if (last != null
                && !asked
                && last.target().equals(target)
                && last.readAt().plus(KEPT).isAfter(now)) {
            return last;
        }
        try {
            var fresh = look(target, now);
            kept = fresh;
            return fresh;
        } catch (RuntimeException e) {
            again.set(true);
            throw e;
        }
    }

    private Stored look(TargetId target, Instant now) {
        var month = now.minus(MONTH);
        return new Stored(
                target,
                now,
                settings.thresholds().limits(),
                settings.thresholds().alerts(target.key(), month),
                settings.thresholds().alerts(AlertLimits.ALL_SERVERS, month),
                settings.channels().read(),
                decisions(target, now),
                settings.thresholds().changed(LAST_CHANGES),
                services.jobs().jobs(),
                services.runtime().connections().saved(),
                model(),
                settings.installation().get());
    }

    private ModelState model() {
        var desk = services.ask().model();
        var set = desk.settings();
        return new ModelState(
                set,
                desk.hasKey(set),
                desk.troubles(),
                desk.lastSent(services.runtime().user()).orElse(null));
    }

    private ThresholdLine line(
            TargetId target,
            Watched watched,
            Map<MetricName, Long> here,
            Map<MetricName, Long> everywhere) {
        var board = services.health().board();
        var name = watched.rule().metric();
        return new ThresholdLine(
                watched,
                board.latest(target).map(r -> r.metrics().get(name)).orElse(null),
                ThresholdLine.Range.of(board.series(target, name, DAY)),
                object(board.subject(target, name)),
                here.getOrDefault(name, 0L),
                everywhere.getOrDefault(name, 0L));
    }

    private List<Decision> decisions(TargetId target, Instant now) {
        var all = new ArrayList<Decision>();
        services.health()
                .alerts()
                .mutes(target, now)
                .forEach(m -> all.add(new Decision.Muted(muted(m), m)));
        services.desk().heldBack(target, DECISIONS).forEach(h -> all.add(new Decision.Refused(h)));
        all.sort(
                Comparator.comparing(Decision::kind)
                        .thenComparing(
                                Decision::until, Comparator.nullsLast(Comparator.naturalOrder())));
        return all;
    }

    private static String muted(Mute mute) {
        var title =
                MetricDefinitions.standard()
                        .watched(mute.metric())
                        .map(w -> w.gauge().title())
                        .orElse(mute.metric().id().replace('_', ' '));
        return title + ", " + mute.subject().display();
    }

    /// Empty for the server as a whole.
    private static String object(Subject subject) {
        return subject.type().equals("branch") ? "" : subject.display();
    }
}

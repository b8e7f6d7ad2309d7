package io.lakebaseops.console.fleet;

import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.history.FleetHistory.Place;
import io.lakebaseops.lakehouse.history.FleetHistory.Server;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Alerts.Mute;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/// Reads the whole fleet: figures from memory, alerts, mutes and plans by one statement each, the
/// history by one question, and no server and no control plane at all.
final class FleetReader {
    private static final Logger LOG = LoggerFactory.getLogger(FleetReader.class);

    /// Other consoles write into the same state database.
    private static final Duration LISTS_KEPT = Duration.ofSeconds(10);

    /// The history grows every five minutes.
    private static final Duration HISTORY_KEPT = Duration.ofMinutes(2);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Rounds that may be missing before measuring itself is in doubt.
    private static final Duration SILENT = Duration.ofSeconds(60);

    private final ConsoleServices services;
    private final ConsoleSession session;
    private final Runnable historyCame;
    private final AtomicBoolean readingHistory = new AtomicBoolean();
    private final AtomicBoolean listsChanged = new AtomicBoolean();
    private volatile @Nullable Lists lists;
    private volatile Past past = new Past(Map.of(), Map.of(), Instant.MIN);

    /// What the state database says of all servers.
    private record Lists(
            Map<TargetId, List<Alert>> alerts,
            Map<TargetId, List<Mute>> mutes,
            Map<TargetId, Integer> plans,
            Instant readAt) {}

    private record Past(Map<Place, Server> servers, Map<Place, String> owners, Instant readAt) {}

    /// @param historyCame runs in the background when the history was read
    FleetReader(ConsoleServices services, ConsoleSession session, Runnable historyCame) {
        this.services = services;
        this.session = session;
        this.historyCame = historyCame;
    }

    /// The state database is asked at the next read, however lately it was.
    void listsChanged() {
        listsChanged.set(true);
    }

    /// Blocking, but never for the history: that comes when it comes.
    FleetSnapshot read() {
        var now = session.now();
        var targets = session.servers().list();
        var known = lists(now);
        if (past.readAt().plus(HISTORY_KEPT).isBefore(now) && !targets.isEmpty()) {
            readHistory(now);
        }
        var seen = past;
        var maker = new CardMaker(services, now);
        var cards =
                targets.stream()
                        .map(
                                t ->
                                        maker.card(
                                                t,
                                                known.alerts().getOrDefault(t, List.of()),
                                                known.mutes().getOrDefault(t, List.of()),
                                                known.plans().getOrDefault(t, 0),
                                                seen.servers()
                                                        .getOrDefault(Place.of(t), Server.NONE),
                                                seen.owners().getOrDefault(Place.of(t), "")))
                        .sorted(
                                Comparator.comparing(ServerCard::name)
                                        .thenComparing(ServerCard::key))
                        .toList();
        return FleetSnapshot.of(
                now, cards, services.health().metrics().watched(), silentSince(cards, now));
    }

    /// When the newest round of all was, if that is long ago though there is what could be
    /// measured.
    private static @Nullable Instant silentSince(List<ServerCard> cards, Instant now) {
        var newest =
                cards.stream()
                        .filter(c -> c.state().live() && !c.about().suspends())
                        .map(ServerCard::measuredAt)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder());
        return newest.filter(at -> at.plus(SILENT).isBefore(now)).orElse(null);
    }

    private Lists lists(Instant now) {
        var known = lists;
        boolean changed = listsChanged.getAndSet(false);
        if (known != null && !changed && known.readAt().plus(LISTS_KEPT).isAfter(now)) {
            return known;
        }
        try {
            var alerts = services.health().alerts();
            var fresh =
                    new Lists(
                            alerts.active(null).stream()
                                    .collect(Collectors.groupingBy(Alert::target)),
                            alerts.mutes(now),
                            services.queue().counts().stream()
                                    .collect(
                                            Collectors.toMap(
                                                    PlanQueue.Count::target,
                                                    PlanQueue.Count::plans,
                                                    Integer::sum)),
                            now);
            lists = fresh;
            return fresh;
        } catch (RuntimeException e) {
            listsChanged.set(true);
            throw e;
        }
    }

    private void readHistory(Instant now) {
        if (readingHistory.compareAndSet(false, true)) {
            session.background().execute(() -> historyOnce(now));
        }
    }

    private void historyOnce(Instant now) {
        try {
            var fleet = services.health().fleet();
            var deadline = Deadline.in(PATIENCE);
            past = new Past(fleet.read(now, deadline), fleet.owners(deadline), now);
        } catch (OpsException e) {
            // The cards go on without the hours before; tried again when the time has come.
            LOG.warn("The history of the fleet could not be read: {}", e.getMessage());
            past = new Past(past.servers(), past.owners(), now);
        } finally {
            readingHistory.set(false);
        }
        historyCame.run();
    }
}

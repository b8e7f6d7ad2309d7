package io.lakebaseops.app;

import io.lakebaseops.agents.health.monitoring.AlertLog;
import io.lakebaseops.agents.health.monitoring.ChangedLimits;
import io.lakebaseops.agents.health.monitoring.HealthHistory;
import io.lakebaseops.agents.health.monitoring.Heartbeat;
import io.lakebaseops.agents.health.monitoring.LiveHealthBoard;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.agents.health.monitoring.OutageAlerts;
import io.lakebaseops.agents.health.monitoring.QuietServers;
import io.lakebaseops.agents.performance.metrics.WaitSampler;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.FleetWatch;
import io.lakebaseops.framework.LivePoller;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.Ticker;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.AlertLimitStore;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.StateDb;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The parts that watch servers: the board, the rhythm of measuring, the heartbeat, the history
/// behind the charts and the alert about a server that is gone.
final class HealthWiring implements AutoCloseable {
    /// Branches whose loss is critical, as in the risk policy.
    private static final Set<String> PRODUCTION = Set.of("production", "prod", "main");

    /// Without a round in this time nobody measures.
    private static final Duration ROUND_FRESH = Duration.ofSeconds(12);

    private final LiveHealthBoard board = new LiveHealthBoard();
    private final ChangedLimits limits;
    private final MetricDefinitions definitions;
    private final Targets targets;
    private final TaskExecutor room;
    private final Clock clock;
    private final Predicate<TargetId> suspendable;
    private final Heartbeat heartbeat;
    private final HealthHistory history;
    private final WaitSampler sampler;
    private final Lazy<LivePoller> live;
    private final Lazy<OutageAlerts> outages;
    private final EventBus.Subscription log;
    private @Nullable FleetWatch fleet;

    /// @param suspendable servers whose compute may be suspended while nobody uses it
    HealthWiring(
            Targets targets,
            Lakehouse lakehouse,
            Supplier<Alerts> alerts,
            Supplier<StateDb> state,
            Supplier<AgentFramework> framework,
            EventBus events,
            TaskExecutor room,
            Predicate<TargetId> suspendable,
            Clock clock) {
        this.targets = targets;
        this.room = room;
        this.clock = clock;
        this.suspendable = suspendable;
        limits = new ChangedLimits(() -> new AlertLimitStore(state.get()), clock);
        definitions = MetricDefinitions.standard().judgedBy(limits);
        heartbeat = new Heartbeat(targets, board, events, room, clock);
        history = new HealthHistory(lakehouse, board, clock);
        sampler = new WaitSampler(targets, lakehouse, this::measuredLately, room, room, clock);
        live =
                new Lazy<>(
                        () ->
                                new LivePoller(
                                        framework.get(),
                                        room,
                                        room,
                                        targets::awake,
                                        LivePoller.measureAndJudge()));
        log = events.subscribe("alert history", new AlertLog(alerts, lakehouse));
        outages =
                new Lazy<>(
                        () ->
                                new OutageAlerts(
                                        alerts.get(),
                                        events,
                                        this::isProduction,
                                        room,
                                        room.executor("outage alerts"),
                                        clock));
    }

    /// A plain server does not say what it serves: taken for production.
    private boolean isProduction(TargetId target) {
        return !suspendable.test(target) || PRODUCTION.contains(target.branch());
    }

    /// Measured in the live rhythm, so it is awake, and it answers.
    private boolean measuredLately(TargetId target) {
        var fresh = clock.instant().minus(ROUND_FRESH);
        return board.outage(target) == null
                && board.latest(target).filter(r -> r.at().isAfter(fresh)).isPresent();
    }

    WaitSampler sampler() {
        return sampler;
    }

    LiveHealthBoard board() {
        return board;
    }

    /// Judged by the limits in force: those people changed, and else the product's own.
    MetricDefinitions definitions() {
        return definitions;
    }

    ChangedLimits limits() {
        return limits;
    }

    /// Measures the target every few seconds and notices its loss in between, until closed.
    Ticker.Ticking watch(TargetId target) {
        outages.get();
        var rounds = live.get().watch(target);
        var beats = heartbeat.watch(target);
        return () -> {
            beats.close();
            rounds.close();
        };
    }

    /// The same for a person who looks: with the charts of the hours before, and every second with
    /// what sessions wait for.
    Ticker.Ticking look(TargetId target) {
        room.launch("history of " + target, () -> history.fill(target));
        var rounds = watch(target);
        var samples = sampler.watch(target);
        return () -> {
            samples.close();
            rounds.close();
        };
    }

    /// What charts begin with is read again where it was read before.
    void historyChanged(TargetId target) {
        history.fillAgain(target);
    }

    /// All known servers, from now on.
    void watchAll() {
        var quiet = new QuietServers(board, clock);
        fleet =
                new FleetWatch(
                        targets::known,
                        target -> suspendable.test(target) && quiet.quiet(target),
                        this::watch,
                        room,
                        room);
    }

    @Override
    public void close() throws Exception {
        if (fleet != null) {
            fleet.close();
        }
        sampler.close();
        log.close();
        outages.close();
        live.close();
    }
}

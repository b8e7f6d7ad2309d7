package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.agents.SuspendGuard;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.EventTrigger;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.StandardJob;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Measures one consistent round of every metric; rates are over the interval since
/// the round before of the same kind (for the screen, or stored by the job).
public final class MonitorSystemHealth
        implements ReadTool<MonitorSystemHealth.Input, MonitorSystemHealth.Output> {
    private final Targets targets;
    private final HealthProbe probe;
    private final SlotFindings slots;
    private final Lakehouse lakehouse;
    private final LiveHealthBoard board;
    private final EventBus events;
    private final MetricDefinitions definitions;
    private static final int TIMEOUTS_TO_BE_LOST = 2;

    private final Map<TargetId, Integer> timeouts = new ConcurrentHashMap<>();
    private final Map<TargetId, Instant> started = new ConcurrentHashMap<>();
    private final Map<Series, RecentReadings> before = new ConcurrentHashMap<>();
    private final Map<TargetId, Deadlocks.Window> deadlocks = new ConcurrentHashMap<>();

    public MonitorSystemHealth(
            Targets targets,
            SqlLibrary sql,
            Lakehouse lakehouse,
            LiveHealthBoard board,
            EventBus events) {
        this(
                targets,
                sql,
                lakehouse,
                board,
                MetricDefinitions.standard(),
                Clock.systemUTC(),
                events);
    }

    public MonitorSystemHealth(
            Targets targets,
            SqlLibrary sql,
            Lakehouse lakehouse,
            LiveHealthBoard board,
            MetricDefinitions definitions,
            Clock clock,
            EventBus events) {
        this.targets = targets;
        this.definitions = definitions;
        this.probe = new HealthProbe(targets, clock);
        this.slots = new SlotFindings(targets, sql);
        this.lakehouse = lakehouse;
        this.board = board;
        this.events = events;
    }

    private record Series(TargetId target, boolean persist) {}

    public record Input(
            @Doc(value = "Also append the round to the history", defaultValue = "true")
                    boolean persist) {}

    /// @param stored rows appended to the history
    public record Output(Instant at, long tookMillis, int stored, List<Figure> metrics) {
        public Output {
            metrics = List.copyOf(metrics);
        }
    }

    /// @param value null when unavailable; `detail` then says why
    public record Figure(String name, @Nullable Double value, String unit, String detail) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        MonitorSystemHealth.class,
                        "Measures one consistent round: traffic, sessions, locks, I/O, WAL, ages, sizes",
                        "C.monitoring")
                .appendingHistory()
                .within(Duration.ofSeconds(30))
                .in(StandardJob.METRIC_COLLECTOR)
                .on(EventTrigger.onNewBranch())
                .on(EventTrigger.on(OpsEvent.ProvisioningComplete.class))
                .on(EventTrigger.on(OpsEvent.VacuumCompleted.class));
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        try {
            var asleep = SuspendGuard.<Output>always(targets, context);
            if (asleep.isPresent()) {
                return asleep.get();
            }
            var reading = probe.read(context.target(), context.deadline());
            return found(input, context, reading);
        } catch (OpsException e) {
            failed(context, e);
            throw e;
        }
    }

    private Outcome<Output> found(Input input, ToolContext context, ServerReading reading) {
        var target = context.target();
        var earlier =
                before.computeIfAbsent(
                                new Series(target, input.persist()), _ -> new RecentReadings())
                        .add(reading);
        var window = deadlocks.computeIfAbsent(target, _ -> new Deadlocks.Window());
        Deadlocks seen;
        synchronized (window) {
            seen = window.add(reading.at(), reading.number("deadlocks").orElse(0));
        }
        var derived =
                HealthMetrics.of(
                        definitions,
                        new ReadingInterval(
                                reading, earlier.before(), earlier.windowStart(), seen));
        var metrics = derived.metrics();
        // Our own clock: screens compare it with theirs, the server's may be off.
        var at = context.clock().instant();
        var took = Duration.between(begun(context, reading), at);
        timeouts.remove(target);
        boolean back = board.outage(target) != null;
        board.record(new HealthBoard.Round(target, at, took, metrics), derived.subjects());
        if (back) {
            events.publish(new OpsEvent.ReachabilityChanged(target, at, true, "answers again"));
        }
        restarted(target, at, reading);
        var stored = input.persist() ? store(context, at, metrics) : 0;
        events.publish(new OpsEvent.HealthMeasured(target, at));
        var figures =
                metrics.values().stream()
                        .map(
                                m ->
                                        new Figure(
                                                m.name().id(),
                                                m.value().value(),
                                                m.name().unit(),
                                                m.detail()))
                        .toList();
        // With the rounds that are kept: for the screen their state does not change so fast.
        boolean slotsLooked = input.persist();
        var caveats = new ArrayList<String>();
        if (!reading.canMonitor()) {
            caveats.add("without pg_monitor the states of other sessions are hidden");
        }
        if (reading.deadRowsMissing() != null) {
            caveats.add("dead rows were not read in " + reading.deadRowsMissing());
        }
        return new Outcome.Found<>(
                new Output(at, took.toMillis(), stored, figures),
                Source.LIVE,
                slotsLooked ? slots.of(context) : List.of(),
                slotsLooked ? SlotFindings.KINDS : List.of(),
                caveats);
    }

    private static Instant begun(ToolContext context, ServerReading reading) {
        var now = context.clock().instant();
        return reading.startedAt().isAfter(now) ? now : reading.startedAt();
    }

    private int store(ToolContext context, Instant at, Map<MetricName, Metric> metrics) {
        var rows =
                metrics.values().stream()
                        .filter(m -> m.value().available())
                        .map(
                                m -> {
                                    var value = Objects.requireNonNull(m.value().value());
                                    var row =
                                            HistoryRow.of(
                                                    context.target(),
                                                    at,
                                                    context.runId().toString());
                                    row.put("metric_name", m.name().id());
                                    row.put("metric_value", value);
                                    row.put("unit", m.name().unit());
                                    row.put(
                                            "threshold_level",
                                            m.judgeable()
                                                    ? definitions.levelOf(
                                                            context.target(), m.name(), value)
                                                    : null);
                                    row.put("subject", m.detail().isEmpty() ? null : m.detail());
                                    return row;
                                })
                        .toList();
        lakehouse.append(OpsTables.LAKEBASE_METRICS.name(), rows);
        return rows.size();
    }

    /// Busy is not lost: one round that was not done in its time proves nothing, two do.
    private void failed(ToolContext context, OpsException e) {
        boolean late = e.kind() == OpsException.Kind.TIMEOUT;
        int times = late ? timeouts.merge(context.target(), 1, Integer::sum) : 0;
        if (e.kind() == OpsException.Kind.UNREACHABLE || times >= TIMEOUTS_TO_BE_LOST) {
            away(context, e.why());
        }
    }

    private void restarted(TargetId target, Instant at, ServerReading reading) {
        var start = reading.time("postmaster_start");
        var known = started.put(target, start);
        if (known != null && !known.equals(start)) {
            events.publish(
                    new OpsEvent.ServerRestarted(target, at, start, reading.statisticsLost()));
        }
    }

    private void away(ToolContext context, String why) {
        var now = context.clock().instant();
        if (board.unreachable(context.target(), now, why)) {
            events.publish(new OpsEvent.ReachabilityChanged(context.target(), now, false, why));
        }
    }
}

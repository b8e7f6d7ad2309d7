package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.StandardJob;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.Findings;
import io.lakebaseops.state.Findings.StoredFinding;
import io.lakebaseops.state.Repairs;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Judges the latest round by the alert rules: raises, escalates and ends alerts.
public final class EvaluateAlertThresholds
        implements ReadTool<EvaluateAlertThresholds.Input, EvaluateAlertThresholds.Output> {
    /// How often findings about repeated repairs are looked through for those that are over.
    private static final Duration LOOK_BACK = Duration.ofMinutes(5);

    /// A round older than this says nothing about now.
    private static final Duration FRESH = Duration.ofMinutes(6);

    private final LiveHealthBoard board;
    private final Alerts alerts;
    private final MetricDefinitions definitions;
    private final EventBus events;
    private final MonitorSystemHealth monitor;
    private final Findings findings;
    private final RepeatedRepairs repeated;
    private final Map<TargetId, Instant> lookedBack = new ConcurrentHashMap<>();

    public EvaluateAlertThresholds(
            LiveHealthBoard board,
            Alerts alerts,
            MetricDefinitions definitions,
            EventBus events,
            MonitorSystemHealth monitor,
            Findings findings,
            Repairs repairs) {
        this.board = board;
        this.alerts = alerts;
        this.definitions = definitions;
        this.events = events;
        this.monitor = monitor;
        this.findings = findings;
        this.repeated = new RepeatedRepairs(repairs);
    }

    public record Input(@Doc("Judge only this metric; left out: all") @Nullable String metric) {}

    /// @param raised begun or become critical in this run
    public record Output(Instant roundAt, int raised, int recovered, List<Judged> metrics) {
        public Output {
            metrics = List.copyOf(metrics);
        }
    }

    /// @param level `ok`, `warning`, `critical`, `no_traffic`, `not_judged` or `unavailable`
    /// @param note what was done or why nothing was
    public record Judged(
            String metric,
            @Nullable Double value,
            String level,
            String note,
            @Nullable String alertId) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        EvaluateAlertThresholds.class,
                        "Judges the latest round by the alert rules; raises, escalates and ends alerts",
                        "C.monitoring")
                .within(Duration.ofSeconds(30))
                .in(StandardJob.METRIC_COLLECTOR);
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        var target = context.target();
        var outage = board.outage(target);
        if (outage != null) {
            return Outcome.unavailable(
                    "the server has not answered since %s: %s"
                            .formatted(outage.since(), outage.reason()),
                    "alerts stay as they are until it can be measured again");
        }
        var latest = fresh(context);
        if (latest.isEmpty()) {
            // Asked alone, by a command: nobody measured for it.
            switch (monitor.run(new MonitorSystemHealth.Input(false), context)) {
                case Outcome.Unavailable(var reason, var remedy) -> {
                    return Outcome.unavailable(reason, remedy);
                }
                case Outcome.Found<MonitorSystemHealth.Output> _ -> latest = board.latest(target);
            }
        }
        return judged(input, latest.orElseThrow(), stillRepeating(context));
    }

    private Optional<HealthBoard.Round> fresh(ToolContext context) {
        var now = context.clock().instant();
        return board.latest(context.target())
                .filter(round -> Duration.between(round.at(), now).compareTo(FRESH) <= 0);
    }

    /// The findings about repairs that repeat which still hold; empty when it is not time to look.
    private Optional<List<Finding>> stillRepeating(ToolContext context) {
        var now = context.clock().instant();
        var last = lookedBack.get(context.target());
        if (last != null && last.plus(LOOK_BACK).isAfter(now)) {
            return Optional.empty();
        }
        lookedBack.put(context.target(), now);
        var open =
                findings.open(context.target()).stream()
                        .map(StoredFinding::finding)
                        .filter(f -> f.kind().equals(VacuumProcedure.KIND))
                        .toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        var still = repeated.of(context.target(), now).keySet();
        return Optional.of(open.stream().filter(f -> still.contains(f.subject())).toList());
    }

    private Outcome<Output> judged(
            Input input, HealthBoard.Round round, Optional<List<Finding>> repeating) {
        var judge = new AlertJudge(board, alerts, events, round);
        var judged = new ArrayList<Judged>();
        int raised = 0;
        int recovered = judge.answered();
        for (var watched : definitions.watched(round.target())) {
            if (input.metric() != null && !watched.rule().metric().id().equals(input.metric())) {
                continue;
            }
            var verdict = judge.judge(watched);
            judged.add(verdict.judged());
            raised += verdict.raised() ? 1 : 0;
            recovered += verdict.recovered() ? 1 : 0;
        }
        return new Outcome.Found<>(
                new Output(round.at(), raised, recovered, judged),
                Source.LIVE,
                repeating.orElse(List.of()),
                repeating.isPresent() ? List.of(VacuumProcedure.KIND) : List.of(),
                List.of());
    }
}

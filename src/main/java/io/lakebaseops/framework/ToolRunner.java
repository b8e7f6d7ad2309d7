package io.lakebaseops.framework;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.PlanSubmitter;
import io.lakebaseops.framework.work.TaskContext;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.TaskSpec;
import io.lakebaseops.framework.work.Work;
import io.lakebaseops.state.Findings;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// Runs the tools of a catalog: read the input, run, reconcile findings, file plans, report.
public final class ToolRunner implements AgentFramework {
    private static final Logger log = LoggerFactory.getLogger(ToolRunner.class);
    private static final int REMEMBERED = 500;

    /// A tool that is not in the catalog still gets a work item that says so.
    private static final Duration TO_SAY_NO = Duration.ofSeconds(10);

    private final ToolCatalog catalog;
    private final TaskExecutor room;
    private final Clock clock;
    private final Findings findings;
    private final PlanSubmitter gate;
    private final List<PlanEvents> planNews;
    private final EventBus bus;
    private final RunRecorder recorder;
    private final RemedyFiling remedies;
    private final Duration grace;
    private final RunHistory history = new RunHistory(REMEMBERED);

    public ToolRunner(
            ToolCatalog catalog,
            TaskExecutor room,
            Clock clock,
            Findings findings,
            PlanSubmitter gate,
            List<PlanEvents> planNews,
            EventBus bus,
            RunRecorder recorder) {
        this(catalog, room, clock, findings, gate, planNews, bus, recorder, TaskSpec.GRACE);
    }

    ToolRunner(
            ToolCatalog catalog,
            TaskExecutor room,
            Clock clock,
            Findings findings,
            PlanSubmitter gate,
            List<PlanEvents> planNews,
            EventBus bus,
            RunRecorder recorder,
            Duration grace) {
        this.catalog = catalog;
        this.room = room;
        this.clock = clock;
        this.findings = findings;
        this.gate = gate;
        this.planNews = List.copyOf(planNews);
        this.bus = bus;
        this.recorder = recorder;
        this.remedies = new RemedyFiling(room, gate, findings, clock);
        this.grace = grace;
    }

    @Override
    public ToolCatalog catalog() {
        return catalog;
    }

    @Override
    public Work<ToolReport> start(String name, JsonNode input, TargetId target, Actor actor) {
        return start(name, input, target, actor, null);
    }

    @Override
    public Work<ToolReport> mend(String name, String fingerprint, TargetId target, Actor actor) {
        return start(name, MissingNode.getInstance(), target, actor, fingerprint);
    }

    /// @param only the finding whose remedy is filed; null for all that are due
    private Work<ToolReport> start(
            String name, JsonNode input, TargetId target, Actor actor, @Nullable String only) {
        var run = new ToolRun(UUID.randomUUID(), name, target, actor, clock.instant(), clock);
        var tool = catalog.find(name);
        var timeout = tool.map(t -> t.descriptor().timeout()).orElse(TO_SAY_NO);
        return room.start(
                new TaskSpec<>(
                        name + " on " + target,
                        timeout,
                        grace,
                        scope ->
                                ended(
                                        observe(
                                                run,
                                                tool.orElseThrow(() -> unknown(name)),
                                                input,
                                                only,
                                                scope)),
                        failure -> ended(failed(run, failure))));
    }

    private static OpsException unknown(String name) {
        return new OpsException(
                OpsException.Kind.NOT_FOUND,
                "Tool " + name,
                "there is no tool of this name",
                "`tools` lists those there are");
    }

    private <I extends Record, O extends Record> ToolReport observe(
            ToolRun run, Tool<I, O> tool, JsonNode json, @Nullable String only, TaskContext scope) {
        var input = ToolInput.read(tool, json);
        var context = run.context(scope);
        return switch (tool) {
            case ReadTool<I, O> reader -> {
                var outcome = reader.run(input, context);
                yield switch (outcome) {
                    case Outcome.Unavailable<?> missing -> run.unavailable(missing);
                    case Outcome.Found<?> found -> conclude(run, reader, found, only, scope);
                };
            }
            case ChangeTool<I, O> changer -> {
                var proposal = changer.propose(input, context);
                yield switch (proposal.outcome()) {
                    case Outcome.Unavailable<?> missing -> run.unavailable(missing);
                    case Outcome.Found<?> found -> conclude(run, found, proposal.plans(), scope);
                };
            }
        };
    }

    /// A read tool files nothing: what mends its findings is filed after they are stored.
    private ToolReport conclude(
            ToolRun run,
            ReadTool<?, ?> tool,
            Outcome.Found<?> found,
            @Nullable String only,
            TaskContext scope) {
        var unmended = reconcile(run, found, scope);
        var due = due(run, found, unmended, only);
        if (due.isEmpty()) {
            return run.ok(found, List.of(), List.of());
        }
        var filed = remedies.file(run, tool, due);
        announce(run, filed.plans());
        return run.ok(found, filed.plans(), filed.caveats());
    }

    private ToolReport conclude(
            ToolRun run, Outcome.Found<?> found, List<ChangePlan> plans, TaskContext scope) {
        reconcile(run, found, scope);
        var filed = plans.stream().map(gate::file).toList();
        announce(run, filed);
        return run.ok(found, filed, List.of());
    }

    /// A person who asks is shown every remedy; filing the same plan again returns the old one.
    private static List<Finding> due(
            ToolRun run, Outcome.Found<?> found, List<Finding> unmended, @Nullable String only) {
        if (only != null) {
            return remediable(found).stream().filter(f -> f.fingerprint().equals(only)).toList();
        }
        return switch (run.actor().kind()) {
            case HUMAN -> remediable(found);
            case AGENT, CI, PLATFORM -> unmended;
            // What reads only reads: to have something filed it asks for just that.
            case ASSISTANT -> List.of();
        };
    }

    private static List<Finding> remediable(Outcome.Found<?> found) {
        return found.findings().stream().filter(f -> f.remedy() != null).toList();
    }

    /// @return the findings whose remedy is to be filed
    private List<Finding> reconcile(ToolRun run, Outcome.Found<?> found, TaskContext scope) {
        // Whoever was given up meanwhile neither closes findings nor files plans.
        scope.finishUndisturbed();
        if (found.findings().isEmpty() && found.coversKinds().isEmpty()) {
            return List.of();
        }
        return findings.reconcile(
                        run.target(), found.findings(), found.coversKinds(), clock.instant())
                .unmended();
    }

    private void announce(ToolRun run, List<FiledPlan> filed) {
        for (var one : filed) {
            // Filing the same plan again returns the old one, which is no news.
            if (!one.filedAt().isBefore(run.startedAt())) {
                planNews.forEach(news -> news.of(one).ifPresent(bus::publish));
            }
        }
    }

    private static ToolReport failed(ToolRun run, OpsException failure) {
        var report = run.failed(failure);
        // Who asked is told of these; nobody else needs to know.
        var level =
                switch (failure.kind()) {
                    case CANCELLED, INVALID_INPUT -> Level.INFO;
                    case UNREACHABLE, TIMEOUT, DENIED, NOT_FOUND -> Level.WARN;
                    case CONFLICT, UNSUPPORTED, INTERNAL -> Level.WARN;
                };
        log.atLevel(level).log("{} on {}: {}", run.tool(), run.target(), report.error());
        return report;
    }

    private ToolReport ended(ToolReport report) {
        history.add(report);
        if (LivePoller.isRoutine(report)) {
            // Told by what it measured; an event per round would make every screen read again.
            return report;
        }
        bus.publish(
                new OpsEvent.RunEnded(
                        report.target(),
                        clock.instant(),
                        report.runId(),
                        report.tool(),
                        report.status().name().toLowerCase(Locale.ROOT)));
        // On a thread of its own: a slow state database holds up no caller.
        room.launch("record " + report.tool(), () -> recorder.record(report));
        return report;
    }

    @Override
    public List<ToolReport> recent(int limit) {
        return history.recent(limit);
    }
}

package io.lakebaseops.change.approval;

import io.lakebaseops.change.execution.Receipt;
import io.lakebaseops.change.execution.Receipts;
import io.lakebaseops.change.execution.RunCancellation;
import io.lakebaseops.change.execution.StepMonitor;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.CancelledRun;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.RunningPlan;
import io.lakebaseops.domain.plan.RunningPlan.Blocker;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.state.StateDb;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The plans that run now, of any process to be seen, of this one to be cancelled.
final class RunningPlans {
    private static final Logger LOG = LoggerFactory.getLogger(RunningPlans.class);

    /// A cancelled VACUUM or REINDEX cleans up behind itself; a half-built index is dropped.
    private static final Duration CANCEL_WITHIN = Duration.ofMinutes(1);

    private final StateDb db;
    private final PlanStore store;
    private final PlanStateRecorder journal;
    private final StepMonitor watch;
    private final Clock clock;
    private final Map<UUID, RunCancellation> here = new ConcurrentHashMap<>();

    RunningPlans(
            StateDb db,
            PlanStore store,
            PlanStateRecorder journal,
            StepMonitor watch,
            Clock clock) {
        this.db = db;
        this.store = store;
        this.journal = journal;
        this.watch = watch;
        this.clock = clock;
    }

    /// Runs the plan so that it can be cancelled meanwhile.
    Decision run(UUID id, java.util.function.Function<RunCancellation, Decision> run) {
        var cancellation = new RunCancellation();
        here.put(id, cancellation);
        try {
            return run.apply(cancellation);
        } finally {
            here.remove(id);
            cancellation.ended();
        }
    }

    List<RunningPlan> all() {
        return db.tx(tx -> store.list(tx, ChangeSql.PLAN_RUNNING)).stream()
                .map(this::look)
                .toList();
    }

    private RunningPlan look(FiledPlan plan) {
        var receipts = runs(plan.id());
        var runner = db.tx(tx -> store.runner(tx, plan.id())).orElse(null);
        var steps = plan.plan().steps();
        if (receipts.isEmpty()) {
            var since = plan.decidedAt() == null ? plan.filedAt() : plan.decidedAt();
            var elapsed = Duration.between(since, clock.instant());
            return new RunningPlan(plan, 0, steps.size(), null, since, elapsed, List.of(), runner);
        }
        var last = receipts.getLast();
        return new RunningPlan(
                plan,
                last.step(),
                steps.size(),
                last.title(),
                last.startedAt(),
                Duration.between(last.startedAt(), clock.instant()),
                last.outcome() == Receipt.Outcome.STARTED
                        ? blockers(plan, steps.get(last.step() - 1))
                        : List.of(),
                runner);
    }

    private List<Receipt> runs(UUID id) {
        return db.tx(tx -> Receipts.of(tx, id)).stream()
                .filter(r -> r.phase() == Receipt.Phase.RUN)
                .toList();
    }

    /// A server that does not answer now costs the look nothing but this.
    private List<Blocker> blockers(FiledPlan plan, Step step) {
        Supplier<List<Blocker>> look =
                switch (step) {
                    case Step.SqlStep s ->
                            () -> watch.waitsFor(plan.plan().target(), s.database(), plan.id());
                    case Step.ScriptStep s ->
                            () -> watch.waitsFor(plan.plan().target(), s.database(), plan.id());
                    case Step.ArchiveStep s ->
                            () -> watch.waitsFor(plan.plan().target(), s.database(), plan.id());
                    case Step.ApiStep _ -> List::of;
                };
        try {
            return look.get();
        } catch (OpsException e) {
            LOG.warn("Whom '{}' waits for is not known: {}", plan.plan().title(), e.getMessage());
            return List.of();
        }
    }

    /// Blocks until the server has answered, at most a minute.
    CancelledRun cancel(UUID id, Actor by) {
        var cancellation = here.get(id);
        if (cancellation == null) {
            throw notHere(find(id));
        }
        db.run(tx -> journal.entry(tx, "cancel", id, by.name(), "by", by));
        cancellation.request(by);
        boolean ended = cancellation.awaitEnd(CANCEL_WITHIN);
        var plan = find(id);
        var receipts = runs(id);
        var from = plan.decidedAt() == null ? plan.filedAt() : plan.decidedAt();
        var to = plan.finishedAt() == null ? clock.instant() : plan.finishedAt();
        return new CancelledRun(
                plan,
                ended,
                Duration.between(from, to),
                receipts.stream().map(Receipt::waited).reduce(Duration.ZERO, Duration::plus),
                receipts.stream()
                        .filter(r -> r.outcome() == Receipt.Outcome.DONE)
                        .map(Receipt::title)
                        .toList());
    }

    private FiledPlan find(UUID id) {
        return db.tx(tx -> store.find(tx, id)).orElseThrow(() -> DecisionService.none(id));
    }

    private OpsException notHere(FiledPlan plan) {
        var runner = db.tx(tx -> store.runner(tx, plan.id()));
        return new OpsException(
                OpsException.Kind.CONFLICT,
                "Cancel '" + plan.plan().title() + "'",
                plan.state() == State.RUNNING
                        ? "another process carries it out: " + runner.orElse("unknown")
                        : "it does not run; it is " + DecisionService.words(plan.state()),
                plan.state() == State.RUNNING ? "cancel it there" : "look at it again");
    }
}

package io.lakebaseops.change.approval;

import io.lakebaseops.change.archival.ArchiveRunner;
import io.lakebaseops.change.archival.ColdStore;
import io.lakebaseops.change.audit.AuditChain;
import io.lakebaseops.change.execution.ChangeRunner;
import io.lakebaseops.change.execution.ControlPlaneExecutor;
import io.lakebaseops.change.execution.PostconditionCheck;
import io.lakebaseops.change.execution.Preconditions;
import io.lakebaseops.change.execution.Receipts;
import io.lakebaseops.change.execution.StepMonitor;
import io.lakebaseops.change.risk.EnvironmentResolver;
import io.lakebaseops.change.risk.RiskPolicy;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.CancelledRun;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.HeldBack;
import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.RunningPlan;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.ArchivalStore;
import io.lakebaseops.state.CreatedResourceStore;
import io.lakebaseops.state.StateDb;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.IntStream;

/// The approval desk on the state database, shared by every process that uses it.
///
/// Who decides about a plan first takes its turn (an advisory lock that dies with the process), so
/// of two processes approving the same plan one runs it and the other is told.
public final class PlanDesk implements ApprovalDesk, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlanDesk.class);

    /// What runs is let finish for so long when the process ends.
    private static final Duration LAST_WAIT = Duration.ofSeconds(20);

    /// @param proof how long figures may take to become true
    /// @param api longest time of one act on the control plane: a branch of many gigabytes may take
    ///     minutes; what takes longer will not come
    record Pace(PostconditionCheck.Patience proof, Duration api) {
        static final Pace STANDARD =
                new Pace(PostconditionCheck.Patience.STANDARD, Duration.ofMinutes(10));

        Pace(PostconditionCheck.Patience proof) {
            this(proof, STANDARD.api);
        }
    }

    private final StateDb db;
    private final Clock clock;
    private final PlanStore store = new PlanStore();
    private final RiskAssessor risks;
    private final PlanSubmission submission;
    private final DecisionService decisions;
    private final UndoPlanner undos;
    private final PlanExecution execution;
    private final RunningPlans running;
    private final GoneTargets goneTargets;
    private final OrphanedPlanRecovery abandoned;
    private final Executor executor;
    private final Phaser deciding = new Phaser(1);
    private final PlanStateRecorder journal;

    /// @param executor carries out low-risk plans; never the caller's thread unless it says so
    public PlanDesk(
            StateDb db,
            Targets targets,
            SqlLibrary sql,
            ControlPlaneAccess controlPlanes,
            RiskPolicy policy,
            AuditChain audit,
            ColdStore cold,
            PlanListener listener,
            StepMonitor watch,
            Executor executor,
            Clock clock) {
        this(
                db,
                targets,
                sql,
                controlPlanes,
                policy,
                audit,
                new ArchiveRunner(
                        targets, new ArchivalStore(db, clock), cold, ArchiveRunner.Moments.UNHEARD),
                listener,
                watch,
                executor,
                clock,
                Pace.STANDARD);
    }

    PlanDesk(
            StateDb db,
            Targets targets,
            SqlLibrary sql,
            ControlPlaneAccess controlPlanes,
            RiskPolicy policy,
            AuditChain audit,
            ArchiveRunner archives,
            PlanListener listener,
            StepMonitor watch,
            Executor executor,
            Clock clock,
            Pace pace) {
        this.db = db;
        this.clock = clock;
        this.executor = executor;
        this.journal = new PlanStateRecorder(db, store, audit, listener, clock);
        var created = new CreatedResourceStore(db, clock);
        this.risks =
                new RiskAssessor(
                        policy,
                        new EnvironmentResolver(controlPlanes, policy.limits(), created),
                        new TrustLedger(db, clock));
        var receipts = new Receipts(db, audit, clock);
        var filed = new FiledEntries(store, audit);
        this.undos = new UndoPlanner(db, filed, controlPlanes, created, clock);
        this.submission = new PlanSubmission(db, store, journal, clock);
        this.decisions = new DecisionService(db, store, journal, filed, clock);
        this.abandoned = new OrphanedPlanRecovery(db, store, journal, clock);
        this.goneTargets = new GoneTargets(db, store, journal, clock);
        this.running = new RunningPlans(db, store, journal, watch, clock);
        var proofs =
                new PostconditionCheck(
                        targets, controlPlanes, archives.proofs(sql), clock, pace.proof());
        this.execution =
                new PlanExecution(
                        new Preconditions(targets, controlPlanes, proofs),
                        risks,
                        new ChangeRunner(
                                targets,
                                sql,
                                controlPlanes,
                                new ControlPlaneExecutor(created),
                                archives,
                                receipts,
                                watch,
                                pace.api()),
                        proofs,
                        journal);
    }

    @Override
    public FiledPlan file(ChangePlan plan) {
        return fileAll(List.of(plan)).getFirst();
    }

    @Override
    public List<FiledPlan> fileAll(List<ChangePlan> plans) {
        var filed = submission.file(plans, risks.listing());
        return IntStream.range(0, plans.size())
                .mapToObj(i -> begun(filed.get(i), plans.get(i).proposedBy()))
                .toList();
    }

    /// Low risk is decided by the policy as soon as it is filed, but for what a model proposed.
    ///
    /// @param by who files it now; the same plan may wait already, because a model proposed it
    private FiledPlan begun(FiledPlan filed, Actor by) {
        if (filed.risk().level() != RiskLevel.LOW
                || filed.state() != State.WAITING
                || by.kind() == Actor.Kind.ASSISTANT) {
            return filed;
        }
        deciding.register();
        executor.execute(
                () -> {
                    try {
                        decide(filed.id(), Approval.byPolicy(filed));
                    } finally {
                        deciding.arriveAndDeregister();
                    }
                });
        return find(filed.id()).orElse(filed);
    }

    @Override
    public List<FiledPlan> waiting(int offset, int limit) {
        submission.closeOverdue();
        return db.tx(
                tx -> store.list(tx, ChangeSql.PLAN_WAITING, "offset", offset, "limit", limit));
    }

    @Override
    public List<FiledPlan> history(@Nullable TargetId target, int limit) {
        var key = target == null ? null : target.key();
        return db.tx(tx -> store.list(tx, ChangeSql.PLAN_HISTORY, "target", key, "limit", limit));
    }

    @Override
    public List<HeldBack> heldBack(@Nullable TargetId target, int limit) {
        return db.tx(tx -> Refusals.list(tx, store, target, clock.instant(), limit));
    }

    @Override
    public void askAgain(HeldBack held, Actor by) {
        db.run(tx -> Refusals.end(tx, journal, held, by));
    }

    @Override
    public void holdAgain(HeldBack held, Actor by) {
        db.run(tx -> Refusals.resume(tx, journal, held, by));
    }

    @Override
    public Optional<FiledPlan> find(UUID id) {
        return db.tx(tx -> store.find(tx, id));
    }

    @Override
    public List<FiledPlan> find(String prefix, int limit) {
        return db.tx(
                tx -> store.list(tx, ChangeSql.PLAN_BY_PREFIX, "prefix", prefix, "limit", limit));
    }

    @Override
    public Decision approve(
            UUID id,
            PlanFingerprint shown,
            Actor by,
            @Nullable String typedName,
            @Nullable String reason) {
        deciding.register();
        try {
            return decide(id, new Approval(shown, by, typedName, reason));
        } finally {
            deciding.arriveAndDeregister();
        }
    }

    private Decision decide(UUID id, Approval approval) {
        var turn = db.tryLease(turnOf(id));
        if (turn.isEmpty()) {
            return taken(id);
        }
        try (var held = turn.get()) {
            var seen = find(id).orElseThrow(() -> DecisionService.none(id));
            var now = new RiskAssessor.Assessed(seen.risk(), true);
            if (mayRun(seen, approval)) {
                now = risks.now(seen.plan());
                var obstacle = unreadable(seen, now);
                if (obstacle.isPresent()) {
                    return new Decision.Declined("the plan still waits: " + obstacle.get());
                }
            }
            var me = ProcessIdentity.name();
            return switch (decisions.rule(seen, now.risk(), approval, me)) {
                case DecisionService.Ruling.Refused(var decision, _) -> decision;
                case DecisionService.Ruling.Go(var plan) ->
                        running.run(id, stop -> execution.run(plan, held, me, stop));
            };
        }
    }

    private boolean mayRun(FiledPlan plan, Approval approval) {
        return plan.state() == State.WAITING
                && plan.plan().expiresAt().isAfter(clock.instant())
                && approval.objection(plan, plan.risk()).isEmpty();
    }

    /// A server that cannot be asked now must not cost a person the plan: it goes on waiting.
    private Optional<String> unreadable(FiledPlan seen, RiskAssessor.Assessed now) {
        if (!now.known() && now.risk().level().compareTo(seen.risk().level()) > 0) {
            return Optional.of("its risk cannot be told, since the control plane does not answer");
        }
        return execution.unreadable(seen);
    }

    /// Waits for the plans that are being carried out: cut off, their outcome would be unknown.
    @Override
    public void close() {
        try {
            deciding.awaitAdvanceInterruptibly(
                    deciding.arrive(), LAST_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("{} plans are left running", deciding.getUnarrivedParties());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void reject(UUID id, Actor by, String reason, @Nullable Instant until) {
        decisions.reject(id, by, reason, until);
    }

    @Override
    public List<RunningPlan> watchRunning() {
        return running.all();
    }

    @Override
    public CancelledRun cancel(UUID id, Actor by) {
        return running.cancel(id, by);
    }

    @Override
    public FiledPlan planUndo(UUID id, Actor by) {
        var done = find(id).orElseThrow(() -> DecisionService.none(id));
        return file(undos.of(done, by));
    }

    /// Marks plans whose process died in the middle as failed with an unknown outcome; returns how
    /// many. They are never run again by themselves. Call it at start and every minute or so.
    @Override
    public int settleAbandoned() {
        return abandoned.settle();
    }

    /// Closes waiting plans whose server is gone, with the reason; returns how many. Call it every
    /// minute or so.
    ///
    /// @param gone why a target is gone for good; empty when it is there or cannot be asked
    public int closeGone(Function<TargetId, Optional<String>> gone) {
        return goneTargets.close(gone);
    }

    /// Measures once more what could not be measured within the last day; returns how many plans.
    public int measureAgain() {
        var since = clock.instant().minus(Duration.ofDays(1));
        var open =
                db.tx(tx -> store.list(tx, ChangeSql.PLAN_UNMEASURED, "since", since)).stream()
                        .filter(plan -> !plan.plan().proofs().isEmpty())
                        .toList();
        int measured = 0;
        for (var plan : open) {
            var turn = db.tryLease(turnOf(plan.id()));
            if (turn.isPresent()) {
                try (var _ = turn.get()) {
                    execution.verify(plan);
                    measured++;
                }
            }
        }
        return measured;
    }

    private Decision taken(UUID id) {
        var plan = find(id).orElseThrow(() -> DecisionService.none(id));
        return new Decision.Declined(
                plan.decidedBy() == null
                        ? "somebody else is deciding about it right now"
                        : DecisionService.already(plan));
    }

    static String turnOf(UUID id) {
        return "plan/" + id;
    }
}

package io.lakebaseops.change.approval;

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
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.domain.plan.PlanFingerprint;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.CreatedResourceStore;
import io.lakebaseops.state.StateDb;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
    private final RiskPolicy policy;
    private final EnvironmentResolver lookout;
    private final PlanSubmission filing;
    private final DecisionService rulings;
    private final PlanExecution carryOut;
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
            PlanListener listener,
            StepMonitor watch,
            Executor executor,
            Clock clock,
            Pace pace) {
        this.db = db;
        this.clock = clock;
        this.policy = policy;
        this.executor = executor;
        var created = new CreatedResourceStore(db, clock);
        this.lookout = new EnvironmentResolver(controlPlanes, policy.limits(), created);
        this.journal = new PlanStateRecorder(db, store, audit, listener, clock);
        var receipts = new Receipts(db, audit, clock);
        this.filing = new PlanSubmission(db, store, journal, clock);
        this.rulings = new DecisionService(db, store, journal, clock);
        this.abandoned = new OrphanedPlanRecovery(db, store, journal, clock);
        this.carryOut =
                new PlanExecution(
                        new Preconditions(targets, controlPlanes),
                        new ChangeRunner(
                                targets,
                                sql,
                                controlPlanes,
                                new ControlPlaneExecutor(created),
                                receipts,
                                watch,
                                pace.api()),
                        new PostconditionCheck(targets, controlPlanes, clock, pace.proof()),
                        journal,
                        created);
    }

    @Override
    public FiledPlan file(ChangePlan plan) {
        var risk = policy.assess(plan, lookout.listed(plan));
        var filed = filing.file(plan, risk);
        if (filed.risk().level() == RiskLevel.LOW && filed.state() == State.WAITING) {
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
        return filed;
    }

    @Override
    public List<FiledPlan> waiting() {
        filing.expireOverdue();
        return db.tx(tx -> store.list(tx, ChangeSql.PLAN_WAITING));
    }

    @Override
    public List<FiledPlan> history(int limit) {
        return db.tx(tx -> store.list(tx, ChangeSql.PLAN_HISTORY, "limit", limit));
    }

    @Override
    public Optional<FiledPlan> find(UUID id) {
        return db.tx(tx -> store.find(tx, id));
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
            var unreadable = unreadable(id, approval);
            if (unreadable.isPresent()) {
                return new Decision.Declined(unreadable.get());
            }
            var me = ProcessIdentity.name();
            return switch (rulings.rule(id, approval, me)) {
                case DecisionService.Ruling.Refused(var decision) -> decision;
                case DecisionService.Ruling.Go(var plan) -> carryOut.run(plan, held, me);
            };
        }
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

    /// A server that cannot be asked now must not cost a person the plan: it goes on waiting.
    private Optional<String> unreadable(UUID id, Approval approval) {
        return find(id).filter(
                        plan ->
                                plan.state() == FiledPlan.State.WAITING
                                        && plan.plan().expiresAt().isAfter(clock.instant())
                                        && approval.objection(plan).isEmpty())
                .flatMap(carryOut::unreadable)
                .map(why -> "the plan still waits: " + why);
    }

    @Override
    public void reject(UUID id, Actor by, String reason) {
        rulings.reject(id, by, reason);
    }

    @Override
    public Decision undo(UUID id, Actor by, String reason) {
        deciding.register();
        try {
            return takeBack(id, by, reason);
        } finally {
            deciding.arriveAndDeregister();
        }
    }

    private Decision takeBack(UUID id, Actor by, String reason) {
        var turn = db.tryLease(turnOf(id));
        if (turn.isEmpty()) {
            return taken(id);
        }
        try (var held = turn.get()) {
            var me = ProcessIdentity.name();
            return switch (rulings.undo(id, by, reason, me)) {
                case DecisionService.Ruling.Refused(var decision) -> decision;
                case DecisionService.Ruling.Go(var plan) -> carryOut.undo(plan, held, me);
            };
        }
    }

    /// Marks plans whose process died in the middle as failed with an unknown outcome; returns how
    /// many. They are never run again by themselves. Call it at start and every minute or so.
    public int settleAbandoned() {
        return abandoned.settle();
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
                    carryOut.verify(plan);
                    measured++;
                }
            }
        }
        return measured;
    }

    private Decision taken(UUID id) {
        var plan =
                find(id).orElseThrow(
                                () ->
                                        new OpsException(
                                                OpsException.Kind.NOT_FOUND,
                                                "Decide about plan " + id,
                                                "there is none",
                                                "refresh the queue"));
        return new Decision.Declined(
                plan.decidedBy() == null
                        ? "somebody else is deciding about it right now"
                        : "%s decided first; it is %s"
                                .formatted(plan.decidedBy(), DecisionService.words(plan.state())));
    }

    static String turnOf(UUID id) {
        return "plan/" + id;
    }
}

package io.lakebaseops.app;

import io.lakebaseops.agents.performance.indexes.IndexPlanning;
import io.lakebaseops.agents.performance.indexes.IndexSetFiling;
import io.lakebaseops.agents.performance.indexes.IndexTwin;
import io.lakebaseops.agents.provisioning.migration.EarlierRuns;
import io.lakebaseops.agents.provisioning.migration.MigrationLedger;
import io.lakebaseops.agents.provisioning.migration.MigrationTestBoard;
import io.lakebaseops.agents.provisioning.migration.PastMigrations;
import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.approval.PlanHistory;
import io.lakebaseops.console.TwinPlans;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.framework.work.TaskSpec;
import io.lakebaseops.framework.work.Work;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.local.compute.ScratchServer;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.IdleIndexStore;
import io.lakebaseops.state.IdleIndexes;
import io.lakebaseops.state.IndexAdvice;
import io.lakebaseops.state.IndexAdviceStore;
import io.lakebaseops.state.IndexSet;
import io.lakebaseops.state.Settings;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.trial.BranchTrial;
import io.lakebaseops.trial.TrialReport;
import io.lakebaseops.twin.PlannerTwin;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/// Wires what migrations and trials need besides the tools, and the planner twin. Made here so that
/// the wiring stays short.
record TrialWiring(
        Targets targets,
        SqlLibrary sql,
        ControlPlaneAccess planes,
        ApprovalDesk desk,
        Supplier<StateDb> state,
        EventBus events,
        MigrationTestBoard tests,
        Home home,
        PlannerTwin twin,
        Clock clock)
        implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TrialWiring.class);
    private static final Duration TRY_WITHIN = Duration.ofMinutes(15);

    /// Statements of the workload that are measured before and after.
    private static final int REPLAYED = 20;

    private static final Duration SWEEP_WITHIN = Duration.ofMinutes(5);

    private static final Duration PLAN_WITHIN = Duration.ofMinutes(2);
    private static final Duration TWIN_PACE = Duration.ofMinutes(1);

    TrialWiring(
            Targets targets,
            SqlLibrary sql,
            ControlPlaneAccess planes,
            ApprovalDesk desk,
            Supplier<StateDb> state,
            EventBus events,
            Home home,
            Clock clock) {
        this(
                targets,
                sql,
                planes,
                desk,
                state,
                events,
                new MigrationTestBoard(clock),
                home,
                new PlannerTwin(() -> LocalTwinServer.start(home.twin()), clock),
                clock);
    }

    /// What the planner twin says about indexes.
    IndexTwin indexTwin() {
        return new IndexTwin(twin, sql, indexAdvice());
    }

    /// What it said, kept.
    IndexAdvice indexAdvice() {
        return new Lazy<>(() -> new IndexAdviceStore(state.get())).as(IndexAdvice.class);
    }

    /// Work in the planner twin for a person at a screen.
    TwinPlans twinPlans(Lakehouse lakehouse, TaskExecutor room) {
        var notes = new Lazy<>(() -> new IdleIndexStore(state.get())).as(IdleIndexes.class);
        var planning = new IndexPlanning(targets, sql, notes, lakehouse, indexTwin(), clock);
        var filing = new IndexSetFiling(targets, sql, desk, indexAdvice(), clock);
        return new TwinPlans() {
            @Override
            public Work<IndexPlanning.Answer> start(TargetId target, Finding finding, Actor actor) {
                return room.start(
                        TaskSpec.of(
                                "Planner twin: " + finding.subject().display(),
                                PLAN_WITHIN,
                                scope -> planning.of(target, finding, actor, scope.deadline())));
            }

            @Override
            public Work<IndexSetFiling.Filed> file(TargetId target, IndexSet set, Actor actor) {
                return room.start(
                        TaskSpec.of(
                                "File the set of indexes of " + set.database(),
                                PLAN_WITHIN,
                                scope -> filing.file(set, target, actor, scope.deadline())));
            }

            @Override
            public void forget() {
                planning.forget();
            }
        };
    }

    /// Cleans up what processes left that died, and from now on ends the twin when it is idle.
    void start(TaskExecutor room) {
        room.launch("sweep trials", this::afterCrash);
        room.every("end the idle planner twin", TWIN_PACE, twin::endIdle);
    }

    /// The steps of a plan on a branch of its own.
    Work<TrialReport> start(FiledPlan filed, Actor actor, TaskExecutor room) {
        var plan = filed.plan();
        return room.start(
                new TaskSpec<>(
                        "Trial of: " + plan.title(),
                        TRY_WITHIN,
                        TaskSpec.GRACE,
                        scope ->
                                trials().run(
                                                new BranchTrial.Wanted(
                                                        plan.target(),
                                                        plan.subject().name(),
                                                        REPLAYED,
                                                        actor),
                                                _ -> plan.steps(),
                                                scope.deadline()),
                        null));
    }

    BranchTrial trials() {
        return new BranchTrial(targets, sql, planes, desk, state, clock);
    }

    /// Looks into the state database only when asked.
    EarlierRuns earlierMigrations() {
        return (target, since) ->
                new PastMigrations(desk, new PlanHistory(state.get())).finished(target, since);
    }

    MigrationLedger migrationLedger() {
        return new MigrationLedger(desk, new Settings(state.get()), events, clock);
    }

    /// What processes that died left undone: twins, branches of their trials, news of their
    /// migrations.
    private void afterCrash() {
        removeTwins();
        sweep();
        try {
            migrationLedger().restore();
        } catch (OpsException e) {
            log.warn("News of migrations could not be looked for: {}", e.getMessage());
        }
    }

    private void sweep() {
        try {
            trials().sweep(Actor.agent("provisioning"), Deadline.in(SWEEP_WITHIN))
                    .forEach(s -> log.info("Branch of a trial that died: {}", s));
        } catch (OpsException e) {
            log.warn("Branches of dead trials could not be looked for: {}", e.getMessage());
        }
    }

    private void removeTwins() {
        try {
            ScratchServer.removeLeftovers(home.twin());
        } catch (IOException e) {
            log.warn("Twins of dead processes could not be removed", e);
        }
    }

    @Override
    public void close() {
        twin.close();
    }
}

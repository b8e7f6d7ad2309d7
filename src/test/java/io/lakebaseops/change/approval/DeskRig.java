package io.lakebaseops.change.approval;

import io.lakebaseops.change.archival.ArchiveRunner;
import io.lakebaseops.change.audit.AuditChain;
import io.lakebaseops.change.execution.PostconditionCheck;
import io.lakebaseops.change.execution.StepListener;
import io.lakebaseops.change.execution.StepMonitor;
import io.lakebaseops.change.risk.RiskPolicy;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.postgres.WritePermit;
import io.lakebaseops.state.ArchivalStore;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateSettings;
import io.lakebaseops.testing.AuditChains;
import io.lakebaseops.testing.NoColdStore;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;
import io.lakebaseops.testing.TestTargets;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/// A desk over a real state database and a real target, each a fresh database.
final class DeskRig implements AutoCloseable {
    static final Actor PERSON = Actor.human("kim");
    static final Duration LOCK_TIMEOUT = Duration.ofSeconds(3);

    final Pg17.Database shop;
    final StateDb state;
    final TestTargets targets;
    final AuditChain audit;
    final List<WritePermit> permits = new CopyOnWriteArrayList<>();
    final List<FiledPlan> told = new CopyOnWriteArrayList<>();
    final PlanDesk desk;

    DeskRig() {
        this(StateDatabases.fresh("gate_state").url(), Pg17.shared().database("shop"));
    }

    DeskRig(String stateUrl, Pg17.Database shop) {
        this(stateUrl, shop, Runnable::run, Clock.systemUTC());
    }

    DeskRig(String stateUrl, Pg17.Database shop, Executor executor, Clock clock) {
        this.shop = shop;
        state = StateDb.open(StateSettings.of(stateUrl, Pg17.DBA, Pg17.DBA_PASSWORD));
        targets = TestTargets.of(shop);
        audit = AuditChains.of(state, clock);
        desk =
                desk(
                        state,
                        targets,
                        new PermitRecorder(targets.targets(), permits),
                        audit,
                        told::add,
                        StepListener.NOBODY,
                        executor,
                        clock);
    }

    static PlanDesk desk(
            StateDb state,
            TestTargets targets,
            AuditChain audit,
            PlanListener listener,
            Executor executor,
            Clock clock) {
        return desk(state, targets, audit, listener, StepListener.NOBODY, executor, clock);
    }

    static PlanDesk desk(
            StateDb state,
            TestTargets targets,
            AuditChain audit,
            PlanListener listener,
            StepListener steps,
            Executor executor,
            Clock clock) {
        return desk(state, targets, targets.targets(), audit, listener, steps, executor, clock);
    }

    private static PlanDesk desk(
            StateDb state,
            TestTargets targets,
            Targets sessions,
            AuditChain audit,
            PlanListener listener,
            StepListener steps,
            Executor executor,
            Clock clock) {
        return new PlanDesk(
                state,
                sessions,
                targets.sql(),
                _ -> Optional.empty(),
                RiskPolicy.standard(),
                audit,
                new ArchiveRunner(
                        sessions,
                        new ArchivalStore(state, Clock.systemUTC()),
                        NoColdStore.NONE,
                        ArchiveRunner.Moments.UNHEARD),
                listener,
                new StepMonitor(
                        targets.targets(),
                        steps,
                        targets.threads(),
                        new StepMonitor.Pace(Duration.ofMillis(50), Duration.ofMillis(300))),
                executor,
                clock,
                new PlanDesk.Pace(
                        new PostconditionCheck.Patience(
                                3, Duration.ofMillis(50), Duration.ofSeconds(60))));
    }

    TargetId target() {
        return targets.target();
    }

    FiledPlan found(FiledPlan plan) {
        return desk.find(plan.id()).orElseThrow();
    }

    Decision approve(FiledPlan plan) {
        return desk.approve(plan.id(), plan.fingerprint(), PERSON, null, null);
    }

    /// Drop an index concurrently, with its definition as precondition and undo.
    ChangePlan dropIndex(String schema, String table, String index) {
        var params =
                List.of(
                        new SqlParam("schema", "text", schema),
                        new SqlParam("table", "text", table),
                        new SqlParam("index", "text", index));
        Rows now;
        try (var read = targets.read()) {
            now =
                    read.query(
                            SqlName.of("change/index_state"),
                            Map.of("schema", schema, "table", table, "index", index));
        }
        var definition = String.valueOf(now.list().getFirst().get("definition"));
        return plan(
                Subject.index(shop.name(), schema, table, index),
                List.of(step("Drop", "drop index concurrently " + Ident.of(schema, index))),
                new Undo(
                        List.of(
                                step(
                                        "Build it again",
                                        definition.replaceFirst(
                                                " INDEX ", " INDEX CONCURRENTLY "))),
                        "built again from its definition",
                        List.of(figure("It is back", params, 1))),
                List.of(
                        new Precondition.SqlRows(
                                "The index is as it was",
                                shop.name(),
                                "change/index_state",
                                params,
                                now)),
                List.of(figure("It is gone", params, 0)),
                null);
    }

    Postcondition.SqlFigure figure(String what, List<SqlParam> params, double wanted) {
        return new Postcondition.SqlFigure(
                what,
                shop.name(),
                "change/index_state",
                params,
                "found",
                Postcondition.Comparison.EQUAL,
                wanted);
    }

    ChangePlan plan(Subject subject, Step... steps) {
        return plan(target(), subject, steps);
    }

    ChangePlan plan(TargetId target, Subject subject, Step... steps) {
        return plan(target, subject, List.of(steps), Undo.none("none"), List.of(), List.of(), null);
    }

    ChangePlan plan(
            Subject subject,
            List<Step> steps,
            Undo undo,
            List<Precondition> preconditions,
            List<Postcondition> proofs,
            @Nullable String finding) {
        return plan(target(), subject, steps, undo, preconditions, proofs, finding);
    }

    private static ChangePlan plan(
            TargetId target,
            Subject subject,
            List<Step> steps,
            Undo undo,
            List<Precondition> preconditions,
            List<Postcondition> proofs,
            @Nullable String finding) {
        var now = Instant.now();
        return new ChangePlan(
                target,
                "some_tool",
                Actor.agent("performance"),
                "Do it",
                "Do it on " + subject.display(),
                subject,
                "because",
                steps,
                undo,
                new ExpectedEffect("less", null, null),
                preconditions,
                proofs,
                List.of(),
                finding,
                null,
                now,
                now.plusSeconds(3600));
    }

    Step.SqlStep step(String title, String sql) {
        return new Step.SqlStep(
                title,
                shop.name(),
                sql,
                List.of(),
                LockLevel.NONE,
                Reversibility.HARMLESS,
                false,
                LOCK_TIMEOUT,
                Duration.ofSeconds(20),
                0);
    }

    @Override
    public void close() {
        targets.close();
        state.close();
    }
}

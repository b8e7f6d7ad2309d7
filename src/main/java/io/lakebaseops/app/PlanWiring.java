package io.lakebaseops.app;

import io.lakebaseops.agents.health.archival.ArchivalLedger;
import io.lakebaseops.agents.health.archival.DeltaColdStore;
import io.lakebaseops.agents.health.diagnosis.RootCause;
import io.lakebaseops.agents.health.monitoring.AlertLedger;
import io.lakebaseops.agents.health.operations.RepairFollowUp;
import io.lakebaseops.agents.performance.maintenance.VacuumLedger;
import io.lakebaseops.agents.provisioning.branching.BranchLedger;
import io.lakebaseops.agents.provisioning.migration.MigrationLedger;
import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.approval.PlanDesk;
import io.lakebaseops.change.execution.StepMonitor;
import io.lakebaseops.change.risk.RiskPolicy;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.PlanEvents;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.Archivals;
import io.lakebaseops.state.FindingStore;
import io.lakebaseops.state.StateDb;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Wires the approval desk, the ledgers that follow its plans, and the watch over plans left
/// half-way by a process that died.
final class PlanWiring implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PlanWiring.class);
    private static final Duration SETTLE_EVERY = Duration.ofMinutes(1);

    private final Targets targets;
    private final SqlLibrary sql;
    private final Connections connections;
    private final EventBus events;
    private final Clock clock;
    private final PlanEventDispatcher ledgers = new PlanEventDispatcher();
    private final Lazy<PlanDesk> desk;
    private final Lazy<BranchLedger> branchLedger;
    private final Lazy<RepairFollowUp> repairs;

    /// @param branches the ledger of branch life, made when the first plan is done
    /// @param background carries out what is approved
    PlanWiring(
            Supplier<StateDb> state,
            Targets targets,
            SqlLibrary sql,
            Lakehouse lake,
            Connections connections,
            AuditWiring audit,
            Supplier<BranchLedger> branches,
            Supplier<MigrationLedger> migrations,
            Archivals archivals,
            Alerts alerts,
            Supplier<HealthWiring> health,
            EventBus events,
            TaskExecutor room,
            Executor background,
            Clock clock) {
        this.targets = targets;
        this.sql = sql;
        this.connections = connections;
        this.events = events;
        this.clock = clock;
        branchLedger = new Lazy<>(branches);
        repairs =
                new Lazy<>(
                        () ->
                                new RepairFollowUp(
                                        targets,
                                        new RootCause(
                                                health.get().board(),
                                                health.get().definitions(),
                                                lake),
                                        new FindingStore(state.get()),
                                        (id, by) -> desk().planUndo(id, by),
                                        clock));
        desk =
                new Lazy<>(
                        () -> {
                            follow(lake, migrations.get(), archivals, alerts);
                            return new PlanDesk(
                                    state.get(),
                                    targets,
                                    sql,
                                    connections,
                                    RiskPolicy.standard(),
                                    audit.chain(),
                                    new DeltaColdStore(lake, clock),
                                    this::changed,
                                    new StepMonitor(targets, new StepProgress(room), background),
                                    background,
                                    audit.clock());
                        });
    }

    private void follow(
            Lakehouse lake, MigrationLedger migrations, Archivals archivals, Alerts alerts) {
        var vacuums = new VacuumLedger(targets, sql, lake, events, clock);
        ledgers.with("branch ledger", plan -> branchLedger.get().accept(plan))
                .with("vacuum ledger", vacuums::accept)
                .with("migration ledger", migrations::accept)
                .with("archival ledger", new ArchivalLedger(archivals, events, clock))
                .with("alert ledger", new AlertLedger(alerts))
                .with("repair follow-up", plan -> repairs.get().accept(plan));
    }

    private void changed(FiledPlan plan) {
        events.publish(PlanEvents.changed(plan, clock.instant()));
        PlanEvents.indexesChanged(plan, clock.instant()).ifPresent(events::publish);
        ledgers.accept(plan);
    }

    ApprovalDesk desk() {
        return desk.get();
    }

    /// Made at its first use.
    ApprovalDesk lazyDesk() {
        return desk.as(ApprovalDesk.class);
    }

    void start(TaskExecutor room) {
        room.every("settle plans", SETTLE_EVERY, () -> room.launch("settle", this::settle));
    }

    private void settle() {
        try {
            desk.get().settleAbandoned();
            desk.get().closeGone(connections::gone);
            desk.get().measureAgain();
            branchLedger.get().settle();
            repairs.get().lookAgain();
        } catch (OpsException e) {
            log.warn("Plans left half-way could not be looked after: {}", e.getMessage());
        }
    }

    @Override
    public void close() throws Exception {
        try (ledgers) {
            desk.close();
        }
    }
}

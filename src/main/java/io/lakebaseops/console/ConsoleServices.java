package io.lakebaseops.console;

import io.lakebaseops.agents.health.archival.ArchiveBoard;
import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.agents.health.operations.CostBoard;
import io.lakebaseops.agents.health.sync.SyncMonitor;
import io.lakebaseops.agents.performance.maintenance.VacuumMonitor;
import io.lakebaseops.agents.performance.metrics.WaitSampling;
import io.lakebaseops.agents.performance.optimization.StatementFixes;
import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.change.audit.AuditLog;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.JobScheduler;
import io.lakebaseops.framework.work.Ticker;
import io.lakebaseops.framework.work.Work;
import io.lakebaseops.lakehouse.history.StatementPlans;
import io.lakebaseops.lakehouse.history.StatementStatistics;
import io.lakebaseops.lakehouse.history.WaitHistory;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.Findings;
import io.lakebaseops.state.IndexSummaries;
import io.lakebaseops.state.Outbox;
import io.lakebaseops.state.PostponedVacuums;
import io.lakebaseops.state.TitleSearch;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/// The services the screen registry hands to the screens, made once by the composition root. No
/// view model takes the whole of it: each lists the few it needs.
///
/// @param postponed vacuums that wait for a quiet hour
/// @param archive cold rows as last counted, archivals, and plans about them
/// @param sync tables that are synced to Delta
/// @param cost stored bills, what other timeouts would cost, and the capacity forecast
/// @param outbox who was told of an alert, and what could not be sent
/// @param metrics what is measured, with limits, gauges and evidence of what is watched
/// @param statements what statements cost, from history
/// @param waits the load by wait class, from history and from what is sampled now
/// @param plans the execution plans of statements, and when they changed
/// @param sampling how the sampling of waits goes: its cost, and what it cannot see
/// @param fixes files what an execution plan calls for
/// @param generated which part of a server's history was generated and not measured; blocking
/// @param watch measures a target live until closed; called for the one looked at
/// @param runningWork every piece of work that has not ended, whoever started it
/// @param background runs blocking calls, one virtual thread each
/// @param staleAfter data older than this is shown as stale though nobody reported an outage
/// @param user who approves, as the audit names them
/// @param localLakebase starts or attaches to Local Lakebase; blocking
/// @param troubles connection profiles that could not be opened, each with its reason
/// @param memory where window size and theme are kept between starts
public record ConsoleServices(
        AgentFramework framework,
        JobScheduler jobs,
        EventBus events,
        ApprovalDesk desk,
        PlanQueue queue,
        AuditLog audit,
        Findings findings,
        IndexSummaries indexSummaries,
        Alerts alerts,
        Outbox outbox,
        TitleSearch titles,
        HealthBoard health,
        VacuumMonitor vacuum,
        PostponedVacuums postponed,
        PlanTrials trials,
        ArchiveBoard archive,
        SyncMonitor sync,
        CostBoard cost,
        Targets targets,
        MetricDefinitions metrics,
        StatementStatistics statements,
        WaitHistory waits,
        StatementPlans plans,
        Function<TargetId, WaitSampling> sampling,
        StatementFixes fixes,
        Function<TargetId, Optional<GeneratedHistory>> generated,
        Function<TargetId, Ticker.Ticking> watch,
        Supplier<List<Work<?>>> runningWork,
        Executor background,
        Clock clock,
        Duration staleAfter,
        String user,
        Supplier<TargetId> localLakebase,
        List<String> troubles,
        Path memory) {
    public ConsoleServices {
        troubles = List.copyOf(troubles);
    }

    public RunningWork running() {
        return new RunningWork(runningWork, queue, desk, Actor.human(user), background);
    }

    public ActivityTimeline timeline() {
        return new ActivityTimeline(alerts, desk, jobs);
    }
}

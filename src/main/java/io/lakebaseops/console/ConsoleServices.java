package io.lakebaseops.console;

import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.change.audit.AuditLog;
import io.lakebaseops.console.settings.SettingsServices;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.JobScheduler;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.Findings;
import io.lakebaseops.state.TitleSearch;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Function;

/// The services the screen registry hands to the screens, made once by the composition root. What
/// only one agent's screens need stands in a record of its own. No view model takes the whole of
/// it: each lists the few it needs.
///
/// @param queue plans at the gate, as lists
/// @param titles finds plans, findings and alerts by their titles
/// @param settings null where nothing can be set
/// @param generated which part of a server's history was generated and not measured; blocking
public record ConsoleServices(
        AgentFramework framework,
        JobScheduler jobs,
        EventBus events,
        ApprovalDesk desk,
        PlanQueue queue,
        AuditLog audit,
        Findings findings,
        TitleSearch titles,
        Targets targets,
        Function<TargetId, Optional<GeneratedHistory>> generated,
        ProvisioningServices provisioning,
        PerformanceServices performance,
        HealthServices health,
        AskServices ask,
        @Nullable SettingsServices settings,
        ConsoleRuntime runtime) {
    public RunningWork running() {
        return new RunningWork(
                runtime.runningWork(),
                queue,
                desk,
                Actor.human(runtime.user()),
                runtime.background());
    }

    public ActivityTimeline timeline() {
        return new ActivityTimeline(health.alerts(), desk, jobs);
    }
}

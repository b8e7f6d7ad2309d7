package io.lakebaseops.cli;

import io.lakebaseops.ask.model.Answers;
import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.audit.AuditLog;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.JobScheduler;
import io.lakebaseops.framework.ToolCatalog;
import io.lakebaseops.guard.ReadSql;
import io.lakebaseops.notify.Notifications;

import java.util.concurrent.Executor;

/// What the commands work with. Each part is made when first asked for, so that listing the tools
/// starts no server. Whoever made the services closes them after the command.
public interface Services {
    /// Needs no server.
    ToolCatalog catalog();

    AgentFramework framework();

    /// For statements of the person's own.
    ReadSql readSql();

    ApprovalDesk approvals();

    /// Runs what a command does beside its own thread.
    Executor background();

    AuditLog audit();

    Answers answers();

    /// Not started: a command runs jobs, it does not wait for their time.
    JobScheduler jobs();

    /// Needs no server.
    Notifications notifications();

    TargetId target(TargetChoice choice);

    /// Opens every connection profile, and Local Lakebase where it runs.
    OpenedTargets openAll();

    /// Who sits at this terminal.
    Actor person();

    LocalUp localUp();

    Demo demo();

    Reports reports();

    GameDays gameDays();
}

package io.lakebaseops.app;

import io.lakebaseops.agents.health.operations.StoredCosts;
import io.lakebaseops.agents.performance.optimization.StatementFixes;
import io.lakebaseops.agents.provisioning.branching.BranchPolicy;
import io.lakebaseops.agents.provisioning.branching.ListedBranches;
import io.lakebaseops.agents.provisioning.governance.DatabaseNames;
import io.lakebaseops.change.approval.StoredPlanQueue;
import io.lakebaseops.cli.TargetChoice;
import io.lakebaseops.console.AskServices;
import io.lakebaseops.console.ConsoleRuntime;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.HealthServices;
import io.lakebaseops.console.OwnSql;
import io.lakebaseops.console.PerformanceServices;
import io.lakebaseops.console.ProvisioningServices;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.history.FleetHistory;
import io.lakebaseops.lakehouse.history.IndexUsageHistory;
import io.lakebaseops.lakehouse.history.PastDeeds;
import io.lakebaseops.lakehouse.history.StatementPlans;
import io.lakebaseops.lakehouse.history.StatementStatistics;
import io.lakebaseops.lakehouse.history.WaitHistory;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.state.ConversationStore;
import io.lakebaseops.state.FindingStore;
import io.lakebaseops.state.FleetViewStore;
import io.lakebaseops.state.IndexSummaryStore;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StoredTitleSearch;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// Joins the parts of the product to the services of the console's screens, one method a bundle.
final class ConsoleWiring {
    /// How old data may get on a screen before it is called stale: two live rounds and a bit.
    private static final Duration STALE_AFTER = Duration.ofSeconds(12);

    private final Wiring parts;
    private final Supplier<StateDb> db;
    private final Lakehouse lakehouse;
    private final SqlLibrary sql;
    private final Clock clock;

    ConsoleWiring(
            Wiring parts, Supplier<StateDb> db, Lakehouse lakehouse, SqlLibrary sql, Clock clock) {
        this.parts = parts;
        this.db = db;
        this.lakehouse = lakehouse;
        this.sql = sql;
        this.clock = clock;
    }

    /// @param troubles what of the configuration could not be used
    ConsoleServices services(List<String> troubles) {
        return new ConsoleServices(
                parts.framework(),
                parts.jobs(),
                parts.events,
                parts.approvals(),
                new StoredPlanQueue(db.get()),
                parts.audit(),
                new FindingStore(db.get()),
                new StoredTitleSearch(db.get()),
                parts.targets(),
                parts.past::of,
                provisioning(),
                performance(),
                health(),
                ask(),
                new SettingsWiring(parts, db, lakehouse, clock).services(),
                runtime(troubles));
    }

    private AskServices ask() {
        var answers = parts.answers();
        var reads = parts.readSql();
        return new AskServices(
                answers.worded(),
                new OwnSql(reads::run, reads.caps()),
                parts.room,
                new ConversationStore(db.get()),
                answers.desk(),
                answers.first(),
                clock);
    }

    private ProvisioningServices provisioning() {
        return new ProvisioningServices(
                new ListedBranches(
                        parts.connections(),
                        lakehouse,
                        parts.branches.pullRequests(),
                        BranchPolicy.standard(),
                        parts.background(),
                        clock),
                parts.trying.tests()::of,
                target -> DatabaseNames.read(parts.targets(), target));
    }

    private PerformanceServices performance() {
        return new PerformanceServices(
                new IndexSummaryStore(db.get()),
                parts.trying.indexAdvice(),
                parts.vacuums.monitor(),
                parts.vacuums.postponed(),
                (plan, actor) -> parts.trying.start(plan, actor, parts.room),
                parts.trying.twinPlans(lakehouse, parts.room),
                new StatementStatistics(lakehouse),
                new WaitHistory(lakehouse, parts.health.sampler()),
                new StatementPlans(lakehouse),
                new IndexUsageHistory(lakehouse),
                parts.health.sampler()::state,
                new StatementFixes(parts.targets(), sql, parts.approvals(), clock));
    }

    private HealthServices health() {
        var past = new PastDeeds(lakehouse, target -> parts.past.of(target).isPresent());
        return new HealthServices(
                parts.health.board(),
                parts.health.definitions(),
                parts.alerts(),
                parts.notifications.outbox(),
                ArchiveWiring.board(
                        db,
                        ArchiveWiring.archivals(db, clock),
                        parts.targets(),
                        sql,
                        lakehouse,
                        past,
                        clock),
                parts.sync().monitor(),
                new StoredCosts(parts.connections(), lakehouse, clock),
                new FleetHistory(lakehouse),
                new FleetViewStore(db.get()),
                past);
    }

    private ConsoleRuntime runtime(List<String> troubles) {
        return new ConsoleRuntime(
                parts.health::look,
                parts.room::running,
                parts.background(),
                clock,
                STALE_AFTER,
                parts.person().name(),
                () -> parts.connections().target(new TargetChoice.Local(null)),
                troubles,
                parts.home.window(),
                parts.desk());
    }
}

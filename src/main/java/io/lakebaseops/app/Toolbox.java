package io.lakebaseops.app;

import io.lakebaseops.agents.ExecutionPlanHistory;
import io.lakebaseops.agents.health.archival.ArchiveColdDataToDelta;
import io.lakebaseops.agents.health.archival.ColdLooks;
import io.lakebaseops.agents.health.archival.CreateUnifiedAccessView;
import io.lakebaseops.agents.health.archival.IdentifyColdData;
import io.lakebaseops.agents.health.archival.UnifiedQuery;
import io.lakebaseops.agents.health.connections.MonitorConnections;
import io.lakebaseops.agents.health.connections.TerminateIdleConnections;
import io.lakebaseops.agents.health.monitoring.EvaluateAlertThresholds;
import io.lakebaseops.agents.health.monitoring.ExecuteLowRiskSop;
import io.lakebaseops.agents.health.monitoring.MonitorSystemHealth;
import io.lakebaseops.agents.health.operations.DiagnoseRootCause;
import io.lakebaseops.agents.health.operations.NaturalLanguageDba;
import io.lakebaseops.agents.health.operations.RecommendScaleToZeroTimeout;
import io.lakebaseops.agents.health.operations.SelfHeal;
import io.lakebaseops.agents.health.operations.TrackCostAttribution;
import io.lakebaseops.agents.performance.indexes.DetectBloatedIndexes;
import io.lakebaseops.agents.performance.indexes.DetectDuplicateIndexes;
import io.lakebaseops.agents.performance.indexes.DetectMissingFkIndexes;
import io.lakebaseops.agents.performance.indexes.DetectMissingIndexes;
import io.lakebaseops.agents.performance.indexes.DetectUnusedIndexes;
import io.lakebaseops.agents.performance.indexes.IndexTwin;
import io.lakebaseops.agents.performance.indexes.RunFullIndexAnalysis;
import io.lakebaseops.agents.performance.maintenance.CheckTxidWraparoundRisk;
import io.lakebaseops.agents.performance.maintenance.IdentifyTablesNeedingVacuum;
import io.lakebaseops.agents.performance.maintenance.ScheduleVacuumAnalyze;
import io.lakebaseops.agents.performance.maintenance.ScheduleVacuumFull;
import io.lakebaseops.agents.performance.maintenance.TuneAutovacuumParameters;
import io.lakebaseops.agents.performance.metrics.ExplainedPlanCapture;
import io.lakebaseops.agents.performance.metrics.LoggedPlanCapture;
import io.lakebaseops.agents.performance.metrics.PersistPgStatStatements;
import io.lakebaseops.agents.performance.optimization.AnalyzeSlowQueriesWithAi;
import io.lakebaseops.agents.performance.optimization.ForecastCapacityNeeds;
import io.lakebaseops.agents.provisioning.branching.BranchPolicy;
import io.lakebaseops.agents.provisioning.branching.CreateBranch;
import io.lakebaseops.agents.provisioning.branching.CreateBranchOnPr;
import io.lakebaseops.agents.provisioning.branching.DeleteBranchOnPrClose;
import io.lakebaseops.agents.provisioning.branching.EnforceTtlPolicies;
import io.lakebaseops.agents.provisioning.branching.InterruptedResets;
import io.lakebaseops.agents.provisioning.branching.MonitorBranchCount;
import io.lakebaseops.agents.provisioning.branching.ProtectBranch;
import io.lakebaseops.agents.provisioning.branching.PullRequests;
import io.lakebaseops.agents.provisioning.branching.ResetBranchFromParent;
import io.lakebaseops.agents.provisioning.cicd.SetupCicdPipeline;
import io.lakebaseops.agents.provisioning.governance.ConfigureRls;
import io.lakebaseops.agents.provisioning.governance.ProvisionWithGovernance;
import io.lakebaseops.agents.provisioning.governance.SetupAiAgentBranching;
import io.lakebaseops.agents.provisioning.governance.SetupUnityCatalogIntegration;
import io.lakebaseops.agents.provisioning.migration.ApplySchemaMigration;
import io.lakebaseops.agents.provisioning.migration.CaptureSchemaDiff;
import io.lakebaseops.agents.provisioning.migration.EarlierRuns;
import io.lakebaseops.agents.provisioning.migration.MigrationTestBoard;
import io.lakebaseops.agents.provisioning.migration.TestMigrationOnBranch;
import io.lakebaseops.agents.provisioning.project.CreateOpsCatalog;
import io.lakebaseops.agents.provisioning.project.ProvisionLakebaseProject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.answer.Answerer;
import io.lakebaseops.framework.EventBus;
import io.lakebaseops.framework.Tool;
import io.lakebaseops.framework.ToolCatalog;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.history.StatementStatistics;
import io.lakebaseops.lakehouse.history.WaitHistory;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.Alerts;
import io.lakebaseops.state.ArchivalStore;
import io.lakebaseops.state.Archivals;
import io.lakebaseops.state.CreatedResources;
import io.lakebaseops.state.FindingStore;
import io.lakebaseops.state.Findings;
import io.lakebaseops.state.IdleIndexStore;
import io.lakebaseops.state.IdleIndexes;
import io.lakebaseops.state.IndexSummaries;
import io.lakebaseops.state.IndexSummaryStore;
import io.lakebaseops.state.PostponedVacuumStore;
import io.lakebaseops.state.PostponedVacuums;
import io.lakebaseops.state.RepairStore;
import io.lakebaseops.state.Repairs;
import io.lakebaseops.state.Settings;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.trial.BranchTrial;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The tools of this build. A tool that is not built is not in the list.
final class Toolbox {
    private Toolbox() {}

    static ToolCatalog catalog(
            Targets targets,
            SqlLibrary sql,
            Lakehouse lakehouse,
            ControlPlaneAccess planes,
            HealthWiring health,
            Alerts alerts,
            Lazy<StateDb> db,
            EventBus events,
            Path snapshots,
            Function<TargetId, Optional<Path>> serverLogs,
            PullRequests pullRequests,
            CreatedResources created,
            InterruptedResets brokenResets,
            EarlierRuns migrations,
            BranchTrial trials,
            IndexTwin twin,
            Answerer answerer,
            MigrationTestBoard migrationTests,
            List<Tool<?, ?>> sync) {
        var policy = BranchPolicy.standard();
        var board = health.board();
        var sampler = health.sampler();
        var definitions = health.definitions();
        var archivals =
                new Lazy<>(() -> new ArchivalStore(db.get(), Clock.systemUTC()))
                        .as(Archivals.class);
        var projects = new ProvisionLakebaseProject(planes, policy, targets, sql);
        var monitor =
                new MonitorSystemHealth(
                        targets, sql, lakehouse, board, definitions, Clock.systemUTC(), events);
        var findings = new Lazy<>(() -> new FindingStore(db.get())).as(Findings.class);
        var repairs = new Lazy<>(() -> new RepairStore(db.get())).as(Repairs.class);
        var idle = new Lazy<>(() -> new IdleIndexStore(db.get())).as(IdleIndexes.class);
        var analyses = new Lazy<>(() -> new IndexSummaryStore(db.get())).as(IndexSummaries.class);
        var postponed =
                new Lazy<>(() -> new PostponedVacuumStore(db.get())).as(PostponedVacuums.class);
        var plans = new ExecutionPlanHistory(lakehouse, events);
        var tools =
                List.<Tool<?, ?>>of(
                        // Provisioning & DevOps
                        new CreateOpsCatalog(lakehouse),
                        projects,
                        new CreateBranch(planes, policy),
                        new ProtectBranch(planes, policy),
                        new EnforceTtlPolicies(planes, policy, pullRequests, created),
                        new MonitorBranchCount(planes, policy),
                        new ResetBranchFromParent(planes, targets, policy, brokenResets),
                        new CreateBranchOnPr(planes, policy, pullRequests),
                        new DeleteBranchOnPrClose(planes, policy, pullRequests),
                        new SetupCicdPipeline(),
                        new CaptureSchemaDiff(targets),
                        new ApplySchemaMigration(targets, sql, planes, migrations),
                        new TestMigrationOnBranch(targets, sql, trials, migrationTests),
                        new ConfigureRls(targets, sql),
                        new SetupUnityCatalogIntegration(planes),
                        new SetupAiAgentBranching(targets, sql, planes, policy),
                        new ProvisionWithGovernance(projects, planes, targets, sql, migrations),
                        // Performance & Optimization
                        new PersistPgStatStatements(
                                targets,
                                lakehouse,
                                snapshots,
                                sampler::burst,
                                new ExplainedPlanCapture(targets, plans)
                                        .then(new LoggedPlanCapture(serverLogs, plans))),
                        new DetectUnusedIndexes(targets, sql, idle, lakehouse, twin),
                        new DetectBloatedIndexes(targets, sql),
                        new DetectMissingIndexes(targets, sql, twin),
                        new DetectDuplicateIndexes(targets, sql, twin),
                        new DetectMissingFkIndexes(targets, sql),
                        new RunFullIndexAnalysis(targets, sql, idle, analyses, lakehouse, twin),
                        new IdentifyTablesNeedingVacuum(targets, sql),
                        new ScheduleVacuumAnalyze(targets, sql, lakehouse, postponed),
                        new ScheduleVacuumFull(targets, sql, lakehouse),
                        new CheckTxidWraparoundRisk(targets, sql, lakehouse),
                        new TuneAutovacuumParameters(targets, sql),
                        new AnalyzeSlowQueriesWithAi(
                                targets,
                                plans,
                                new WaitHistory(lakehouse, sampler),
                                new StatementStatistics(lakehouse),
                                twin),
                        new ForecastCapacityNeeds(targets, lakehouse),
                        // Health & Self-Recovery
                        monitor,
                        new EvaluateAlertThresholds(
                                board, alerts, definitions, events, monitor, findings, repairs),
                        new ExecuteLowRiskSop(targets, sql, alerts, definitions, plans, repairs),
                        new IdentifyColdData(
                                targets, sql, new ColdLooks(() -> new Settings(db.get()))),
                        new ArchiveColdDataToDelta(targets, sql),
                        new CreateUnifiedAccessView(
                                archivals, new UnifiedQuery(targets, sql, lakehouse, archivals)),
                        new MonitorConnections(targets, sql),
                        new TerminateIdleConnections(targets, sql),
                        new TrackCostAttribution(planes, lakehouse),
                        new RecommendScaleToZeroTimeout(planes, lakehouse),
                        new DiagnoseRootCause(targets, board, definitions, lakehouse, alerts),
                        new NaturalLanguageDba(answerer),
                        new SelfHeal(targets, sql, board, definitions, lakehouse, alerts));
        return new ToolCatalog(Stream.concat(tools.stream(), sync.stream()).toList());
    }
}

package io.lakebaseops.console;

import io.lakebaseops.agents.performance.maintenance.VacuumMonitor;
import io.lakebaseops.agents.performance.metrics.WaitSampling;
import io.lakebaseops.agents.performance.optimization.StatementFixes;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.history.IndexUsageHistory;
import io.lakebaseops.lakehouse.history.StatementPlans;
import io.lakebaseops.lakehouse.history.StatementStatistics;
import io.lakebaseops.lakehouse.history.WaitHistory;
import io.lakebaseops.state.IndexAdvice;
import io.lakebaseops.state.IndexSummaries;
import io.lakebaseops.state.PostponedVacuums;

import java.util.function.Function;

/// The services of the Performance agent's screens: Queries, Indexes and Vacuum.
///
/// @param indexSummaries what the last full analysis of each server's indexes came to
/// @param indexAdvice sets of indexes and drop certificates that the planner twin gave
/// @param vacuum vacuums, freezing and what holds them back
/// @param postponed vacuums that wait for a quiet hour
/// @param trials tries a plan on a branch of its own
/// @param twin plans statements with an index or without it
/// @param statements what statements cost, from history
/// @param waits the load by wait class, from history and from what is sampled now
/// @param plans the execution plans of statements, and when they changed
/// @param indexUsage how often indexes were scanned, from history
/// @param sampling how the sampling of waits goes: its cost, and what it cannot see
/// @param fixes files what an execution plan calls for
public record PerformanceServices(
        IndexSummaries indexSummaries,
        IndexAdvice indexAdvice,
        VacuumMonitor vacuum,
        PostponedVacuums postponed,
        PlanTrials trials,
        TwinPlans twin,
        StatementStatistics statements,
        WaitHistory waits,
        StatementPlans plans,
        IndexUsageHistory indexUsage,
        Function<TargetId, WaitSampling> sampling,
        StatementFixes fixes) {}

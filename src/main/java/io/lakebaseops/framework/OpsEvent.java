package io.lakebaseops.framework;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;

import java.time.Instant;
import java.util.UUID;

/// A past-tense fact. Agents meet only through these.
public sealed interface OpsEvent {
    TargetId target();

    Instant at();

    record ProvisioningComplete(TargetId target, Instant at, String project) implements OpsEvent {}

    /// A connection profile was added, changed or removed.
    record ConnectionsChanged(TargetId target, Instant at, String profile, boolean removed)
            implements OpsEvent {}

    record BranchCreated(TargetId target, Instant at, String branch, String source)
            implements OpsEvent {}

    record BranchDeleted(TargetId target, Instant at, String branch) implements OpsEvent {}

    record BranchProtected(TargetId target, Instant at, String branch, boolean isProtected)
            implements OpsEvent {}

    record SchemaMigrated(TargetId target, Instant at, String version) implements OpsEvent {}

    record ThresholdBreached(
            TargetId target,
            Instant at,
            String alertId,
            MetricName metric,
            double value,
            Severity severity,
            Subject subject)
            implements OpsEvent {}

    record AlertRecovered(TargetId target, Instant at, String alertId, MetricName metric)
            implements OpsEvent {}

    record VacuumCompleted(
            TargetId target, Instant at, Subject subject, long deadBefore, long deadAfter)
            implements OpsEvent {}

    record IndexRecommendation(TargetId target, Instant at, String fingerprint, Subject subject)
            implements OpsEvent {}

    /// A plan built, dropped or rebuilt an index, or took that back.
    record IndexesChanged(TargetId target, Instant at, Subject subject) implements OpsEvent {}

    record SyncDriftDetected(TargetId target, Instant at, Subject subject) implements OpsEvent {}

    record ColdDataArchived(TargetId target, Instant at, Subject subject, long rows)
            implements OpsEvent {}

    record SelfHealExecuted(TargetId target, Instant at, String alertId, UUID planId)
            implements OpsEvent {}

    /// A plan changed state in the queue (filed, approved, done, undone …).
    record PlanChanged(TargetId target, Instant at, UUID planId, String state)
            implements OpsEvent {}

    /// The planner does a statement another way than before.
    ///
    /// @param difference how, in words
    record ExecutionPlanChanged(TargetId target, Instant at, long queryId, String difference)
            implements OpsEvent {}

    /// A round of measuring ended; screens refresh from it.
    record HealthMeasured(TargetId target, Instant at) implements OpsEvent {}

    /// A target could not be reached, or can be again.
    record ReachabilityChanged(TargetId target, Instant at, boolean reachable, String reason)
            implements OpsEvent {}

    /// The server was started anew while it was watched.
    ///
    /// @param statisticsLost true after a crash: what its counters said before is gone
    record ServerRestarted(TargetId target, Instant at, Instant startedAt, boolean statisticsLost)
            implements OpsEvent {}

    /// A tool run ended, in whatever way.
    record RunEnded(TargetId target, Instant at, UUID runId, String tool, String status)
            implements OpsEvent {}
}

package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.domain.TargetId;

import java.time.Instant;

/// Tells which statements of failed migrations did run on a target.
@FunctionalInterface
public interface EarlierRuns {
    /// @param since when the branch was made: what ran on one of the same name before is gone
    FinishedStatements finished(TargetId target, Instant since);
}

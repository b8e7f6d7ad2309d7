package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.domain.TargetId;

import java.time.Instant;
import java.util.Set;

/// The steps of failed migrations that did run on a target.
@FunctionalInterface
public interface EarlierRuns {
    /// @param since when the branch was made: what ran on one of the same name before is gone
    /// @return the titles of the steps
    Set<String> finished(TargetId target, Instant since);
}

package io.lakebaseops.framework;

import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.plan.ChangePlan;

import java.util.Optional;

/// Which change mends a finding of a tool that only looks? The plan is filed with the run.
@FunctionalInterface
public interface RemediationPlanner {
    /// Empty when there is nothing a machine should propose.
    Optional<ChangePlan> planFor(Finding finding, ToolContext context);

    RemediationPlanner NONE = (_, _) -> Optional.empty();
}

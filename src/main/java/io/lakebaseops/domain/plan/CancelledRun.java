package io.lakebaseops.domain.plan;

import java.time.Duration;
import java.util.List;

/// What came of cancelling a running plan.
///
/// @param plan as it stands now; its reason says what was left behind. DONE when the cancel came
///     too late
/// @param ended false when the server has not answered yet: it is still being stopped
/// @param ran from the decision until its end, or until now
/// @param waited how much of that its steps waited for locks of others
/// @param committed titles of the steps that were done and stay
public record CancelledRun(
        FiledPlan plan, boolean ended, Duration ran, Duration waited, List<String> committed) {
    public CancelledRun {
        committed = List.copyOf(committed);
    }
}

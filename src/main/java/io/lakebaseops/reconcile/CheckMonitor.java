package io.lakebaseops.reconcile;

import io.lakebaseops.domain.Deadline;

/// Follows a check while it runs, and may hold it.
public interface CheckMonitor {
    void at(CheckProgress progress);

    /// Returns at once unless somebody paused the check; nothing is held open on a server
    /// meanwhile.
    void waitWhilePaused(Deadline deadline);

    CheckMonitor NONE =
            new CheckMonitor() {
                @Override
                public void at(CheckProgress progress) {}

                @Override
                public void waitWhilePaused(Deadline deadline) {}
            };
}

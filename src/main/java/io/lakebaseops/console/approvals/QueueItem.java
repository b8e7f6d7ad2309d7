package io.lakebaseops.console.approvals;

import io.lakebaseops.change.approval.PlanQueue.Entry;

/// One line of the list of waiting plans.
sealed interface QueueItem {
    record Waiting(Entry plan) implements QueueItem {}

    /// More plans of the same tool, server and risk as the one above.
    record Alike(String key, String text) implements QueueItem {}

    /// More can be listed.
    record More(String text) implements QueueItem {}
}

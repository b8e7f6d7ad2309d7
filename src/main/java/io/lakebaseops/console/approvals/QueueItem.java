package io.lakebaseops.console.approvals;

import io.lakebaseops.change.approval.PlanQueue.Entry;
import io.lakebaseops.change.approval.PlanQueue.Group;

/// One line of the list on the left.
sealed interface QueueItem {
    record Heading(String text, String note) implements QueueItem {}

    record Waiting(Entry plan) implements QueueItem {}

    record Done(Group plans) implements QueueItem {}

    /// More of the same kind can be listed.
    ///
    /// @param waiting of those that wait, else of the decided ones
    record More(String text, boolean waiting) implements QueueItem {}
}

package io.lakebaseops.console.approvals;

import io.lakebaseops.domain.plan.FiledPlan;

/// One line of the list on the left.
sealed interface QueueItem {
    record Waiting(FiledPlan plan) implements QueueItem {}

    record Heading(String text) implements QueueItem {}

    record Done(FiledPlan plan) implements QueueItem {}
}

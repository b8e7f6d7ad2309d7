package io.lakebaseops.console.approvals;

import io.lakebaseops.change.audit.AuditLog.ChainState;
import io.lakebaseops.domain.plan.FiledPlan;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// The queue and its history at one moment.
///
/// @param looked the plan looked at as it stands now, wherever it is; null when there is none
record ApprovalsSnapshot(
        List<FiledPlan> waiting,
        List<FiledPlan> history,
        @Nullable FiledPlan looked,
        ChainState chain) {
    ApprovalsSnapshot {
        waiting = List.copyOf(waiting);
        history = List.copyOf(history);
    }

    Optional<FiledPlan> find(UUID id) {
        return Stream.concat(
                        Stream.ofNullable(looked),
                        Stream.concat(waiting.stream(), history.stream()))
                .filter(p -> p.id().equals(id))
                .findFirst();
    }
}

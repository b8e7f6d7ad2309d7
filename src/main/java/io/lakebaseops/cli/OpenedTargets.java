package io.lakebaseops.cli;

import io.lakebaseops.domain.TargetId;

import java.util.List;

/// The servers behind all connection profiles, and why some could not be opened.
public record OpenedTargets(List<TargetId> targets, List<String> troubles) {
    public OpenedTargets {
        targets = List.copyOf(targets);
        troubles = List.copyOf(troubles);
    }
}

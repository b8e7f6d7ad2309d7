package io.lakebaseops.lakehouse.history;

import io.lakebaseops.domain.TargetId;

import java.util.List;

/// The intervals of wait sampling that were measured and wait to be written, oldest first and all
/// of one run: screens see them before the history has them.
@FunctionalInterface
public interface UnwrittenWaits {
    List<WaitInterval> heldFor(TargetId target);

    UnwrittenWaits NONE = _ -> List.of();
}

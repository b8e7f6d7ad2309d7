package io.lakebaseops.framework;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;

/// May this target be looked at now? False when looking would wake a suspended compute.
@FunctionalInterface
public interface TargetFilter {
    boolean awake(TargetId target, Deadline deadline);
}

package io.lakebaseops.framework;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;

/// Whether a target may be looked at now: false when looking would wake a suspended compute.
@FunctionalInterface
public interface TargetFilter {
    boolean awake(TargetId target, Deadline deadline);
}

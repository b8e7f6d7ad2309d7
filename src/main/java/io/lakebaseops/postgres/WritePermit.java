package io.lakebaseops.postgres;

import io.lakebaseops.domain.plan.Step;

import java.util.UUID;

/// The key to a write session. Only `change.Approved` implements it (an architecture test holds
/// that), and only the gate can make one.
public interface WritePermit {
    UUID planId();

    /// Asked before each statement: only the approved steps run, only while the plan does.
    default boolean allows(Step step) {
        return true;
    }
}

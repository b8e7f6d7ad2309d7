package io.lakebaseops.postgres;

import io.lakebaseops.domain.plan.Step;

import java.util.UUID;

/// The key to a write session. Only `change.execution.Approved` implements it (an architecture test
// holds
/// that), and only the gate can make one.
public interface WritePermit {
    UUID planId();

    /// Leads every statement of the plan, so that it can be told among the server's sessions.
    default String comment() {
        return comment(planId());
    }

    static String comment(UUID plan) {
        return "/* lakebaseops:change/" + plan + " */";
    }

    /// Asked before each statement: only the approved steps run, only while the plan does.
    default boolean allows(Step step) {
        return true;
    }
}

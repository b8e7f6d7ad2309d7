package io.lakebaseops.framework;

import io.lakebaseops.domain.plan.ChangePlan;

import java.util.List;

/// A tool that proposes changes. It may read whatever it needs; the gate runs the plans.
public non-sealed interface ChangeTool<I extends Record, O extends Record> extends Tool<I, O> {
    Proposal<O> propose(I input, ToolContext context);

    /// @param outcome what was found and why, as from a read tool
    /// @param plans one per independent change, so that each can be decided alone; may be empty
    record Proposal<O extends Record>(Outcome<O> outcome, List<ChangePlan> plans) {
        public Proposal {
            plans = List.copyOf(plans);
        }
    }
}

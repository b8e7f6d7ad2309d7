package io.lakebaseops.framework;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;

import java.time.Clock;
import java.util.List;

/// A tool that reads the target or appends to our own history. What mends its findings it attaches
/// to them; the runner asks for the plans once the findings are stored.
public non-sealed interface ReadTool<I extends Record, O extends Record> extends Tool<I, O> {
    Outcome<O> run(I input, ToolContext context);

    /// Begins what a run soon to come would wait for, such as the first of two readings that are
    /// compared; where no run comes nothing follows from it.
    default void prepare(TargetId target, Clock clock, Deadline deadline) {}

    /// The plans of these findings' remedies, each with its finding's fingerprint; what cannot be
    /// planned is left out, with the reason in `skipped`.
    ///
    /// @param findings of this tool, each with a remedy in this database
    default Remedies remedies(String database, List<Finding> findings, ToolContext context) {
        throw new UnsupportedOperationException(
                descriptor().name() + " attaches remedies but makes no plans of them");
    }

    /// @param skipped why some findings got no plan, in words
    record Remedies(List<ChangePlan> plans, List<String> skipped) {
        public Remedies {
            plans = List.copyOf(plans);
            skipped = List.copyOf(skipped);
        }
    }
}

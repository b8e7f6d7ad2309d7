package io.lakebaseops.console.plan;

import io.lakebaseops.explain.PlanProblem;

import org.jspecify.annotations.Nullable;

/// What the plan page asks of the screen it belongs to; called on the screen's thread.
public interface PlanActs {
    void back();

    /// Reads the plan in the clipboard.
    void paste();

    /// Explains the statement again, without running it.
    void explainAgain(PlanDocument.Statement statement);

    /// Files the plan of a change that mends the problem, and opens it in Approvals.
    void file(PlanDocument document, PlanRemedy remedy);

    /// Why a statement cannot be explained on a branch with ANALYZE now; null when it can.
    @Nullable String whyNoBranch();

    /// A change that a problem of the plan calls for.
    ///
    /// @param schema of the table; null where the plan does not say it
    /// @param table it is made on
    /// @param why it cannot be filed; null when it can
    record PlanRemedy(
            Kind kind,
            PlanProblem problem,
            @Nullable String schema,
            String table,
            String words,
            @Nullable String why) {
        /// What is changed.
        public enum Kind {
            ANALYZE,
            INDEX
        }
    }
}

package io.lakebaseops.change.execution;

import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Step;

/// Hears how far a running maintenance step is, and may stop it.
@FunctionalInterface
public interface StepListener {
    StepListener NOBODY = (_, _, _) -> Running.UNSEEN;

    /// Called when the step begins, on the thread that runs it; must not block.
    ///
    /// @param cancel stops the statement; the plan then fails and says so
    Running started(FiledPlan plan, Step.SqlStep step, Runnable cancel);

    /// One step on its way, until closed.
    interface Running extends AutoCloseable {
        /// @param fraction of the present phase, 0 to 1, negative when unknown
        /// @param what phase and figures in words
        void at(double fraction, String what);

        @Override
        void close();

        Running UNSEEN =
                new Running() {
                    @Override
                    public void at(double fraction, String what) {}

                    @Override
                    public void close() {}
                };
    }
}

package io.lakebaseops.app;

import io.lakebaseops.change.audit.AuditChain;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.state.JobRunStore;
import io.lakebaseops.state.StateRetention;

import java.time.Clock;
import java.util.function.Supplier;

/// The daily job that keeps the state database from growing: one console of a team runs it.
final class StateRetentionJob {
    static final String NAME = "state-retention";

    private StateRetentionJob() {}

    /// @param clock the database's: one that is ahead would remove what is young
    static DailyJob of(
            Supplier<JobRunStore> runs,
            Supplier<StateRetention> retention,
            Supplier<AuditChain> audit,
            Supplier<Clock> clock) {
        return new DailyJob(
                NAME,
                NAME,
                runs,
                clock,
                (_, lines) -> {
                    retention
                            .get()
                            .prune(clock.get().instant())
                            .forEach((what, rows) -> lines.add("%s: %d".formatted(what, rows)));
                    lines.add("audit entries: %d".formatted(audit.get().shorten(FiledPlan.POLICY)));
                    return true;
                });
    }
}

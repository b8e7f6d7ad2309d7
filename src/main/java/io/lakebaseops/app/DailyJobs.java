package io.lakebaseops.app;

import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.lakehouse.delta.LocalLakehouse;
import io.lakebaseops.state.JobRunStore;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateRetention;

import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;

/// The daily jobs that keep our own stores from growing.
final class DailyJobs {
    private DailyJobs() {}

    static void start(
            Supplier<StateDb> db,
            Supplier<LocalLakehouse> lakehouse,
            AuditWiring audit,
            String person,
            Path history,
            Clock clock,
            TaskExecutor room) {
        StateRetentionJob.of(
                        () -> new JobRunStore(db.get()),
                        () -> new StateRetention(db.get()),
                        audit::chain,
                        audit::clock)
                .start(room);
        HistoryMaintenanceJob.of(
                        () -> new JobRunStore(db.get()),
                        lakehouse::get,
                        person,
                        history,
                        () -> clock)
                .start(room);
    }
}

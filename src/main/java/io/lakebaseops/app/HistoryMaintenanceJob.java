package io.lakebaseops.app;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.lakehouse.HistoryMaintenance;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.state.JobRunStore;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/// The daily job that compacts and ages the history tables. Each history has a turn of its own, so
/// that the one of a console that is never first is maintained too.
final class HistoryMaintenanceJob {
    static final String NAME = "history-maintenance";

    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private HistoryMaintenanceJob() {}

    /// @param person and @param history whose turn it is: a person's folder on a machine
    static DailyJob of(
            Supplier<JobRunStore> runs,
            Supplier<Lakehouse> lakehouse,
            String person,
            Path history,
            Supplier<Clock> clock) {
        return new DailyJob(
                NAME,
                "%s of %s in %s".formatted(NAME, person, history.toAbsolutePath()),
                runs,
                clock,
                (run, lines) -> {
                    var result =
                            new HistoryMaintenance(lakehouse.get())
                                    .run(run.toString(), Deadline.in(TIMEOUT));
                    lines.addAll(result.lines());
                    return result.failures().isEmpty();
                });
    }
}

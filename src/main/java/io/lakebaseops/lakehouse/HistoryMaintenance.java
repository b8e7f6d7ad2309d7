package io.lakebaseops.lakehouse;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;

import java.util.ArrayList;
import java.util.List;

/// Maintenance of all history tables: each one loses the rows past its retention and gets its small
/// files merged; what there is no time for is left to the next run.
public final class HistoryMaintenance {
    private final Lakehouse lakehouse;
    private final List<TableDef> tables;

    public HistoryMaintenance(Lakehouse lakehouse) {
        this.lakehouse = lakehouse;
        this.tables = OpsTables.ALL;
    }

    /// @param failures of tables that could not be maintained, in words; the others were
    public record Result(
            List<MaintenanceReport> tables, List<RollupReport> rollups, List<String> failures) {
        public Result {
            tables = List.copyOf(tables);
            rollups = List.copyOf(rollups);
            failures = List.copyOf(failures);
        }

        /// One line a table that something was done to.
        public List<String> lines() {
            var lines = new ArrayList<>(failures);
            for (var report : tables) {
                if (report.rowsExpired() > 0
                        || report.filesMerged() > 0
                        || report.filesLeft() > 0) {
                    lines.add(
                            "%s: %d rows expired, %d files merged, %d left"
                                    .formatted(
                                            report.table().table(),
                                            report.rowsExpired(),
                                            report.filesMerged(),
                                            report.filesLeft()));
                }
            }
            for (var report : rollups) {
                if (report.made() > 0 || report.removed() > 0 || report.left() > 0) {
                    lines.add(
                            "%s: %d days summed up, %d removed, %d left"
                                    .formatted(
                                            report.table().table(),
                                            report.made(),
                                            report.removed(),
                                            report.left()));
                }
            }
            return lines;
        }
    }

    /// @param run written into the tables' logs
    /// @throws OpsException when it was cancelled
    public Result run(String run, Deadline deadline) {
        var reports = new ArrayList<MaintenanceReport>();
        var rollups = new ArrayList<RollupReport>();
        var failures = new ArrayList<String>();
        int left = tables.size() + StatementRollup.ALL.size();
        for (var table : tables) {
            var share = share(deadline, left--);
            attempt(() -> reports.add(lakehouse.maintain(table.name(), run, share)), failures);
        }
        // After the rows have found their files: sums hold for exactly the files they are made of.
        for (var rollup : StatementRollup.ALL) {
            var share = share(deadline, left--);
            attempt(() -> rollups.add(lakehouse.rollUp(rollup, run, share)), failures);
        }
        return new Result(reports, rollups, failures);
    }

    private static void attempt(Runnable work, List<String> failures) {
        try {
            work.run();
        } catch (OpsException e) {
            if (e.kind() == OpsException.Kind.CANCELLED) {
                throw e;
            }
            if (e.kind() != OpsException.Kind.NOT_FOUND) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
    }

    /// A table with a backlog must not take the time of those after it.
    private static Deadline share(Deadline all, int tablesLeft) {
        if (all.cancelled()) {
            all.check("Maintaining the history");
        }
        var part = Deadline.in(all.remaining().dividedBy(tablesLeft));
        all.onCancel(part::cancel);
        return part;
    }
}

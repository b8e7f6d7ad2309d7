package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.exceptions.CommitStateUnknownException;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.lakehouse.MaintenanceReport;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/// Maintenance of one table. Expired rows out, small files merged, log cut, disk swept.
final class Maintenance {
    // Between planning and committing an append may slip in; then the plan is made anew.
    private static final int ATTEMPTS = 10;
    private static final long COMMITS_WORTH_A_CHECKPOINT = 10;

    private final DeltaTable table;
    private final Clock clock;
    private final MaintenancePolicy policy;

    Maintenance(DeltaTable table, Clock clock, MaintenancePolicy policy) {
        this.table = table;
        this.clock = clock;
        this.policy = policy;
    }

    MaintenanceReport run(Deadline deadline) {
        long start = System.nanoTime();
        try {
            var rewritten = rewrite(deadline);
            checkpoint();
            deadline.check("Maintaining " + table.name());
            var log = new LogCleanup(table, clock.instant().minus(policy.logRetention()));
            var swept = new OrphanSweep(table, clock.instant().minus(policy.fileGrace())).run();
            int logFiles = log.run();
            var after = table.facts();
            return new MaintenanceReport(
                    table.name(),
                    after.version(),
                    rewritten.rowsExpired(),
                    rewritten.filesReplaced(),
                    rewritten.filesWritten(),
                    swept.files(),
                    swept.bytes(),
                    logFiles,
                    after,
                    Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException e) {
            throw LakeFailures.disk("Maintaining " + table.name(), e);
        }
    }

    private FileRewrite.Done rewrite(Deadline deadline) throws IOException {
        var staged = new StagedFiles(table);
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                var base = table.latest();
                var plan = RewritePlan.of(base, table.files(base), clock.instant(), policy);
                if (plan.isEmpty()) {
                    return FileRewrite.Done.NOTHING;
                }
                var done = new FileRewrite(table, clock, staged).carryOut(base, plan, deadline);
                if (done.isPresent()) {
                    return done.get();
                }
                staged.discard();
            }
        } catch (CommitStateUnknownException e) {
            // Perhaps committed: the files stay, and the sweep finds out later.
            throw LakeFailures.disk("Merging files of " + table.name(), e);
        } catch (IOException | RuntimeException e) {
            // Not committed: what was written is nobody's.
            staged.discard();
            throw e;
        }
        throw LakeFailures.contended(table.name(), ATTEMPTS, null);
    }

    /// Skipped when the log since the last checkpoint is short.
    private void checkpoint() throws IOException {
        var snapshot = table.latest();
        var last = snapshot.getLogSegment().getCheckpointVersionOpt().orElse(-1L);
        if (snapshot.getVersion() - last < COMMITS_WORTH_A_CHECKPOINT) {
            return;
        }
        try {
            snapshot.writeCheckpoint(table.engine());
        } catch (CheckpointAlreadyExistsException _) {
            return; // another process was here
        } finally {
            table.forget();
        }
    }
}

package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.lakehouse.MaintenanceReport;
import io.lakebaseops.lakehouse.delta.FeatureGate.Use;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Maintenance of one table. Expired rows out, small files merged, log cut, disk swept.
///
/// Files are merged in slices, each a commit of its own: one slice is done whatever the deadline,
/// so that a backlog shrinks with every run, and a run that is cut short loses at most a slice. A
/// quarter of the time is kept for checkpoint, log and disk.
final class Maintenance {
    private static final long COMMITS_WORTH_A_CHECKPOINT = 10;

    // About a fifth of a second's work on a laptop, then as many as go into a few seconds.
    private static final int FIRST_SLICE = 64;
    private static final int LARGEST_SLICE = 2048;
    private static final Duration SHORT = Duration.ofSeconds(2);

    private static final int PASSES = 10;

    private final DeltaTable table;
    private final Clock clock;
    private final MaintenancePolicy policy;
    private final String run;
    private final Deadline deadline;
    private int slice = FIRST_SLICE;
    private int slices;
    private long planned;
    private int seenTo;
    private long rowsExpired;
    private int filesMerged;
    private int filesWritten;

    /// @param run named in the table's history
    Maintenance(
            DeltaTable table,
            Clock clock,
            MaintenancePolicy policy,
            String run,
            Deadline deadline) {
        this.table = table;
        this.clock = clock;
        this.policy = policy;
        this.run = run;
        this.deadline = deadline;
    }

    MaintenanceReport run() {
        long start = System.nanoTime();
        try {
            int left = rewrite();
            checkpoint();
            var log = new LogCleanup(table, clock.instant().minus(policy.logRetention()));
            var swept = new OrphanSweep(table, clock.instant().minus(policy.fileGrace())).run();
            int logFiles = log.run();
            var after = table.facts();
            return new MaintenanceReport(
                    table.name(),
                    after.version(),
                    rowsExpired,
                    filesMerged,
                    filesWritten,
                    left,
                    swept.files(),
                    swept.bytes(),
                    logFiles,
                    after,
                    Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException e) {
            throw LakeFailures.disk("Maintaining " + table.name(), e);
        }
    }

    /// Files that a later run has to see to.
    private int rewrite() throws IOException {
        var time = Deadline.in(deadline.remaining().multipliedBy(3).dividedBy(4));
        int before = Integer.MAX_VALUE;
        // A pass leaves few enough files for the next to merge into one, and then none.
        for (int pass = 0; pass < PASSES; pass++) {
            var base = table.latestFor(Use.MERGE);
            var plan = RewritePlan.of(base, table.files(base), clock.instant(), policy);
            if (plan.files() == 0 || plan.files() >= before) {
                return 0;
            }
            planned = base.getVersion();
            seenTo = 0;
            boolean all = carryOut(plan, time);
            if (!all || pass == PASSES - 1) {
                return plan.files() - seenTo;
            }
            before = plan.files();
        }
        return 0;
    }

    /// Whether there was time for all of it.
    private boolean carryOut(RewritePlan plan, Deadline time) throws IOException {
        var cutoff = plan.cutoff();
        if (cutoff != null && !plan.expiresNothing()) {
            FeatureGate.check(table, table.latest(), Use.EXPIRE);
            var note = note("DELETE", "predicate", "recorded_at < '" + cutoff + "'");
            if (!plan.expired().isEmpty()) {
                slice(new FileRewrite.Work(Map.of(), plan.expired(), List.of(), cutoff, note));
            }
            for (var group : plan.ageing()) {
                if (!slices(group, cutoff, note, time)) {
                    return false;
                }
            }
        }
        for (var group : plan.merging()) {
            if (!slices(group, null, note("OPTIMIZE", "auto", "true"), time)) {
                return false;
            }
        }
        return true;
    }

    private CommitNote note(String operation, String parameter, String value) {
        return new CommitNote(operation, Map.of(parameter, value, "run", run));
    }

    private boolean slices(
            RewritePlan.Group group, @Nullable Instant cutoff, CommitNote note, Deadline time)
            throws IOException {
        int from = 0;
        while (from < group.inputs().size()) {
            if (slices > 0 && time.expired()) {
                return false;
            }
            int until = Math.min(from + slice, group.inputs().size());
            if (until == group.inputs().size() - 1) {
                until++; // no file is left over alone
            }
            slice(
                    new FileRewrite.Work(
                            group.partition(),
                            List.of(),
                            group.inputs().subList(from, until),
                            cutoff,
                            note));
            from = until;
        }
        return true;
    }

    /// A slice whose files somebody else touched meanwhile is left to the next plan.
    private void slice(FileRewrite.Work work) throws IOException {
        long start = System.nanoTime();
        slices++;
        seenTo += work.dropped().size() + work.merged().size();
        var base = table.latestFor(Use.MERGE);
        if (!LogTail.undisturbed(table, planned, base.getVersion(), work.paths())) {
            return;
        }
        new FileRewrite(table, clock, deadline)
                .carryOut(base, work)
                .ifPresent(
                        done -> {
                            rowsExpired += done.rowsExpired();
                            filesMerged += done.filesReplaced();
                            filesWritten += done.filesWritten();
                        });
        boolean quick = Duration.ofNanos(System.nanoTime() - start).compareTo(SHORT) < 0;
        slice = quick ? Math.min(slice * 2, LARGEST_SLICE) : Math.max(slice / 2, 2);
    }

    /// Skipped when the log since the last checkpoint is short.
    private void checkpoint() throws IOException {
        var snapshot = table.latest();
        var last = KernelInternals.lastCheckpoint(snapshot);
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

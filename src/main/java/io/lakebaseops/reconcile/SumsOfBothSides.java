package io.lakebaseops.reconcile;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.SnapshotSession;
import io.lakebaseops.postgres.SqlFragment;
import io.lakebaseops.reconcile.CheckProgress.Phase;
import io.lakebaseops.reconcile.KeyBuckets.ByRange;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The sums of all buckets of both sides, each read where it lies and both at a time.
///
/// A table stored in key order is read in ranges of the key, the newest first: each range is true
/// at its own snapshot, none is held for longer than a few seconds, and after a cut connection only
/// the range under way is read again. Any other table is read in the order of its pages within one
/// snapshot, because a row that is changed moves to another page.
final class SumsOfBothSides {
    private static final long ROWS_AT_ONCE = 50_000;
    private static final long PAGES_AT_ONCE = 4_096;
    private static final int DELTA_BUCKETS_AT_ONCE = 1 << 17;

    /// A snapshot holds back vacuum in the whole database.
    private static final Duration LONGEST_SNAPSHOT = Duration.ofSeconds(10);

    /// From here on ranges of keys are neighbours on disk, too.
    private static final double IN_ORDER = 0.9;

    private static final int TRIES = 4;

    /// No range is taken yet.
    private static final int NONE = Integer.MAX_VALUE;

    private static final Logger LOG = LoggerFactory.getLogger(SumsOfBothSides.class);

    private final PostgresSide side;
    private final DeltaSide deltaSide;
    private final Comparison comparison;
    private final SourceColumn table;
    private final double correlation;
    private final KeyBuckets buckets;
    private final CheckMonitor monitor;
    private final Instant started;
    private final long expected;
    private final BucketStrip strip = new BucketStrip();
    private final BucketSums delta;

    /// Held to note what was read.
    private final ReentrantLock lock = new ReentrantLock();

    private BucketSums source;
    private long rowsRead;
    private int differing;
    private long retries;

    /// Buckets from here on are known of Delta.
    private volatile int deltaFrom;

    private int sourceFrom;
    private int shownFrom;

    SumsOfBothSides(
            PostgresSide side,
            DeltaSide deltaSide,
            Comparison comparison,
            List<SourceColumn> columns,
            KeyBuckets buckets,
            CheckMonitor monitor,
            Instant started,
            long expected) {
        this.side = side;
        this.deltaSide = deltaSide;
        this.comparison = comparison;
        this.table = columns.getFirst();
        this.correlation =
                SourceColumn.key(columns).stream()
                        .findFirst()
                        .map(SourceColumn::correlation)
                        .orElse(0.0);
        this.buckets = buckets;
        this.monitor = monitor;
        this.started = started;
        this.expected = expected;
        this.delta = new BucketSums(buckets.count());
        this.source = new BucketSums(buckets.count());
        this.deltaFrom = buckets.count();
        this.sourceFrom = buckets.count();
        this.shownFrom = KeyBuckets.SHOWN;
    }

    BucketSums source() {
        return source;
    }

    BucketSums delta() {
        return delta;
    }

    BucketStrip strip() {
        return strip;
    }

    long retries() {
        return retries;
    }

    void read(Deadline deadline, ExecutorService background) {
        var there = background.submit(() -> readDelta(deadline));
        boolean done = false;
        try {
            if (buckets instanceof ByRange range && Math.abs(correlation) >= IN_ORDER) {
                byKey(range, deadline, background);
            } else {
                inOneSnapshot(deadline);
            }
            finish(there);
            sourceFrom = 0;
            show();
            done = true;
        } finally {
            if (!done) {
                there.cancel(true);
            }
        }
    }

    private static void finish(Future<?> there) {
        try {
            there.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OpsException ops) {
                throw ops;
            }
            throw new IllegalStateException("Reading Delta failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while Delta was read");
        }
    }

    private void readDelta(Deadline deadline) {
        var row = comparison.duckRow();
        for (int to = buckets.count(); to > 0; to -= DELTA_BUCKETS_AT_ONCE) {
            monitor.waitWhilePaused(deadline);
            int from = Math.max(0, to - DELTA_BUCKETS_AT_ONCE);
            delta.add(deltaSide.sums(buckets, row, from, to, deadline));
            deltaFrom = from;
        }
    }

    /// By two sessions, since a server sums in one process for each. A server that has no room for
    /// the second is read by the first alone.
    private void byKey(ByRange range, Deadline deadline, ExecutorService background) {
        int chunks =
                (int)
                        Math.clamp(
                                Long.highestOneBit(expected / ROWS_AT_ONCE + 1),
                                1,
                                KeyBuckets.SHOWN);
        var open = new OpenRanges(chunks);
        if (chunks == 1) {
            ranges(range, open, false, deadline);
            return;
        }
        var second = background.submit(() -> ranges(range, open, true, deadline));
        boolean done = false;
        try {
            ranges(range, open, false, deadline);
            finish(second);
            done = true;
        } finally {
            if (!done) {
                open.stop();
                second.cancel(true);
            }
        }
    }

    private void ranges(ByRange range, OpenRanges open, boolean second, Deadline deadline) {
        var row = comparison.postgresRow();
        int[] at = {NONE};
        do {
            monitor.waitWhilePaused(deadline);
            try {
                again(
                        () -> {
                            var until = System.nanoTime() + LONGEST_SNAPSHOT.toNanos();
                            try (var pinned = side.pin(deadline)) {
                                at[0] = at[0] == NONE ? open.take() : at[0];
                                while (at[0] >= 0 && System.nanoTime() < until) {
                                    chunk(pinned.session(), range, open, at[0], row);
                                    at[0] = open.take();
                                    deadline.check("Reading the sums of " + range.column());
                                }
                            }
                            return at[0];
                        },
                        deadline,
                        this::retried);
            } catch (OpsException e) {
                if (second && at[0] == NONE) {
                    LOG.info("One session reads {}: {}", range.column(), e.getMessage());
                    return;
                }
                throw e;
            }
        } while (at[0] >= 0);
    }

    private void retried() {
        lock.lock();
        try {
            retries++;
        } finally {
            lock.unlock();
        }
    }

    private void chunk(
            SnapshotSession session, ByRange range, OpenRanges open, int chunk, SqlFragment row) {
        int each = range.count() / open.count();
        int from = chunk * each;
        lock.lock();
        try {
            reading(from, from + each);
        } finally {
            lock.unlock();
        }
        var sums = side.sums(session, range, row, range.from(from), range.to(from + each - 1));
        lock.lock();
        try {
            rowsRead += source.add(sums);
            sourceFrom = open.known(chunk) * each;
            show();
        } finally {
            lock.unlock();
        }
    }

    private void reading(int from, int to) {
        for (int i = range(from); i < range(to); i++) {
            strip.set(i, BucketStrip.READING);
        }
        monitor.at(progress(Phase.SUMS, started));
    }

    private int range(int bucket) {
        return (int) ((long) bucket * KeyBuckets.SHOWN / buckets.count());
    }

    private void inOneSnapshot(Deadline deadline) {
        again(
                () -> {
                    source = new BucketSums(buckets.count());
                    rowsRead = 0;
                    try (var pinned = side.pin(deadline)) {
                        pages(pinned.session(), deadline);
                    }
                    return true;
                },
                deadline,
                () -> retries++);
    }

    private void pages(SnapshotSession session, Deadline deadline) {
        var row = comparison.postgresRow();
        if (!table.kind().equals("r")) {
            rowsRead = source.add(side.allSums(session, buckets, row));
            return;
        }
        long pages = table.pages();
        for (long from = 0; from == 0 || from < pages; from += PAGES_AT_ONCE) {
            boolean last = from + PAGES_AT_ONCE >= pages;
            long to = last ? Long.MAX_VALUE : from + PAGES_AT_ONCE;
            rowsRead += source.add(side.sumsOfPages(session, buckets, row, from, to));
            monitor.at(progress(Phase.SUMS, started));
            deadline.check("Reading the sums");
        }
    }

    /// Compares what is known of both sides by now.
    private void show() {
        int known = Math.max(sourceFrom, deltaFrom);
        int from = (int) Math.ceilDiv((long) known * KeyBuckets.SHOWN, buckets.count());
        int each = buckets.count() / KeyBuckets.SHOWN;
        for (int shown = shownFrom - 1; shown >= from; shown--) {
            boolean differs = false;
            for (int i = shown * each; i < (shown + 1) * each && !differs; i++) {
                differs = source.differs(delta, i);
            }
            strip.set(shown, differs ? BucketStrip.DIFFERS : BucketStrip.EQUAL);
            differing += differs ? 1 : 0;
        }
        shownFrom = Math.min(shownFrom, from);
        monitor.at(progress(Phase.SUMS, started));
    }

    CheckProgress progress(Phase phase, Instant since) {
        return new CheckProgress(
                phase, since, rowsRead, Math.max(expected, rowsRead), strip.text(), differing);
    }

    /// In key order.
    List<Integer> differing() {
        var found = new ArrayList<Integer>();
        for (int i = 0; i < buckets.count(); i++) {
            if (source.differs(delta, i)) {
                found.add(i);
            }
        }
        return found;
    }

    /// At least so many keys of a bucket differ.
    long apart(int bucket) {
        return Math.max(1, Math.abs(source.rows(bucket) - delta.rows(bucket)));
    }

    PairCheck.Ranges ranges() {
        var rows = new ArrayList<Long>();
        var sums = new ArrayList<Long>();
        var deltaRows = new ArrayList<Long>();
        var deltaSums = new ArrayList<Long>();
        int each = buckets.count() / KeyBuckets.SHOWN;
        for (int shown = 0; shown < KeyBuckets.SHOWN; shown++) {
            long[] all = new long[4];
            for (int i = shown * each; i < (shown + 1) * each; i++) {
                all[0] += source.rows(i);
                all[1] += source.total(i);
                all[2] += delta.rows(i);
                all[3] += delta.total(i);
            }
            rows.add(all[0]);
            sums.add(all[1]);
            deltaRows.add(all[2]);
            deltaSums.add(all[3]);
        }
        return new PairCheck.Ranges(rows, sums, deltaRows, deltaSums);
    }

    /// A connection that was cut is no reason to begin from the start.
    static <T> T again(Supplier<T> work, Deadline deadline, Runnable retried) {
        for (int tries = 1; ; tries++) {
            try {
                return work.get();
            } catch (OpsException e) {
                if (e.kind() != OpsException.Kind.UNREACHABLE || tries == TRIES) {
                    throw e;
                }
                deadline.check("Connecting again");
                retried.run();
            }
        }
    }
}

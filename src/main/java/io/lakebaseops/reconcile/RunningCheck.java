package io.lakebaseops.reconcile;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.reconcile.CheckProgress.Phase;
import io.lakebaseops.reconcile.KeyBuckets.ByRange;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/// One check of a pair under way: sums of both sides, the rows of buckets that differ, and those
/// keys again when the pipeline has had time to bring what was on its way.
final class RunningCheck {
    /// Buckets whose rows are asked for at once.
    private static final int BATCH = 200;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final PostgresSide side;
    private final DeltaSide delta;
    private final Supplier<DeltaSide> newest;
    private final Comparison comparison;
    private final List<SourceColumn> source;
    private final SnapshotPoint point;
    private final CheckOptions options;
    private final CheckMonitor monitor;
    private final Deadline deadline;
    private final ExecutorService background;
    private final Clock clock;
    private long reread;

    RunningCheck(
            PostgresSide side,
            DeltaSide delta,
            Supplier<DeltaSide> newest,
            Comparison comparison,
            List<SourceColumn> source,
            SnapshotPoint point,
            CheckOptions options,
            CheckMonitor monitor,
            Deadline deadline,
            ExecutorService background,
            Clock clock) {
        this.side = side;
        this.delta = delta;
        this.newest = newest;
        this.comparison = comparison;
        this.source = List.copyOf(source);
        this.point = point;
        this.options = options;
        this.monitor = monitor;
        this.deadline = deadline;
        this.background = background;
        this.clock = clock;
    }

    PairCheck run(Optional<PostgresSide.Bounds> bounds, Instant started, List<String> notes) {
        monitor.at(
                new CheckProgress(
                        Phase.COUNT, started, 0, expected(), new BucketStrip().text(), 0));
        var buckets = buckets(bounds);
        var sums =
                new SumsOfBothSides(
                        side, delta, comparison, source, buckets, monitor, started, expected());
        sums.read(deadline, background);
        var differing = sums.differing();
        var keys = new Keys(List.of(), 0, 0);
        if (!differing.isEmpty()) {
            keys = keys(differing, buckets, sums, started, notes);
        }
        var names = comparison.columns().stream().map(ComparedColumn::name).toList();
        var range = buckets instanceof ByRange r ? r : null;
        return new PairCheck(
                point,
                delta.table().version(),
                delta.table().committedAt(),
                sums.source().rows(),
                sums.delta().rows(),
                names,
                comparison.keyColumns().stream().map(ComparedColumn::name).toList(),
                range != null,
                range == null ? null : (Long) range.low(),
                range == null ? null : (Long) (range.low() + range.width() * range.count() - 1),
                strip(keys, sums),
                sums.ranges(),
                keys.certain(),
                keys.total(),
                keys.late(),
                reread,
                sums.retries(),
                started,
                Duration.between(started, clock.instant()),
                notes);
    }

    /// Buckets whose differences were late, or the same after all, are equal.
    private static String strip(Keys keys, SumsOfBothSides sums) {
        if (keys.total() > keys.certain().size()) {
            return sums.strip().text();
        }
        var strip = new BucketStrip();
        for (int i = 0; i < KeyBuckets.SHOWN; i++) {
            strip.set(i, BucketStrip.EQUAL);
        }
        keys.certain().forEach(k -> strip.set(k.bucket(), BucketStrip.DIFFERS));
        return strip.text();
    }

    private long expected() {
        return Math.max(
                0, Math.max((long) source.getFirst().estimatedRows(), delta.table().rows()));
    }

    private KeyBuckets buckets(Optional<PostgresSide.Bounds> bounds) {
        int count = KeyBuckets.countFor(expected());
        if (comparison.wholeKey()) {
            var there = delta.bounds(comparison.keyColumn().name(), deadline);
            var low = least(bounds.map(PostgresSide.Bounds::low), there.low());
            var high = greatest(bounds.map(PostgresSide.Bounds::high), there.high());
            try {
                return ByRange.between(
                        comparison.keyColumn().name(),
                        low,
                        high,
                        KeyBuckets.countFor(Math.max(expected(), there.rows())));
            } catch (ArithmeticException _) {
                // Keys from one end of the type to the other: no width would fit.
            }
        }
        return new KeyBuckets.ByHash(comparison.keyColumns(), Integer.numberOfTrailingZeros(count));
    }

    private static long least(Optional<Long> one, Optional<Long> other) {
        return Math.min(one.orElse(other.orElse(0L)), other.orElse(one.orElse(0L)));
    }

    private static long greatest(Optional<Long> one, Optional<Long> other) {
        return Math.max(one.orElse(other.orElse(0L)), other.orElse(one.orElse(0L)));
    }

    private record Keys(List<DifferingKey> certain, long total, int late) {}

    private Keys keys(
            List<Integer> differing,
            KeyBuckets buckets,
            SumsOfBothSides sums,
            Instant started,
            List<String> notes) {
        var compare = new Differences(comparison.columns(), comparison.key(), buckets);
        var candidates = new ArrayList<DifferingKey>();
        var looked = new ArrayList<Integer>();
        long unread = 0;
        // The newest first: there most of what is wrong is found, and what is cut off is old.
        for (int at = differing.size(); at > 0; at -= BATCH) {
            var some = differing.subList(Math.max(0, at - BATCH), at);
            if (candidates.size() >= Reconciler.MOST_KEYS) {
                unread += some.stream().mapToLong(sums::apart).sum();
                continue;
            }
            monitor.waitWhilePaused(deadline);
            monitor.at(sums.progress(Phase.ROWS, started));
            candidates.addAll(read(some, delta, buckets, compare));
            looked.addAll(some);
        }
        if (unread > 0) {
            notes.add(
                    "more than %,d keys differ: those of older buckets are counted, not listed"
                            .formatted(Reconciler.MOST_KEYS));
        }
        if (candidates.isEmpty()) {
            return new Keys(List.of(), unread, 0);
        }
        settle(started, sums);
        var again = new LinkedHashMap<List<String>, DifferingKey>();
        var now = newest.get();
        for (int at = 0; at < looked.size(); at += BATCH) {
            var some = looked.subList(at, Math.min(looked.size(), at + BATCH));
            read(some, now, buckets, compare).forEach(k -> again.put(k.key(), k));
        }
        var certain = new ArrayList<DifferingKey>();
        int late = 0;
        for (var candidate : candidates) {
            var still = again.get(candidate.key());
            if (still == null) {
                continue;
            }
            if (onItsWay(still, now)) {
                late++;
            } else if (certain.size() < Reconciler.MOST_KEYS) {
                certain.add(still);
            } else {
                unread++;
            }
        }
        return new Keys(certain, certain.size() + unread, late);
    }

    /// What was under way when the rows were read has then arrived, or is wrong: a row that is only
    /// in Delta may have been deleted a moment ago.
    private void settle(Instant started, SumsOfBothSides sums) {
        var until = clock.instant().plus(options.settle());
        monitor.at(sums.progress(Phase.COMPARE, started));
        while (clock.instant().isBefore(until)) {
            deadline.pause("Waiting for changes under way to reach Delta", LOOK_AGAIN);
        }
    }

    /// Written after the check began; or, where the pipeline runs now and then, after its last run.
    private boolean onItsWay(DifferingKey key, DeltaSide now) {
        var xmin = key.xmin();
        if (xmin == null) {
            return false;
        }
        if (point.before(xmin)) {
            return true;
        }
        var changed = key.changedAt() == null ? moment(key) : key.changedAt();
        return options.batch() && changed != null && changed.isAfter(now.table().committedAt());
    }

    private @Nullable Instant moment(DifferingKey key) {
        var values = key.source();
        var column = SourceColumn.moment(source, null);
        if (values == null || column.isEmpty()) {
            return null;
        }
        var names = comparison.columns().stream().map(ComparedColumn::name).toList();
        int place = names.indexOf(column.get().columnName());
        var text = place < 0 ? null : values.get(place);
        return text == null || text.contains("infinity")
                ? null
                : Differences.moment(text).toInstant();
    }

    private List<DifferingKey> read(
            List<Integer> of, DeltaSide from, KeyBuckets buckets, Differences compare) {
        deadline.check("Reading the rows of buckets that differ");
        var copies = from.rows(buckets, of, comparison.columns(), deadline);
        List<ComparedRow> rows =
                SumsOfBothSides.again(
                        () -> {
                            try (var pinned = side.pin(deadline)) {
                                return side.rows(
                                        pinned.session(), buckets, of, comparison.columns());
                            }
                        },
                        deadline,
                        () -> {});
        reread += rows.size() + copies.size();
        return compare.between(rows, copies);
    }
}

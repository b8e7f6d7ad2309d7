package io.lakebaseops.reconcile;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What one check of a pair found.
///
/// @param columns those compared, in the order of each key's values
/// @param keyColumns those of the primary key
/// @param ordered buckets are places in key order; false: parts of a hash
/// @param low the first key of the first bucket; null when not ordered
/// @param high the last key of the last bucket
/// @param strip see [BucketStrip]
/// @param ranges rows and sums of the buckets that are shown
/// @param keys those that differ for certain, at most [Reconciler#MOST_KEYS]
/// @param differing how many differ in all
/// @param late keys that differ because their change is younger than what the pipeline has had time
///     to bring
/// @param rowsReread rows read more than once, on both sides together
/// @param notes what was not compared and why
public record PairCheck(
        SnapshotPoint point,
        long version,
        Instant committedAt,
        long sourceRows,
        long deltaRows,
        List<String> columns,
        List<String> keyColumns,
        boolean ordered,
        @Nullable Long low,
        @Nullable Long high,
        String strip,
        Ranges ranges,
        List<DifferingKey> keys,
        long differing,
        int late,
        long rowsReread,
        long retries,
        Instant startedAt,
        Duration took,
        List<String> notes) {
    public PairCheck {
        columns = List.copyOf(columns);
        keyColumns = List.copyOf(keyColumns);
        keys = List.copyOf(keys);
        notes = List.copyOf(notes);
    }

    public long drift() {
        return sourceRows - deltaRows;
    }

    public boolean equal() {
        return differing == 0;
    }

    /// The same with fewer keys listed.
    public PairCheck withKeys(List<DifferingKey> fewer) {
        return new PairCheck(
                point,
                version,
                committedAt,
                sourceRows,
                deltaRows,
                columns,
                keyColumns,
                ordered,
                low,
                high,
                strip,
                ranges,
                fewer,
                differing,
                late,
                rowsReread,
                retries,
                startedAt,
                took,
                notes);
    }

    /// Rows and sums of row hashes by bucket that is shown, of both sides.
    public record Ranges(
            List<Long> sourceRows,
            List<Long> sourceSums,
            List<Long> deltaRows,
            List<Long> deltaSums) {
        public Ranges {
            sourceRows = List.copyOf(sourceRows);
            sourceSums = List.copyOf(sourceSums);
            deltaRows = List.copyOf(deltaRows);
            deltaSums = List.copyOf(deltaSums);
        }
    }
}

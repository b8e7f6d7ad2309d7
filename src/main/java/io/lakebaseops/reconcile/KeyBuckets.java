package io.lakebaseops.reconcile;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.postgres.SqlFragment;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Collectors;

/// How keys are put into buckets, told alike to both engines: ranges of a whole number, so that a
/// bucket is a place in key order, or the first bits of a hash for all other keys.
sealed interface KeyBuckets {
    /// What a screen shows, each of as many fine buckets as it takes.
    int SHOWN = 1024;

    /// Few rows a bucket, because those of a bucket that differs are read once more.
    int ROWS = 24;

    int MOST = 1 << 20;

    int count();

    SqlFragment postgres();

    String duck();

    default int shown(int bucket) {
        return (int) ((long) bucket * SHOWN / count());
    }

    /// A power of two, at least what is shown.
    static int countFor(long rows) {
        long wanted = Math.clamp(rows / ROWS, SHOWN, MOST);
        return (int) Math.min(MOST, Long.highestOneBit(wanted * 2 - 1));
    }

    /// @param low the first key of the first bucket
    /// @param width keys of a bucket
    record ByRange(String column, long low, long width, int count) implements KeyBuckets {
        static ByRange between(String column, long low, long high, int count) {
            long span = Math.addExact(Math.subtractExact(high, low), 1);
            return new ByRange(column, low, Math.ceilDiv(span, count), count);
        }

        @Override
        public SqlFragment postgres() {
            return SqlFragment.of(
                    "least(greatest(({column}::int8 - (%d)) / %d, 0), %d)::int8"
                            .formatted(low, width, count - 1),
                    Ident.of("t", column));
        }

        @Override
        public String duck() {
            return "least(greatest((%s::BIGINT - (%d)) // %d, 0), %d)::BIGINT"
                    .formatted(Ident.of("t", column).sql(), low, width, count - 1);
        }

        int bucketOf(long key) {
            return (int) Math.clamp((key - low) / width, 0, count - 1);
        }

        /// The first key; the first bucket takes what lies below, too.
        long from(int bucket) {
            return bucket == 0 ? Long.MIN_VALUE : low + bucket * width;
        }

        /// The last key; the last bucket takes what lies above, too.
        long to(int bucket) {
            return bucket == count - 1 ? Long.MAX_VALUE : low + (bucket + 1) * width - 1;
        }
    }

    /// @param bits of the hash, at most 20
    record ByHash(List<ComparedColumn> key, int bits) implements KeyBuckets {
        public ByHash {
            key = List.copyOf(key);
        }

        @Override
        public int count() {
            return 1 << bits;
        }

        /// @param canonical the key's values in the form that is compared
        int bucketOf(List<@Nullable Object> canonical) {
            var text = canonical.stream().map(String::valueOf).collect(Collectors.joining("|"));
            return Integer.parseInt(Md5.hex(text).substring(0, 5), 16) >> (20 - bits);
        }

        @Override
        public SqlFragment postgres() {
            return new SqlFragment(
                    "(('x' || substr(md5(concat_ws('|', %s)), 1, 5))::bit(20)::int4 >> %d)::int8"
                            .formatted(
                                    key.stream()
                                            .map(k -> k.postgres().text())
                                            .collect(Collectors.joining(", ")),
                                    20 - bits));
        }

        @Override
        public String duck() {
            return "(('0x' || substr(md5(concat_ws('|', %s)), 1, 5))::BIGINT >> %d)"
                    .formatted(
                            key.stream()
                                    .map(ComparedColumn::duck)
                                    .collect(Collectors.joining(", ")),
                            20 - bits);
        }
    }
}

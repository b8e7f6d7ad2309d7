package io.lakebaseops.reconcile;

import io.lakebaseops.domain.Rows;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/// Rows and sum of row hashes of each bucket of one side; sums are taken modulo 2^64, so the parts
/// of a bucket can be added up in any order.
final class BucketSums {
    private final long[] rows;
    private final long[] totals;

    BucketSums(int count) {
        rows = new long[count];
        totals = new long[count];
    }

    /// Rows of `bucket`, `row_count`, `total`. Returns how many rows they stand for.
    long add(Rows sums) {
        long read = 0;
        for (var row : sums.list()) {
            int bucket = (int) number(row.get("bucket"));
            long count = number(row.get("row_count"));
            rows[bucket] += count;
            totals[bucket] += number(row.get("total"));
            read += count;
        }
        return read;
    }

    /// The low 64 bits, whichever sign an engine gives them.
    private static long number(@Nullable Object value) {
        return switch (value) {
            case Long l -> l;
            case BigDecimal d -> d.toBigInteger().longValue();
            case Number n -> n.longValue();
            case null, default -> 0;
        };
    }

    boolean differs(BucketSums other, int bucket) {
        return rows[bucket] != other.rows[bucket] || totals[bucket] != other.totals[bucket];
    }

    long rows(int bucket) {
        return rows[bucket];
    }

    long total(int bucket) {
        return totals[bucket];
    }

    long rows() {
        long all = 0;
        for (long count : rows) {
            all += count;
        }
        return all;
    }
}

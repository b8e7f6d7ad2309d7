package io.lakebaseops.reconcile;

import java.time.Instant;

/// How far a check has come.
///
/// @param rowsTotal as expected
/// @param strip the buckets that are shown, see [BucketStrip]
/// @param differing buckets found to differ, of those that are shown
public record CheckProgress(
        Phase phase,
        Instant startedAt,
        long rowsRead,
        long rowsTotal,
        String strip,
        int differing) {

    /// In their order.
    public enum Phase {
        PIN("pin"),
        COUNT("count"),
        SUMS("sum buckets"),
        ROWS("bisect"),
        COMPARE("compare keys");

        private final String label;

        Phase(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}

package io.lakebaseops.local.compute.history;

import java.time.Instant;

/// A state of a branch in the past: that of a moment, or that of a position in its log.
public sealed interface PastPoint {

    /// Everything committed up to this moment, by the commit times in the log.
    record Moment(Instant time) implements PastPoint {
        @Override
        public String toString() {
            return time.toString();
        }
    }

    /// Everything whose log record ends at or before this position: what
    /// `pg_current_wal_insert_lsn()` gave after a commit holds that commit and no later one.
    record Position(Lsn lsn) implements PastPoint {
        @Override
        public String toString() {
            return lsn.toString();
        }
    }
}

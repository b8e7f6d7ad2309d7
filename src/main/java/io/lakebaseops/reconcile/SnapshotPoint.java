package io.lakebaseops.reconcile;

import java.time.Instant;

/// Where a snapshot of PostgreSQL stands, the row of `reconcile/snapshot_start`.
///
/// @param horizon every transaction below it had ended
/// @param nextXid no transaction from it on had begun
public record SnapshotPoint(
        String horizon,
        String nextXid,
        String lsn,
        String encoding,
        boolean commitTimes,
        Instant at) {

    /// Whether the row version of this transaction is younger than the snapshot's horizon. Row
    /// versions carry the low 32 bits, which go round.
    boolean before(long xmin) {
        return (int) (xmin - Long.parseLong(horizon)) >= 0;
    }
}

package io.lakebaseops.state;

import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// The pairs of PostgreSQL and Delta tables that are compared, with their last results.
public interface SyncPairs {
    List<SyncPairRow> of(TargetId target);

    void put(TargetId target, SyncPairRow pair, String by);

    /// Keeps the newer result.
    void result(TargetId target, SyncPairRow pair, String result, Instant checkedAt);

    /// @param feed an append-only change feed, not a mirror
    /// @param batch the pipeline runs now and then
    /// @param truth the side that is right where they differ
    /// @param settleSeconds what the pipeline is given to bring a change
    /// @param watched false: a person does not want it to be compared
    /// @param result of the last check, JSON; null before the first
    record SyncPairRow(
            String databaseName,
            String schemaName,
            String tableName,
            String mirrorSchema,
            String mirrorTable,
            boolean feed,
            boolean batch,
            Truth truth,
            int settleSeconds,
            boolean watched,
            @Nullable String result,
            @Nullable Instant checkedAt) {}

    /// Which side is right.
    enum Truth {
        POSTGRESQL,
        DELTA
    }
}

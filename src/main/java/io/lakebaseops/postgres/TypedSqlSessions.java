package io.lakebaseops.postgres;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

/// Opens read-only transactions for statements that somebody typed.
public interface TypedSqlSessions {
    /// @param database null for the target's default database
    TypedSqlSession typed(TargetId target, @Nullable String database, Deadline deadline);
}

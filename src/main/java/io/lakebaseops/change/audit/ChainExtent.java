package io.lakebaseops.change.audit;

import io.lakebaseops.state.Tx;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.Map;

/// From where to where the stored chain reaches, read in one statement.
///
/// @param entries what the head row says; null when that row is lost
/// @param first number of the oldest entry, 0 when there is none
record ChainExtent(@Nullable Long entries, @Nullable String hash, long first, long last) {
    static ChainExtent read(Tx tx) throws SQLException {
        return tx.first(AuditSql.EXTENT, Map.of(), ChainExtent.class).orElseThrow();
    }
}

package io.lakebaseops.state;

import io.lakebaseops.domain.TargetId;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/// Since when indexes have been seen without a scan. The server itself does not say since when it
/// knows an index, so this is what "not used for N days" rests on.
public interface IdleIndexes {
    /// Notes the indexes that show no use now and forgets all others of the database.
    ///
    /// @param idle OIDs of the indexes without a scan
    /// @return for each of them when it was first seen so
    Map<Long, Instant> observe(TargetId target, String database, Collection<Long> idle, Instant at);
}

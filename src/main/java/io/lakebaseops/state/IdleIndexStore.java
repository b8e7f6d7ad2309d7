package io.lakebaseops.state;

import io.lakebaseops.domain.TargetId;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Keeps since when indexes are idle, in the state database.
public final class IdleIndexStore implements IdleIndexes {
    private final StateDb db;

    public IdleIndexStore(StateDb db) {
        this.db = db;
    }

    @Override
    public Map<Long, Instant> observe(
            TargetId target, String database, Collection<Long> idle, Instant at) {
        Map<String, Object> place = Map.of("target", target.key(), "database", database);
        var now = new HashMap<>(place);
        now.put("idle", idle);
        now.put("at", at);
        return db.tx(
                tx -> {
                    tx.update(StateSql.IDLE_INDEX_FORGET, now);
                    tx.update(StateSql.IDLE_INDEX_NOTE, now);
                    return tx.query(StateSql.IDLE_INDEXES, place, Idle.class).stream()
                            .collect(Collectors.toMap(Idle::indexOid, Idle::firstSeen));
                });
    }

    private record Idle(long indexOid, Instant firstSeen) {}
}

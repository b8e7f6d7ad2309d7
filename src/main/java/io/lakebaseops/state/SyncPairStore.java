package io.lakebaseops.state;

import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Keeps the pairs in the state database.
public final class SyncPairStore implements SyncPairs {
    private final StateDb db;

    public SyncPairStore(StateDb db) {
        this.db = db;
    }

    @Override
    public List<SyncPairRow> of(TargetId target) {
        return db.tx(
                tx ->
                        tx.query(
                                StateSql.SYNC_PAIRS,
                                Map.of("target", target.key()),
                                SyncPairRow.class));
    }

    @Override
    public void put(TargetId target, SyncPairRow pair, String by) {
        var values = place(target, pair);
        values.put("mirror_schema", pair.mirrorSchema());
        values.put("mirror_table", pair.mirrorTable());
        values.put("feed", pair.feed());
        values.put("batch", pair.batch());
        values.put("truth", pair.truth());
        values.put("settle_seconds", pair.settleSeconds());
        values.put("watched", pair.watched());
        values.put("by", by);
        db.run(tx -> tx.update(StateSql.SYNC_PAIR_PUT, values));
    }

    @Override
    public void result(TargetId target, SyncPairRow pair, String result, Instant checkedAt) {
        var values = place(target, pair);
        values.put("result", result);
        values.put("checked_at", checkedAt);
        db.run(tx -> tx.update(StateSql.SYNC_PAIR_RESULT, values));
    }

    private static Map<String, @Nullable Object> place(TargetId target, SyncPairRow pair) {
        var values = new HashMap<String, @Nullable Object>();
        values.put("target", target.key());
        values.put("database_name", pair.databaseName());
        values.put("schema_name", pair.schemaName());
        values.put("table_name", pair.tableName());
        return values;
    }
}

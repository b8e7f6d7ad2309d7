package io.lakebaseops.state;

import io.lakebaseops.domain.TargetId;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Reads the repairs from the plans in the state database.
public final class RepairStore implements Repairs {
    private final StateDb db;

    public RepairStore(StateDb db) {
        this.db = db;
    }

    @Override
    public List<Repair> since(TargetId target, List<String> verbs, Instant since) {
        return db.tx(
                tx ->
                        tx.query(
                                StateSql.REPAIRS_SINCE,
                                Map.of("target", target.key(), "verbs", verbs, "since", since),
                                Repair.class));
    }
}

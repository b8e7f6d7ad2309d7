package io.lakebaseops.state;

import io.lakebaseops.lakebase.acts.CreatedResource;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The record of created projects and branches in the state database.
public final class CreatedResourceStore implements CreatedResources {
    private final StateDb db;
    private final Clock clock;

    public CreatedResourceStore(StateDb db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    @Override
    public void add(String profile, Entry entry) {
        var what = entry.what();
        var values = new HashMap<String, @Nullable Object>();
        values.put("profile", profile);
        values.put("uid", what.uid());
        values.put("project", what.project());
        values.put("branch", what.branch());
        values.put("ttl_seconds", what.ttlSeconds());
        values.put("trial", what.trial());
        values.put("plan_id", entry.plan());
        values.put("tool", entry.tool());
        values.put("recorded_at", clock.instant());
        db.run(tx -> tx.update(StateSql.CREATED_ADD, values));
    }

    @Override
    public Optional<Entry> find(String profile, String uid) {
        var params = Map.of("profile", profile, "uid", uid);
        return db.tx(
                tx -> {
                    var rows = tx.rows(StateSql.CREATED_FIND, params);
                    var what = Tx.read(StateSql.CREATED_FIND, rows, CreatedResource.class);
                    return Tx.read(StateSql.CREATED_FIND, rows, Maker.class).stream()
                            .map(m -> new Entry(m.planId(), m.tool(), what.getFirst()))
                            .findFirst();
                });
    }

    private record Maker(UUID planId, String tool) {}

    @Override
    public List<CreatedResource> of(UUID plan) {
        return db.tx(
                tx ->
                        tx.query(
                                StateSql.CREATED_BY_PLAN,
                                Map.of("plan_id", plan),
                                CreatedResource.class));
    }
}

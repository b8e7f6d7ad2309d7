package io.lakebaseops.state;

import java.util.List;
import java.util.Map;

/// Keeps the named views of the fleet in the state database.
public final class FleetViewStore implements FleetViews {
    private final StateDb db;

    public FleetViewStore(StateDb db) {
        this.db = db;
    }

    @Override
    public List<View> of(String owner) {
        return db.tx(tx -> tx.query(StateSql.FLEET_VIEWS, Map.of("owner", owner), View.class));
    }

    @Override
    public void keep(String owner, View view) {
        db.run(
                tx ->
                        tx.update(
                                StateSql.FLEET_VIEW_PUT,
                                Map.of(
                                        "owner",
                                        owner,
                                        "name",
                                        view.name(),
                                        "filter",
                                        view.filter(),
                                        "grouping",
                                        view.grouping())));
    }

    @Override
    public void forget(String owner, String name) {
        db.run(tx -> tx.update(StateSql.FLEET_VIEW_FORGET, Map.of("owner", owner, "name", name)));
    }
}

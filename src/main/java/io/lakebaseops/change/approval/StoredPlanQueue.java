package io.lakebaseops.change.approval;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.Tx;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The queue as the state database lists it.
public final class StoredPlanQueue implements PlanQueue {
    private static final SqlName VERSION = SqlName.of("change/queue_version");
    private static final SqlName COUNTS = SqlName.of("change/queue_counts");
    private static final SqlName WAITING = SqlName.of("change/queue_waiting");
    private static final SqlName RUNNING = SqlName.of("change/queue_running");
    private static final SqlName DECIDED = SqlName.of("change/queue_decided");

    /// How far back alike outcomes are looked for: a repair every half minute for a day.
    private static final int SCANNED = 3000;

    private final StateDb db;

    public StoredPlanQueue(StateDb db) {
        this.db = db;
    }

    @Override
    public long version() {
        return db.tx(tx -> tx.column(VERSION, Map.of(), Long.class)).stream()
                .findFirst()
                .orElse(0L);
    }

    @Override
    public List<Count> counts() {
        return db.tx(tx -> tx.query(COUNTS, Map.of(), Count.class));
    }

    @Override
    public List<Entry> waiting(@Nullable TargetId target, int limit) {
        return db.tx(tx -> tx.query(WAITING, params(target, "limit", limit), Entry.class));
    }

    @Override
    public List<Entry> running() {
        return db.tx(tx -> tx.query(RUNNING, Map.of(), Entry.class));
    }

    @Override
    public List<Group> decided(@Nullable TargetId target, Who who, String actor, int limit) {
        var params = params(target, "limit", limit);
        params.put("who", who);
        params.put("actor", actor);
        params.put("scanned", SCANNED);
        var rows = db.tx(tx -> tx.rows(DECIDED, params));
        var times = Tx.read(DECIDED, rows, Times.class);
        var entries = Tx.read(DECIDED, rows, Entry.class);
        return IntStream.range(0, rows.size())
                .mapToObj(i -> new Group(entries.get(i), times.get(i).times()))
                .toList();
    }

    private record Times(int times) {}

    private static Map<String, @Nullable Object> params(
            @Nullable TargetId target, String name, int value) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("target", target == null ? null : target.key());
        params.put(name, value);
        return params;
    }
}

package io.lakebaseops.change.approval;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.Trust;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.Tx;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The queue as the state database lists it.
public final class StoredPlanQueue implements PlanQueue {
    private static final SqlName VERSION = SqlName.of("change/queue_version");
    private static final SqlName COUNTS = SqlName.of("change/queue_counts");
    private static final SqlName WAITING = SqlName.of("change/queue_waiting");
    private static final SqlName RUNNING = SqlName.of("change/queue_running");
    private static final SqlName FOR_FINDINGS = SqlName.of("change/queue_for_findings");
    private static final SqlName OF_FINDING = SqlName.of("change/queue_of_finding");
    private static final SqlName MERIT = SqlName.of("change/merit");
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
    public List<Group> waiting(@Nullable TargetId target, Set<String> open, int limit) {
        var params = params(target, "limit", limit);
        params.put("each", EACH);
        params.put("open", open);
        return groups(WAITING, params);
    }

    @Override
    public Map<String, UUID> waitingFor(Collection<String> findings) {
        if (findings.isEmpty()) {
            return Map.of();
        }
        return db
                .tx(tx -> tx.query(FOR_FINDINGS, Map.of("findings", findings), ForFinding.class))
                .stream()
                .collect(Collectors.toMap(ForFinding::findingFingerprint, ForFinding::id));
    }

    @Override
    public List<Entry> of(String finding, int limit) {
        var params = Map.of("finding", finding, "limit", limit);
        return db.tx(tx -> tx.query(OF_FINDING, params, Entry.class));
    }

    @Override
    public List<Trust> trust(TargetId target) {
        return new TrustLedger(db, Clock.systemUTC()).of(target);
    }

    @Override
    public Merit merit(TargetId target, Instant since) {
        var params = Map.of("target", target.key(), "since", since);
        return db.tx(tx -> tx.query(MERIT, params, Merit.class)).getFirst();
    }

    private record ForFinding(String findingFingerprint, UUID id) {}

    private List<Group> groups(SqlName sql, Map<String, @Nullable Object> params) {
        var rows = db.tx(tx -> tx.rows(sql, params));
        var times = Tx.read(sql, rows, Times.class);
        var entries = Tx.read(sql, rows, Entry.class);
        return IntStream.range(0, rows.size())
                .mapToObj(i -> new Group(entries.get(i), times.get(i).times()))
                .toList();
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
        return groups(DECIDED, params);
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

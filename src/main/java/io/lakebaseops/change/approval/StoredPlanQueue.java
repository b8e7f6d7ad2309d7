package io.lakebaseops.change.approval;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.state.NamedSql;
import io.lakebaseops.state.Row;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.StateJson;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The queue as the state database lists it.
public final class StoredPlanQueue implements PlanQueue {
    private static final NamedSql VERSION = NamedSql.of("change/queue_version");
    private static final NamedSql COUNTS = NamedSql.of("change/queue_counts");
    private static final NamedSql WAITING = NamedSql.of("change/queue_waiting");
    private static final NamedSql RUNNING = NamedSql.of("change/queue_running");
    private static final NamedSql FOR_FINDINGS = NamedSql.of("change/queue_for_findings");
    private static final NamedSql DECIDED = NamedSql.of("change/queue_decided");

    /// How far back alike outcomes are looked for: a repair every half minute for a day.
    private static final int SCANNED = 3000;

    private final StateDb db;

    public StoredPlanQueue(StateDb db) {
        this.db = db;
    }

    @Override
    public long version() {
        return db.tx(tx -> tx.first(VERSION, Map.of(), row -> row.number("entries")).orElse(0L));
    }

    @Override
    public List<Count> counts() {
        return db.tx(
                tx ->
                        tx.query(
                                COUNTS,
                                Map.of(),
                                row ->
                                        new Count(
                                                target(row),
                                                RiskLevel.valueOf(row.text("risk_level")),
                                                (int) row.number("plans"))));
    }

    @Override
    public List<Group> waiting(@Nullable TargetId target, Set<String> open, int limit) {
        var params = params(target, "limit", limit);
        params.put("each", EACH);
        params.put("open", open);
        return db.tx(tx -> tx.query(WAITING, params, this::group));
    }

    @Override
    public Map<String, UUID> waitingFor(Collection<String> findings) {
        var plans = new HashMap<String, UUID>();
        if (!findings.isEmpty()) {
            db.tx(
                    tx ->
                            tx.query(
                                    FOR_FINDINGS,
                                    Map.of("findings", findings),
                                    row ->
                                            plans.put(
                                                    row.text("finding_fingerprint"),
                                                    row.uuid("id"))));
        }
        return plans;
    }

    @Override
    public List<Entry> running() {
        return db.tx(tx -> tx.query(RUNNING, Map.of(), this::entry));
    }

    @Override
    public List<Group> decided(@Nullable TargetId target, Who who, String actor, int limit) {
        var params = params(target, "limit", limit);
        params.put("who", who);
        params.put("actor", actor);
        params.put("scanned", SCANNED);
        return db.tx(tx -> tx.query(DECIDED, params, this::group));
    }

    private static Map<String, @Nullable Object> params(
            @Nullable TargetId target, String name, int value) {
        var params = new HashMap<String, @Nullable Object>();
        params.put("target", target == null ? null : target.key());
        params.put(name, value);
        return params;
    }

    private static TargetId target(Row row) throws SQLException {
        var parts = row.text("target_key").split("/", 3);
        return new TargetId(parts[0], parts[1], parts[2]);
    }

    private Group group(Row row) throws SQLException {
        return new Group(entry(row), (int) row.number("times"));
    }

    private Entry entry(Row row) throws SQLException {
        var verification = row.textOrNull("verification");
        return new Entry(
                row.uuid("id"),
                target(row),
                row.text("title"),
                row.text("tool"),
                RiskLevel.valueOf(row.text("risk_level")),
                FiledPlan.State.valueOf(row.text("state")),
                row.instant("filed_at"),
                row.instant("expires_at"),
                row.textOrNull("decided_by"),
                row.instantOrNull("decided_at"),
                row.textOrNull("reason"),
                verification == null ? null : StateJson.read(verification, Verification.class),
                row.instantOrNull("finished_at"));
    }
}

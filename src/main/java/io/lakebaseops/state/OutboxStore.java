package io.lakebaseops.state;

import io.lakebaseops.state.Alerts.Alert;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The outbox in the state database.
public final class OutboxStore implements Outbox {
    /// Far more alerts than anybody could be told about.
    private static final int ALERTS = 1000;

    private final StateDb db;

    public OutboxStore(StateDb db) {
        this.db = db;
    }

    @Override
    public List<Alert> toTell(Instant since) {
        var params = Map.of("since", since, "limit", ALERTS);
        return db.tx(tx -> tx.query(OutboxSql.ALERTS_TO_TELL, params, Alert.class));
    }

    @Override
    public List<Entry> about(Collection<String> alerts) {
        return alerts.isEmpty()
                ? List.of()
                : db.tx(
                        tx ->
                                tx.query(
                                        OutboxSql.OF,
                                        Map.of("alerts", List.copyOf(alerts)),
                                        Entry.class));
    }

    @Override
    public void add(Entry e) {
        var params =
                StateParams.of(
                        "id", e.id(),
                        "alert", e.alertId(),
                        "channel", e.channel(),
                        "act", e.act(),
                        "severity", e.severity(),
                        "round", e.round(),
                        "at", e.createdAt(),
                        "due", e.dueAt());
        db.run(tx -> tx.update(OutboxSql.ADD, params));
    }

    @Override
    public List<Entry> due(Instant now, int limit) {
        var params = Map.of("now", now, "limit", limit);
        return db.tx(tx -> tx.query(OutboxSql.DUE, params, Entry.class));
    }

    @Override
    public boolean claim(Entry entry, Instant next) {
        var params = Map.of("id", entry.id(), "attempts", entry.attempts(), "due", next);
        return db.tx(tx -> tx.update(OutboxSql.CLAIM, params)) == 1;
    }

    @Override
    public void postpone(UUID id, Instant due, @Nullable String reason) {
        var params = StateParams.of("id", id, "due", due, "reason", reason);
        db.run(tx -> tx.update(OutboxSql.POSTPONE, params));
    }

    @Override
    public void end(
            UUID id, State state, Instant at, @Nullable String reason, @Nullable String receipt) {
        var params =
                StateParams.of(
                        "id", id, "state", state, "at", at, "reason", reason, "receipt", receipt);
        db.run(tx -> tx.update(OutboxSql.END, params));
    }

    @Override
    public List<Last> last() {
        return db.tx(tx -> tx.query(OutboxSql.LAST, Map.of(), Last.class));
    }

    @Override
    public List<Deed> deeds(String alert) {
        return db.tx(tx -> tx.query(OutboxSql.ALERT_DEEDS, Map.of("alert", alert), Deed.class));
    }
}

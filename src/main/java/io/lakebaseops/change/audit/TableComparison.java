package io.lakebaseops.change.audit;

import io.lakebaseops.change.audit.AuditLog.AuditEntry;
import io.lakebaseops.change.audit.AuditLog.ChainState.Broken;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.Tx;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The tables of plans, decisions and receipts against what the audit chain says about them.
///
/// The chain is what counts: a row that says something else was changed past the gate. Each batch
/// is read at one moment, since the gate writes rows and their entries in one transaction.
final class TableComparison {
    private static final int BATCH = 200;
    private static final UUID LEAST = new UUID(0, 0);

    private final StateDb db;

    TableComparison(StateDb db) {
        this.db = db;
    }

    /// Every plan in the table, and every one of the chain that should still be there.
    Optional<Broken> all() {
        var after = LEAST;
        List<UUID> ids;
        do {
            var params = Map.of("after", after, "limit", BATCH);
            ids = db.tx(tx -> tx.column(AuditSql.PLAN_IDS, params, UUID.class));
            var broken = batch(ids);
            if (broken.isPresent()) {
                return broken;
            }
            after = ids.isEmpty() ? after : ids.getLast();
        } while (ids.size() == BATCH);
        return db.tx(tx -> tx.first(AuditSql.PLAN_LOST, Map.of(), Lost.class))
                .map(lost -> PlanRecord.lost(lost.seq(), lost.planId()));
    }

    private record Lost(long seq, UUID planId) {}

    Optional<Broken> plans(List<UUID> ids) {
        for (int from = 0; from < ids.size(); from += BATCH) {
            var broken = batch(ids.subList(from, Math.min(ids.size(), from + BATCH)));
            if (broken.isPresent()) {
                return broken;
            }
        }
        return Optional.empty();
    }

    private Optional<Broken> batch(List<UUID> ids) {
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        var records = db.snapshot(tx -> records(tx, ids));
        return records.stream().map(PlanRecord::difference).flatMap(Optional::stream).findFirst();
    }

    private static List<PlanRecord> records(Tx tx, List<UUID> ids) throws SQLException {
        var entries = byPlan(tx, AuditSql.OF_PLANS, ids, AuditEntry.class);
        var decisions = byPlan(tx, AuditSql.DECISION_ROWS, ids, PlanRecord.DecisionRow.class);
        var receipts = byPlan(tx, AuditSql.RECEIPT_ROWS, ids, PlanRecord.ReceiptRow.class);
        var oldest = ChainExtent.read(tx).first();
        var since = tx.column(AuditSql.ENTRY_TIME, Map.of("seq", oldest), Instant.class);
        var all = oldest <= 1 || since.isEmpty();
        return tx.query(AuditSql.PLAN_ROWS, Map.of("ids", ids), PlanRecord.Row.class).stream()
                .map(
                        row ->
                                new PlanRecord(
                                        row,
                                        all || row.filedAt().isAfter(since.getFirst()),
                                        entries.getOrDefault(row.id(), List.of()),
                                        decisions.getOrDefault(row.id(), List.of()),
                                        receipts.getOrDefault(row.id(), List.of())))
                .toList();
    }

    private record OfPlan(UUID planId) {}

    private static <R extends Record> Map<UUID, List<R>> byPlan(
            Tx tx, SqlName sql, List<UUID> ids, Class<R> type) throws SQLException {
        var rows = tx.rows(sql, Map.of("ids", ids));
        var plans = Tx.read(sql, rows, OfPlan.class);
        var values = Tx.read(sql, rows, type);
        var found = new HashMap<UUID, List<R>>();
        for (int i = 0; i < values.size(); i++) {
            found.computeIfAbsent(plans.get(i).planId(), _ -> new ArrayList<>()).add(values.get(i));
        }
        return found;
    }
}

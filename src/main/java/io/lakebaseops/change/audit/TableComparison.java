package io.lakebaseops.change.audit;

import io.lakebaseops.change.audit.AuditLog.ChainState.Broken;
import io.lakebaseops.state.NamedSql;
import io.lakebaseops.state.Row;
import io.lakebaseops.state.StateDb;
import io.lakebaseops.state.Tx;

import java.sql.SQLException;
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
            ids = db.tx(tx -> tx.query(AuditSql.PLAN_IDS, params, row -> row.uuid("id")));
            var broken = batch(ids);
            if (broken.isPresent()) {
                return broken;
            }
            after = ids.isEmpty() ? after : ids.getLast();
        } while (ids.size() == BATCH);
        return db.tx(
                tx ->
                        tx.first(
                                AuditSql.PLAN_LOST,
                                Map.of(),
                                row -> PlanRecord.lost(row.number("seq"), row.uuid("plan_id"))));
    }

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
        var entries = byPlan(tx, AuditSql.OF_PLANS, ids, AuditChain::read);
        var decisions = byPlan(tx, AuditSql.DECISION_ROWS, ids, TableComparison::decision);
        var receipts = byPlan(tx, AuditSql.RECEIPT_ROWS, ids, TableComparison::receipt);
        var oldest = ChainExtent.read(tx).first();
        var since = tx.first(AuditSql.ENTRY_TIME, Map.of("seq", oldest), row -> row.instant("at"));
        return tx.query(
                AuditSql.PLAN_ROWS,
                Map.of("ids", ids),
                row ->
                        new PlanRecord(
                                row.uuid("id"),
                                row.text("fingerprint"),
                                row.text("title"),
                                row.text("target_key"),
                                row.text("body"),
                                row.text("risk"),
                                row.text("risk_level"),
                                row.text("state"),
                                row.textOrNull("decided_by"),
                                row.textOrNull("verification"),
                                oldest <= 1
                                        || since.isEmpty()
                                        || row.instant("filed_at").isAfter(since.get()),
                                entries.getOrDefault(row.uuid("id"), List.of()),
                                decisions.getOrDefault(row.uuid("id"), List.of()),
                                receipts.getOrDefault(row.uuid("id"), List.of())));
    }

    private static <T> Map<UUID, List<T>> byPlan(
            Tx tx, NamedSql sql, List<UUID> ids, Tx.RowReader<T> reader) throws SQLException {
        var found = new HashMap<UUID, List<T>>();
        tx.query(
                sql,
                Map.of("ids", ids),
                row ->
                        found.computeIfAbsent(row.uuid("plan_id"), _ -> new ArrayList<>())
                                .add(reader.read(row)));
        return found;
    }

    private static PlanRecord.DecisionRow decision(Row row) throws SQLException {
        return new PlanRecord.DecisionRow(
                row.text("act"),
                row.text("actor"),
                row.text("actor_kind"),
                row.textOrNull("reason"));
    }

    private static PlanRecord.ReceiptRow receipt(Row row) throws SQLException {
        return new PlanRecord.ReceiptRow(
                row.text("phase"),
                row.number("step_no"),
                row.text("outcome"),
                row.numberOrNull("duration_ms"),
                row.numberOrNull("row_count"),
                row.textOrNull("error"));
    }
}

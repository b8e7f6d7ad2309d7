package io.lakebaseops.change.approval;

import io.lakebaseops.change.execution.Receipt;
import io.lakebaseops.change.execution.Receipts;
import io.lakebaseops.state.StateDb;

import java.util.List;
import java.util.UUID;

/// What was decided and done, for screens and commands that only look.
public final class PlanHistory {
    private final StateDb db;

    public PlanHistory(StateDb db) {
        this.db = db;
    }

    /// Step by step, in the order they ran: run, cleanup, undo.
    public List<Receipt> receipts(UUID planId) {
        return db.tx(tx -> Receipts.of(tx, planId));
    }
}

package io.lakebaseops.change.archival;

import io.lakebaseops.domain.plan.ArchiveOrder.Piece;
import io.lakebaseops.state.ArchivalStore;
import io.lakebaseops.state.ArchivalStore.Portion;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// The one batch of an archival whose commit the journal has not noted: what became of it, the
/// server knows.
record PendingBatch(UUID archival, PortionStatements table, ArchivalStore journal) {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(100);

    /// What to do when the server has forgotten the transaction: look at what is there.
    @FunctionalInterface
    interface Forgotten {
        /// Notes the outcome by what is found.
        void settle(Portion portion);
    }

    /// @return was there one?
    boolean settle(Piece piece, Portion portion, Forgotten forgotten) {
        var xid = portion.pendingXid();
        if (xid == null) {
            return false;
        }
        switch (awaited(piece, xid)) {
            case "committed" -> journal.committed(archival, portion);
            case "aborted" -> journal.rolledBack(archival, portion);
            case "forgotten" -> forgotten.settle(portion);
            case String other ->
                    throw table.conflict(
                            "transaction %s of this archival is still %s".formatted(xid, other),
                            "continue when its session has ended");
        }
        return true;
    }

    /// The killed process may have left its session behind for a moment.
    private String awaited(Piece piece, String xid) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var outcome = table.outcome(piece, xid);
            if (outcome == null) {
                return "forgotten";
            }
            if (!outcome.equals("in progress") || System.nanoTime() > until) {
                return outcome;
            }
            table.deadline().pause("Waiting for transaction " + xid, LOOK);
        }
    }

    static <T> List<T> batch(List<T> rows, int number, int size) {
        int from = Math.min(rows.size(), number * size);
        return rows.subList(from, Math.min(rows.size(), from + size));
    }
}

package io.lakebaseops.change.archival;

import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.domain.plan.ArchiveOrder.Piece;
import io.lakebaseops.state.Archival.Phase;
import io.lakebaseops.state.Archival.Status;
import io.lakebaseops.state.ArchivalStore;
import io.lakebaseops.state.ArchivalStore.Portion;
import io.lakebaseops.state.ArchivalStore.Portion.State;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Rows back into their table, also those of an archival that stopped half-way: inserted, compared
/// by their hashes in the same transaction, and only then taken out of the archive.
final class RestoreMove {
    private final ArchiveOrder order;
    private final UUID id;
    private final PortionStatements table;
    private final ArchivalStore journal;
    private final ColdStore cold;
    private final ArchiveRunner.Moments moments;

    RestoreMove(
            ArchiveOrder order,
            PortionStatements table,
            ArchivalStore journal,
            ColdStore cold,
            ArchiveRunner.Moments moments) {
        this.order = order;
        this.id = order.archival();
        this.table = table;
        this.journal = journal;
        this.cold = cold;
        this.moments = moments;
    }

    long run() {
        boolean ended = journal.find(id).orElseThrow().manifest() != null;
        if (!ended && !order.whole()) {
            throw table.conflict(
                    "this archival has not ended, so single rows cannot be told apart",
                    "continue it, or undo it as a whole");
        }
        cold.prepare(order);
        journal.phase(id, Phase.RESTORE);
        moments.reached(id, "restoring");
        long rows = 0;
        var wanted = new HashSet<>(order.restored());
        for (var portion : journal.portions(id)) {
            if (portion.state() != State.RESTORED) {
                rows += back(portion, wanted);
            }
        }
        moments.reached(id, "rows back");
        if (order.whole()) {
            cold.removeAll(order);
        } else {
            cold.remove(order, order.restored());
        }
        moments.reached(id, "rows out of archive");
        journal.ended(id, order.whole() ? Status.RESTORED : Status.PART_RESTORED, null, null, null);
        cold.note(journal.find(id).orElseThrow(), order.whole() ? "restored" : "part_restored");
        moments.reached(id, "restored");
        return rows;
    }

    private long back(Portion portion, Set<String> wanted) {
        var piece = order.pieces().get(portion.piece());
        var rows = left(piece, portion, cold.read(order, portion.number()));
        var chosen = rows.stream().filter(r -> order.whole() || wanted.contains(r.key())).toList();
        for (int i = 0; i * order.rowsPerBatch() < chosen.size(); i++) {
            var batch = PendingBatch.batch(chosen, i, order.rowsPerBatch());
            table.transaction(
                    piece,
                    s -> {
                        if (piece.partition() && !table.isThere(s, piece)) {
                            s.run(String.valueOf(piece.remake()), List.of());
                        }
                        table.insert(s, piece, batch);
                        var there = table.present(s, piece, batch);
                        for (var row : batch) {
                            same(row, there.get(row.key()));
                        }
                        moments.reached(id, "before commit");
                        return batch.size();
                    });
            moments.reached(id, "after commit");
        }
        if (order.whole()) {
            journal.state(id, portion, State.RESTORED, portion.rowCount(), null, null);
            moments.reached(id, "restored portion");
        }
        return chosen.size();
    }

    /// The rows that have left the table: those of a portion that is done, and of the batches that
    /// were committed. Whatever else the archive holds is still in the table.
    private List<ColdRow> left(Piece piece, Portion portion, List<ColdRow> rows) {
        int batches = portion.nextBatch();
        var kept = new HashSet<>(portion.keptKeys());
        if (portion.pendingXid() != null) {
            new PendingBatch(id, table, journal)
                    .settle(piece, portion, p -> journal.committed(id, p));
            var settled = journal.portions(id).get(portion.number());
            batches = settled.nextBatch();
            kept.addAll(settled.keptKeys());
        }
        boolean gone = portion.state() == State.DELETED || dropped(portion);
        long count = gone ? rows.size() : (long) batches * order.rowsPerBatch();
        return rows.stream().limit(count).filter(r -> !kept.contains(r.key())).toList();
    }

    /// The commit of a drop is noted at the first portion of its partition.
    private boolean dropped(Portion portion) {
        return order.pieces().get(portion.piece()).partition()
                && journal.portions(id).stream()
                        .anyMatch(p -> p.piece() == portion.piece() && p.nextBatch() > 0);
    }

    private void same(ColdRow archived, @Nullable String hash) {
        if (!archived.hash().equals(hash)) {
            throw table.conflict(
                    hash == null
                            ? "row %s of the archive did not come back: another row holds a unique value of it"
                                    .formatted(archived.key())
                            : "row %s is in the table again, with other values than in the archive"
                                    .formatted(archived.key()),
                    "nothing of this batch was written; choose the rows to restore by their keys");
        }
    }
}

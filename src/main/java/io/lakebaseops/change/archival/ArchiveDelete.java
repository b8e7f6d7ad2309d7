package io.lakebaseops.change.archival;

import io.lakebaseops.change.archival.PortionStatements.ReadPoint;
import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.domain.plan.ArchiveOrder.Piece;
import io.lakebaseops.domain.plan.ArchiveOrder.Role;
import io.lakebaseops.state.ArchivalStore;
import io.lakebaseops.state.ArchivalStore.Portion;
import io.lakebaseops.state.ArchivalStore.Portion.State;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// Verified rows out of their table.
///
/// A portion of which nobody has changed a row goes in one statement: what is there now and was
/// made by a transaction that had ended when it was read is the very row that was read, and as many
/// must go as were read. Otherwise nothing of that goes, and the rows are compared by their values.
final class ArchiveDelete {
    private final ArchiveOrder order;
    private final UUID id;
    private final PortionStatements table;
    private final ArchivalStore journal;
    private final ColdStore cold;
    private final ArchiveRunner.Moments moments;
    private final PendingBatch pending;
    private final Map<Integer, ReadPoint> points;

    ArchiveDelete(
            ArchiveOrder order,
            PortionStatements table,
            ArchivalStore journal,
            ColdStore cold,
            ArchiveRunner.Moments moments,
            Map<Integer, ReadPoint> points) {
        this.order = order;
        this.id = order.archival();
        this.table = table;
        this.journal = journal;
        this.cold = cold;
        this.moments = moments;
        this.pending = new PendingBatch(id, table, journal);
        this.points = points;
    }

    void run() {
        for (int i = 0; i < order.pieces().size(); i++) {
            var piece = order.pieces().get(i);
            var portions = ofPiece(i).stream().filter(p -> p.state() != State.DELETED).toList();
            if (piece.partition() && !portions.isEmpty()) {
                drop(piece, i);
            } else {
                portions.forEach(p -> delete(piece, p));
            }
        }
    }

    private void delete(Piece piece, Portion portion) {
        pending.settle(piece, portion, p -> byPresence(piece, p));
        var now = current(portion);
        boolean gone =
                now.keptKeys().isEmpty()
                        && (long) now.nextBatch() * order.rowsPerBatch() >= now.rowCount();
        if (!gone && (now.nextBatch() > 0 || !asItWasRead(piece, now))) {
            byValues(piece, now);
            return;
        }
        journal.state(id, portion, State.DELETED, now.rowCount(), null, null);
        at("deleted portion");
    }

    /// Takes back what a transaction has done, which is not what was wanted.
    private static final class Changed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Changed() {
            super("rows were changed", null, false, false);
        }
    }

    /// @return false: rows were changed meanwhile, and nothing was deleted
    private boolean asItWasRead(Piece piece, Portion portion) {
        var point = point(piece, portion);
        if (point == null) {
            return false;
        }
        int batches = Math.ceilDiv(Math.toIntExact(portion.rowCount()), order.rowsPerBatch());
        try {
            table.transaction(
                    piece,
                    s -> {
                        long gone = table.deleteUnchanged(s, piece, portion, point);
                        if (gone != portion.rowCount()) {
                            throw new Changed();
                        }
                        var xid = table.transactionId(s, piece);
                        journal.pending(id, portion, xid, List.of(), batches);
                        at("before commit");
                        return gone;
                    });
        } catch (Changed _) {
            return false;
        }
        at("after commit");
        journal.committed(id, portion);
        at("noted batch");
        return true;
    }

    /// When the portion was read, by this run or, if it still is what the archive holds, just now.
    private @Nullable ReadPoint point(Piece piece, Portion portion) {
        var known = points.get(portion.number());
        if (known != null) {
            return known;
        }
        var again = table.transaction(piece, s -> table.copy(s, portion, (_, _, _) -> {}));
        return again.content().digest().equals(portion.digest()) ? again.point() : null;
    }

    private void byValues(Piece piece, Portion portion) {
        var rows = cold.read(order, portion.number());
        int next = portion.nextBatch();
        while ((long) next * order.rowsPerBatch() < rows.size()) {
            var batch = PendingBatch.batch(rows, next, order.rowsPerBatch());
            table.transaction(
                    piece,
                    s -> {
                        var gone = new HashSet<>(table.delete(s, piece, batch));
                        var kept =
                                batch.stream()
                                        .map(ColdRow::key)
                                        .filter(k -> !gone.contains(k))
                                        .toList();
                        var xid = table.transactionId(s, piece);
                        journal.pending(id, portion, xid, kept, 1);
                        at("before commit");
                        return kept.size();
                    });
            at("after commit");
            journal.committed(id, portion);
            at("noted batch");
            next++;
        }
        var kept = current(portion).keptKeys();
        cold.remove(order, portion.number(), kept);
        at("kept rows out");
        var left = RowsDigest.of(cold, order, portion.number());
        journal.state(id, portion, State.DELETED, left.rows() + kept.size(), left.digest(), null);
        at("deleted portion");
    }

    /// The server no longer knows the transaction: what is still there was kept.
    private void byPresence(Piece piece, Portion portion) {
        var rows = cold.read(order, portion.number());
        var kept = new HashSet<String>();
        for (int i = 0; i < portion.pendingBatches(); i++) {
            var batch = PendingBatch.batch(rows, portion.nextBatch() + i, order.rowsPerBatch());
            var there = table.transaction(piece, s -> table.present(s, piece, batch));
            if (batch.stream().anyMatch(r -> r.hash().equals(there.get(r.key())))) {
                journal.rolledBack(id, portion);
                return;
            }
            kept.addAll(there.keySet());
        }
        journal.pending(
                id, portion, String.valueOf(portion.pendingXid()), kept, portion.pendingBatches());
        journal.committed(id, portion);
    }

    /// The partition must hold exactly what the archive holds, while nobody can write to it.
    private void drop(Piece piece, int index) {
        var portions = ofPiece(index);
        var first = portions.getFirst();
        pending.settle(piece, first, p -> byPartition(piece, p));
        if (current(first).nextBatch() == 0) {
            var rows = portions.stream().mapToLong(Portion::rowCount).sum();
            table.transaction(
                    piece,
                    s -> {
                        s.run(piece.sql(Role.LOCK), List.of());
                        if (!isUnchanged(s, piece, portions, rows)) {
                            throw table.conflict(
                                    "partition %s no longer holds the %d rows that are in the archive: it was written to meanwhile and stays"
                                            .formatted(piece.table(), rows),
                                    "undo this archival and plan it again");
                        }
                        s.run(piece.sql(Role.DETACH), List.of());
                        s.run(piece.sql(Role.DROP), List.of());
                        var xid = table.transactionId(s, piece);
                        journal.pending(id, first, xid, List.of(), 1);
                        at("before commit");
                        return rows;
                    });
            at("after commit");
            journal.committed(id, first);
            at("noted drop");
        }
        for (var portion : portions) {
            journal.state(id, portion, State.DELETED, portion.rowCount(), null, null);
            at("dropped portion");
        }
    }

    /// By the transactions that made the rows, or where this run has not read them, by reading them
    /// once more.
    private boolean isUnchanged(
            io.lakebaseops.postgres.WriteSession.ArchiveStatements s,
            Piece piece,
            List<Portion> portions,
            long rows) {
        var known = portions.stream().map(p -> points.get(p.number())).toList();
        if (known.stream().allMatch(Objects::nonNull)) {
            var earliest =
                    known.stream()
                            .map(p -> Objects.requireNonNull(p).horizon())
                            .min(Comparator.comparingLong(Long::parseUnsignedLong))
                            .orElse("0");
            var there = table.partitionRows(s, piece, earliest);
            if (there.rows() != rows) {
                return false;
            }
            boolean sameFile =
                    known.stream()
                            .allMatch(
                                    p -> Objects.requireNonNull(p).fileNode() == there.fileNode());
            if (there.unchanged() == rows && sameFile) {
                return true;
            }
        }
        var there = table.partitionRows(s, piece, "3");
        return there.rows() == rows
                && portions.stream()
                        .allMatch(
                                p ->
                                        table.copy(s, p, (_, _, _) -> {})
                                                .content()
                                                .digest()
                                                .equals(p.digest()));
    }

    private void byPartition(Piece piece, Portion portion) {
        if (table.transaction(piece, s -> table.isThere(s, piece))) {
            journal.rolledBack(id, portion);
        } else {
            journal.committed(id, portion);
        }
    }

    private List<Portion> ofPiece(int index) {
        return journal.portions(id).stream().filter(p -> p.piece() == index).toList();
    }

    private Portion current(Portion portion) {
        return journal.portions(id).stream()
                .filter(p -> p.number() == portion.number())
                .findFirst()
                .orElseThrow();
    }

    private void at(String moment) {
        moments.reached(id, moment);
    }
}

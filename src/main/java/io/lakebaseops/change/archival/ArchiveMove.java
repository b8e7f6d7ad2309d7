package io.lakebaseops.change.archival;

import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.domain.plan.ArchiveOrder.Piece;
import io.lakebaseops.domain.plan.ArchiveOrder.Role;
import io.lakebaseops.state.Archival;
import io.lakebaseops.state.Archival.Phase;
import io.lakebaseops.state.Archival.Status;
import io.lakebaseops.state.ArchivalStore;
import io.lakebaseops.state.ArchivalStore.Portion;
import io.lakebaseops.state.ArchivalStore.Portion.State;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/// Rows to the archive: select → write → verify → delete → manifest, each from where the journal
/// says it stands.
final class ArchiveMove {
    private final ArchiveOrder order;
    private final UUID id;
    private final PortionStatements table;
    private final ArchivalStore journal;
    private final ColdStore cold;
    private final ArchiveRunner.Moments moments;
    private final PendingBatch pending;

    ArchiveMove(
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
        this.pending = new PendingBatch(id, table, journal);
    }

    long run() {
        var known = found();
        if (known.phase() == Phase.RESTORE || known.phase() == Phase.DONE) {
            throw table.conflict(
                    "this archival has ended, or its rows are being brought back",
                    "plan a new archival");
        }
        cold.prepare(order);
        at("begun");
        if (journal.portions(id).isEmpty()) {
            select();
        }
        write();
        verify();
        delete();
        manifest();
        return found().rowsDeleted();
    }

    private void select() {
        var all = new ArrayList<Portion>();
        for (int i = 0; i < order.pieces().size(); i++) {
            all.addAll(table.portions(i, all.size()));
        }
        journal.add(id, all);
        at("selected");
    }

    private void write() {
        journal.phase(id, Phase.WRITE);
        for (var portion : journal.portions(id)) {
            if (portion.state() == State.PLANNED) {
                var rows = table.read(portion);
                at("read portion");
                Long version = rows.isEmpty() ? null : cold.write(order, portion.number(), rows);
                at("stored portion");
                journal.state(id, portion, State.WRITTEN, rows.size(), null, version);
                at("written portion");
            }
        }
    }

    /// Every portion, before the first row goes.
    private void verify() {
        journal.phase(id, Phase.VERIFY);
        for (var portion : journal.portions(id)) {
            if (portion.state() == State.WRITTEN) {
                table.deadline().check("Reading back the archive");
                var rows = verified(portion);
                var sum = PortionStatements.sum(rows).toString();
                journal.state(id, portion, State.VERIFIED, rows.size(), sum, null);
                at("verified portion");
            }
        }
    }

    private List<ColdRow> verified(Portion portion) {
        var rows = cold.read(order, portion.number());
        var keys = new HashSet<String>();
        for (var row : rows) {
            boolean same =
                    RowText.hash(row.cells()).equals(row.hash())
                            && table.key(row.cells()).equals(row.key())
                            && keys.add(row.key());
            if (!same) {
                throw table.conflict(
                        "row %s reads back from the archive otherwise than it was written; nothing of this portion was deleted"
                                .formatted(row.key()),
                        "undo this archival, and report the types of the table's columns");
            }
        }
        return rows;
    }

    private void delete() {
        journal.phase(id, Phase.DELETE);
        at("deleting");
        for (int i = 0; i < order.pieces().size(); i++) {
            int piece = i;
            var portions =
                    journal.portions(id).stream()
                            .filter(p -> p.piece() == piece && p.state() != State.DELETED)
                            .toList();
            if (portions.isEmpty()) {
                continue;
            }
            if (order.pieces().get(i).partition()) {
                drop(order.pieces().get(i), i);
            } else {
                portions.forEach(p -> delete(order.pieces().get(piece), p));
            }
        }
    }

    private void delete(Piece piece, Portion portion) {
        var rows = verified(portion);
        pending.settle(piece, portion, p -> byPresence(piece, p, rows));
        int next = current(portion).nextBatch();
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
                        journal.pending(id, portion, xid, kept);
                        at("before commit");
                        return kept.size();
                    });
            at("after commit");
            journal.committed(id, portion);
            at("noted batch");
            next++;
        }
        var kept = new HashSet<>(current(portion).keptKeys());
        cold.remove(order, kept);
        at("kept rows out");
        var gone = rows.stream().filter(r -> !kept.contains(r.key())).toList();
        journal.state(
                id,
                portion,
                State.DELETED,
                gone.size() + kept.size(),
                PortionStatements.sum(gone).toString(),
                null);
        at("deleted portion");
    }

    /// The server no longer knows the transaction: what is still there was kept.
    private void byPresence(Piece piece, Portion portion, List<ColdRow> rows) {
        var batch = PendingBatch.batch(rows, portion.nextBatch(), order.rowsPerBatch());
        var there = table.transaction(piece, s -> table.present(s, piece, batch));
        boolean undone = batch.stream().anyMatch(r -> r.hash().equals(there.get(r.key())));
        if (undone) {
            journal.rolledBack(id, portion);
        } else {
            journal.pending(id, portion, String.valueOf(portion.pendingXid()), there.keySet());
            journal.committed(id, portion);
        }
    }

    /// The partition must hold exactly what the archive holds, while nobody can write to it.
    private void drop(Piece piece, int index) {
        var portions = ofPiece(index);
        var first = portions.getFirst();
        pending.settle(piece, first, p -> byPartition(piece, p));
        if (current(first).nextBatch() == 0) {
            var rows = portions.stream().mapToLong(Portion::rowCount).sum();
            var sum =
                    portions.stream()
                            .map(p -> new BigInteger(String.valueOf(p.hashSum())))
                            .reduce(BigInteger.ZERO, BigInteger::add);
            table.transaction(
                    piece,
                    s -> {
                        s.run(piece.sql(Role.LOCK), List.of());
                        var there = table.summed(s, piece);
                        var archived = rows + " rows, " + sum;
                        if (!there.equals(archived)) {
                            throw table.conflict(
                                    "partition %s holds %s, the archive %s: it was written to meanwhile and stays"
                                            .formatted(piece.table(), there, archived),
                                    "undo this archival and plan it again");
                        }
                        s.run(piece.sql(Role.DETACH), List.of());
                        s.run(piece.sql(Role.DROP), List.of());
                        var xid = table.transactionId(s, piece);
                        journal.pending(id, first, xid, List.of());
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

    private void byPartition(Piece piece, Portion portion) {
        if (table.transaction(piece, s -> table.isThere(s, piece))) {
            journal.rolledBack(id, portion);
        } else {
            journal.committed(id, portion);
        }
    }

    private void manifest() {
        journal.phase(id, Phase.MANIFEST);
        var portions = journal.portions(id);
        var sum =
                portions.stream()
                        .map(p -> new BigInteger(p.hashSum() == null ? "0" : p.hashSum()))
                        .reduce(BigInteger.ZERO, BigInteger::add)
                        .toString(16);
        var archival = found();
        var manifest = ArchiveManifest.of(archival, order, portions, sum, cold.held(order));
        at("manifest made");
        journal.ended(id, Status.ARCHIVED, manifest.bytesFreed(), sum, manifest.json());
        cold.note(found(), "succeeded");
        at("ended");
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

    private Archival found() {
        return journal.find(id).orElseThrow();
    }

    private void at(String moment) {
        moments.reached(id, moment);
    }
}

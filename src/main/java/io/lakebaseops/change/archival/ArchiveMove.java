package io.lakebaseops.change.archival;

import io.lakebaseops.change.archival.PortionStatements.ReadPoint;
import io.lakebaseops.change.archival.RowsDigest.Content;
import io.lakebaseops.domain.Sha256;
import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.state.Archival;
import io.lakebaseops.state.Archival.Phase;
import io.lakebaseops.state.Archival.Status;
import io.lakebaseops.state.ArchivalStore;
import io.lakebaseops.state.ArchivalStore.Portion;
import io.lakebaseops.state.ArchivalStore.Portion.State;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
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

    /// What this run itself has read, by portion: it ends with the session, since a server that was
    /// set back in between would give its transactions new meanings.
    private final Map<Integer, ReadPoint> points = new HashMap<>();

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
    }

    long run() {
        var known = found();
        if (known.phase() == Phase.RESTORE || known.phase() == Phase.DONE) {
            throw table.conflict(
                    "this archival has ended, or its rows are being brought back",
                    "plan a new archival");
        }
        if (!order.pieces().stream().allMatch(ArchiveOrder.Piece::readsByRange)) {
            throw table.conflict(
                    "it was planned by an earlier release, which read rows otherwise",
                    "undo this archival and plan it again");
        }
        cold.prepare(order);
        at("begun");
        if (journal.portions(id).isEmpty()) {
            select();
        }
        write();
        verify();
        journal.phase(id, Phase.DELETE);
        at("deleting");
        new ArchiveDelete(order, table, journal, cold, moments, points).run();
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
                write(portion);
            }
        }
    }

    private void write(Portion portion) {
        try (var writing = cold.write(order, portion.number());
                var writer = new WritingThread(writing)) {
            var copied =
                    table.transaction(
                            order.pieces().get(portion.piece()),
                            s -> table.copy(s, portion, writer));
            writer.finish();
            at("read portion");
            var content = copied.content();
            if (content.rows() == 0) {
                journal.state(id, portion, State.WRITTEN, 0, content.digest(), null);
                at("written portion");
                return;
            }
            var stored = writing.commit();
            at("stored portion");
            if (stored.fresh()) {
                points.put(portion.number(), copied.point());
            } else {
                // A run that was killed had stored it: what it read then is what counts, and each
                // row is compared by its values before it goes.
                content = new Content(RowsDigest.of(cold, order, portion.number()).rows(), "");
            }
            journal.state(
                    id,
                    portion,
                    State.WRITTEN,
                    content.rows(),
                    content.digest().isEmpty() ? null : content.digest(),
                    stored.version());
            at("written portion");
        }
    }

    /// Every portion, before the first row goes; also those an earlier run has verified, since time
    /// has passed.
    private void verify() {
        journal.phase(id, Phase.VERIFY);
        var portions =
                journal.portions(id).stream()
                        .filter(p -> p.state() == State.WRITTEN || p.state() == State.VERIFIED)
                        .filter(p -> p.nextBatch() == 0 && p.pendingXid() == null)
                        .toList();
        try (var readings = new ParallelReadings(cold, order, portions)) {
            for (var portion : portions) {
                table.deadline().check("Reading back the archive");
                var content = readings.of(portion);
                boolean same =
                        content.rows() == portion.rowCount()
                                && (portion.digest() == null
                                        || portion.digest().equals(content.digest()));
                if (!same) {
                    throw table.conflict(
                            "portion %d (rows from %s up to %s) reads back from the archive otherwise than it was written; nothing of it was deleted"
                                    .formatted(
                                            portion.number(), portion.firstRow(), portion.endRow()),
                            "undo this archival, and report the types of the table's columns");
                }
                journal.state(id, portion, State.VERIFIED, content.rows(), content.digest(), null);
                at("verified portion");
            }
        }
    }

    private void manifest() {
        journal.phase(id, Phase.MANIFEST);
        var portions = journal.portions(id);
        var sum = new Sha256();
        portions.forEach(p -> sum.part(String.valueOf(p.digest())));
        var checksum = sum.hex();
        var archival = found();
        var manifest = ArchiveManifest.of(archival, order, portions, checksum, cold.held(order));
        at("manifest made");
        journal.ended(id, Status.ARCHIVED, manifest.bytesFreed(), checksum, manifest.json());
        cold.note(found(), "succeeded");
        at("ended");
    }

    private Archival found() {
        return journal.find(id).orElseThrow();
    }

    private void at(String moment) {
        moments.reached(id, moment);
    }
}

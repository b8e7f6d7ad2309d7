package io.lakebaseops.change.archival;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.domain.plan.ArchiveOrder.Piece;
import io.lakebaseops.domain.plan.Postcondition.ArchivedRows;
import io.lakebaseops.postgres.SnapshotSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.postgres.Targets;
import io.lakebaseops.state.Archival;
import io.lakebaseops.state.Archival.Status;
import io.lakebaseops.state.ArchivalStore;
import io.lakebaseops.state.ArchivalStore.Portion;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Proofs that the rows of an archival are where its plan left them, read anew from table, archive
/// and journal after the run.
public final class ArchiveProofs {
    private static final SqlName SETTINGS = SqlName.of("archival/row_settings");
    private static final SqlName PRESENT = SqlName.of("archival/present_rows");
    private static final SqlName COLD_LEFT = SqlName.of("archival/cold_left");
    private static final SqlName PARTITION = SqlName.of("archival/partition_present");

    private final Targets targets;
    private final SqlLibrary sql;
    private final ArchivalStore journal;
    private final ColdStore cold;

    public ArchiveProofs(Targets targets, SqlLibrary sql, ArchivalStore journal, ColdStore cold) {
        this.targets = targets;
        this.sql = sql;
        this.journal = journal;
        this.cold = cold;
    }

    public record Seen(boolean so, String sentence) {}

    /// @throws OpsException when it cannot be said now
    public Seen seen(TargetId target, ArchivedRows claim, Deadline deadline) {
        var archival = journal.find(claim.archival()).orElseThrow(() -> unknown(claim));
        var rows =
                new Rows(
                        target,
                        archival,
                        archival.archiveStep().order(),
                        journal.portions(archival.id()),
                        Set.copyOf(claim.keys()),
                        deadline);
        return switch (claim.place()) {
            case IN_ARCHIVE -> inArchive(rows);
            case NOT_IN_TABLE -> notInTable(rows);
            case IN_TABLE -> inTable(rows);
            case NOT_IN_ARCHIVE -> notInArchive(rows);
        };
    }

    /// @param chosen keys that are meant; empty = all rows
    private record Rows(
            TargetId target,
            Archival archival,
            ArchiveOrder order,
            List<Portion> portions,
            Set<String> chosen,
            Deadline deadline) {
        String table() {
            return order.schema() + "." + order.table();
        }
    }

    private Seen inArchive(Rows rows) {
        stillArchived(rows);
        long taken = 0;
        long held = 0;
        boolean equal = true;
        for (var portion : rows.portions()) {
            rows.deadline().check("Reading back the archive");
            var content = RowsDigest.of(cold, rows.order(), portion.number());
            taken += portion.rowCount() - portion.keptKeys().size();
            held += content.rows();
            equal &= content.rows() == 0 || content.digest().equals(portion.digest());
        }
        return new Seen(
                held == taken && equal,
                "%s of %s rows taken are in %s, %s"
                        .formatted(
                                Format.grouped(held),
                                Format.grouped(taken),
                                rows.order().archiveTable(),
                                equal
                                        ? "as they were in the table"
                                        : "otherwise than they were in the table"));
    }

    /// By the age of rows where none is left; else by the keys of those in the archive, since late
    /// rows of an old time may have come in meanwhile.
    private Seen notInTable(Rows rows) {
        stillArchived(rows);
        long left = 0;
        for (int i = 0; i < rows.order().pieces().size(); i++) {
            var piece = rows.order().pieces().get(i);
            if (coldLeft(rows, piece)) {
                for (var portion : ofPiece(rows, i)) {
                    var archived = cold.read(rows.order(), portion.number());
                    left += present(rows, piece, archived).size();
                }
            }
        }
        return left == 0
                ? new Seen(true, "none of them is in %s any more".formatted(rows.table()))
                : new Seen(
                        false,
                        "%s of them are in %s, as well as in the archive"
                                .formatted(Format.grouped(left), rows.table()));
    }

    /// Against the rows as they were when they were archived: by now they have left the archive.
    private Seen inTable(Rows rows) {
        long wanted = 0;
        long missing = 0;
        long changed = 0;
        for (int i = 0; i < rows.order().pieces().size(); i++) {
            var piece = rows.order().pieces().get(i);
            for (var portion : ofPiece(rows, i)) {
                var taken = taken(rows, portion);
                var there = isThere(rows, piece) ? present(rows, piece, taken) : Map.of();
                wanted += taken.size();
                for (var row : taken) {
                    var hash = there.get(row.key());
                    missing += hash == null ? 1 : 0;
                    changed += hash == null || hash.equals(row.hash()) ? 0 : 1;
                }
            }
        }
        return new Seen(
                missing == 0 && changed == 0,
                "%s of %s rows are in %s again%s"
                        .formatted(
                                Format.grouped(wanted - missing),
                                Format.grouped(wanted),
                                rows.table(),
                                changed == 0
                                        ? ", with the values they had"
                                        : ", %s of them with other values"
                                                .formatted(Format.grouped(changed))));
    }

    private Seen notInArchive(Rows rows) {
        long left;
        if (rows.chosen().isEmpty()) {
            left =
                    rows.portions().stream()
                            .mapToLong(p -> RowsDigest.of(cold, rows.order(), p.number()).rows())
                            .sum();
        } else {
            left = 0;
            for (var portion : rows.portions()) {
                left +=
                        cold.read(rows.order(), portion.number()).stream()
                                .filter(r -> rows.chosen().contains(r.key()))
                                .count();
            }
        }
        var archive = rows.order().archiveTable();
        return left == 0
                ? new Seen(true, "none of them is in %s any more".formatted(archive))
                : new Seen(
                        false,
                        "%s of them are still in %s".formatted(Format.grouped(left), archive));
    }

    private List<ColdRow> taken(Rows rows, Portion portion) {
        var version = portion.version();
        if (version == null) {
            return List.of();
        }
        var kept = new HashSet<>(portion.keptKeys());
        return cold.read(rows.order(), portion.number(), version).stream()
                .filter(r -> !kept.contains(r.key()))
                .filter(r -> rows.chosen().isEmpty() || rows.chosen().contains(r.key()))
                .toList();
    }

    private static List<Portion> ofPiece(Rows rows, int index) {
        return rows.portions().stream().filter(p -> p.piece() == index).toList();
    }

    private boolean coldLeft(Rows rows, Piece piece) {
        if (!isThere(rows, piece)) {
            return false;
        }
        var query =
                sql.render(
                        COLD_LEFT,
                        Map.of(
                                "table", table(piece),
                                "time_column", Ident.of(rows.order().timeColumn())));
        try (var session = snapshot(rows)) {
            var row = session.query(query, Map.of("before", rows.order().before()));
            return Boolean.TRUE.equals(row.list().getFirst().get("is_left"));
        }
    }

    private boolean isThere(Rows rows, Piece piece) {
        try (var session = snapshot(rows)) {
            var name = Map.of("partition_name", table(piece).sql());
            var row = session.query(PARTITION, name).list().getFirst();
            return Boolean.TRUE.equals(row.get("is_present"));
        }
    }

    /// Hashes by key of those that are in the table.
    private Map<String, String> present(Rows rows, Piece piece, List<ColdRow> asked) {
        var found = new HashMap<String, String>();
        if (asked.isEmpty()) {
            return found;
        }
        var order = rows.order();
        var keys = new RowKeys(order);
        var columns = order.columns().stream().map(ArchiveOrder.Column::name).toList();
        var query =
                sql.renderLists(
                        PRESENT,
                        Map.of(
                                "table", List.of(table(piece)),
                                "t_columns", of("t", columns),
                                "t_keys", of("t", order.keys()),
                                "k_keys", of("k", order.keys())));
        try (var session = snapshot(rows)) {
            session.query(SETTINGS, Map.of());
            for (var row : session.query(query, Map.of("keys", keys.json(asked))).list()) {
                var cells = RowText.parse(String.valueOf(row.get("row_text")));
                found.put(keys.of(cells), String.valueOf(row.get("row_hash")));
            }
        }
        return found;
    }

    private SnapshotSession snapshot(Rows rows) {
        return targets.snapshot(rows.target(), rows.archival().database(), rows.deadline());
    }

    private static Ident table(Piece piece) {
        return Ident.of(piece.schema(), piece.table());
    }

    private static List<Ident> of(String alias, List<String> columns) {
        return columns.stream().map(c -> Ident.of(alias, c)).toList();
    }

    private static void stillArchived(Rows rows) {
        var status = rows.archival().status();
        if (status == Status.RESTORED || status == Status.PART_RESTORED) {
            throw new OpsException(
                    OpsException.Kind.CONFLICT,
                    "Archival " + rows.archival().number(),
                    "rows of it were restored since",
                    "look at the restore instead");
        }
    }

    private static OpsException unknown(ArchivedRows claim) {
        return new OpsException(
                OpsException.Kind.NOT_FOUND,
                "Archival " + claim.archival(),
                "its journal has no such archival",
                "run the plan first");
    }
}

package io.lakebaseops.change.archival;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.domain.plan.ArchiveOrder.Piece;
import io.lakebaseops.domain.plan.ArchiveOrder.Role;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.postgres.CopiedRows;
import io.lakebaseops.postgres.WriteSession;
import io.lakebaseops.postgres.WriteSession.ArchiveStatements;
import io.lakebaseops.state.ArchivalStore.Portion;
import io.lakebaseops.state.StateJson;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The statements of an archive step with rows as their values.
final class PortionStatements {
    private final WriteSession session;
    private final Step.ArchiveStep step;
    private final ArchiveOrder order;
    private final Deadline deadline;
    private final RowKeys keys;

    PortionStatements(WriteSession session, Step.ArchiveStep step, Deadline deadline) {
        this.session = session;
        this.step = step;
        this.order = step.order();
        this.deadline = deadline;
        this.keys = new RowKeys(order);
    }

    /// In one transaction, under the settings that make texts comparable.
    <T> T transaction(Piece piece, Function<ArchiveStatements, T> work) {
        deadline.check(step.title());
        return session.move(
                step,
                s -> {
                    s.run(piece.sql(Role.SETTINGS), List.of());
                    return work.apply(s);
                });
    }

    Deadline deadline() {
        return deadline;
    }

    /// What a portion was when it was read: rows of transactions before the horizon, in this file
    /// of the table, are the very rows that were read.
    record ReadPoint(String horizon, long fileNode) {}

    record Copied(RowsDigest.Content content, ReadPoint point) {}

    /// Cuts a piece into places between which about the wanted number of rows lies, and counts the
    /// cold ones there.
    List<Portion> portions(int index, int from) {
        var piece = order.pieces().get(index);
        return transaction(
                piece,
                s -> {
                    var size = s.run(piece.sql(Role.PORTIONS), List.of(name(piece))).list();
                    var portions = new ArrayList<Portion>();
                    if (size.isEmpty()) {
                        return portions;
                    }
                    var places =
                            TablePlaces.cut(
                                    number(size.getFirst(), "blocks"),
                                    number(size.getFirst(), "estimated_rows"),
                                    order.rowsPerPortion());
                    for (int i = 0; i + 1 < places.size(); i++) {
                        deadline.check(step.title());
                        bounds(s, piece, places.get(i), places.get(i + 1));
                        var counted = s.run(piece.sql(Role.COUNT), List.of()).list().getFirst();
                        long rows = number(counted, "cold_rows");
                        if (rows > 0) {
                            portions.add(
                                    Portion.planned(
                                            from + portions.size(),
                                            index,
                                            places.get(i),
                                            places.get(i + 1),
                                            rows));
                        }
                    }
                    return portions;
                });
    }

    private void bounds(ArchiveStatements s, Piece piece, String firstRow, String endRow) {
        s.run(
                piece.sql(Role.BOUNDS),
                List.of(
                        new SqlParam("first_row", "text", firstRow),
                        new SqlParam("end_row", "text", endRow),
                        new SqlParam("before", "text", order.before().toString())));
    }

    private static SqlParam name(Piece piece) {
        var name = Ident.of(piece.schema(), piece.table()).sql();
        return new SqlParam("table_name", "text", name);
    }

    /// Reads the portion's cold rows as they are now.
    Copied copy(ArchiveStatements s, Portion portion, CopiedRows into) {
        var piece = order.pieces().get(portion.piece());
        var digest = new RowsDigest();
        var at = s.run(piece.sql(Role.READ_POINT), List.of(name(piece))).list().getFirst();
        var point = new ReadPoint(text(at, "horizon"), number(at, "file_node"));
        bounds(s, piece, portion.firstRow(), portion.endRow());
        s.copy(
                piece.sql(Role.READ),
                (bytes, from, length) -> {
                    digest.row(bytes, from, length);
                    into.row(bytes, from, length);
                });
        return new Copied(digest.content(), point);
    }

    /// Deletes what is as it was read.
    ///
    /// @return how many rows went; -1 when the table was written anew, so that places mean nothing
    long deleteUnchanged(ArchiveStatements s, Piece piece, Portion portion, ReadPoint point) {
        bounds(s, piece, portion.firstRow(), portion.endRow());
        var gone =
                s.run(
                                piece.sql(Role.DELETE_UNCHANGED),
                                List.of(horizon(point.horizon()), name(piece)))
                        .list()
                        .getFirst();
        return number(gone, "file_node") == point.fileNode() ? number(gone, "row_count") : -1;
    }

    private static SqlParam horizon(String horizon) {
        return new SqlParam("horizon", "text", horizon);
    }

    /// @param unchanged rows that are what was read, by the transaction that made them
    record PartitionRows(long rows, long unchanged, long fileNode) {}

    PartitionRows partitionRows(ArchiveStatements s, Piece piece, String horizon) {
        var row =
                s.run(piece.sql(Role.SUM), List.of(horizon(horizon), name(piece)))
                        .list()
                        .getFirst();
        return new PartitionRows(
                number(row, "row_count"), number(row, "unchanged"), number(row, "file_node"));
    }

    /// The keys of the rows that went.
    List<String> delete(ArchiveStatements s, Piece piece, List<ColdRow> rows) {
        var hashes = rows.stream().map(ColdRow::hash).collect(Collectors.joining(",", "{", "}"));
        return s
                .run(
                        piece.sql(Role.DELETE),
                        List.of(keys.param(rows), new SqlParam("hashes", "text[]", hashes)))
                .list()
                .stream()
                .map(r -> key(RowText.parse(text(r, "row_text"))))
                .toList();
    }

    /// Hashes by key of those of the rows that are in the table.
    Map<String, String> present(ArchiveStatements s, Piece piece, List<ColdRow> rows) {
        var found = new HashMap<String, String>();
        for (var row : s.run(piece.sql(Role.PRESENT), List.of(keys.param(rows))).list()) {
            found.put(key(RowText.parse(text(row, "row_text"))), text(row, "row_hash"));
        }
        return found;
    }

    void insert(ArchiveStatements s, Piece piece, List<ColdRow> rows) {
        var texts = rows.stream().map(r -> RowText.write(r.cells())).toList();
        s.run(
                piece.sql(Role.INSERT),
                List.of(new SqlParam("rows", "text", StateJson.write(texts))));
    }

    String transactionId(ArchiveStatements s, Piece piece) {
        return text(s.run(piece.sql(Role.TRANSACTION), List.of()).list().getFirst(), "xid");
    }

    /// `committed`, `aborted`, `in progress`, or null when the server has forgotten.
    @Nullable String outcome(Piece piece, String xid) {
        var values = List.of(new SqlParam("xid", "text", xid));
        var rows = transaction(piece, s -> s.run(piece.sql(Role.OUTCOME), values));
        return (String) rows.list().getFirst().get("outcome");
    }

    boolean isThere(ArchiveStatements s, Piece piece) {
        var name = Ident.of(piece.schema(), piece.table()).sql();
        var rows =
                s.run(
                        piece.sql(Role.PARTITION_PRESENT),
                        List.of(new SqlParam("partition_name", "text", name)));
        return Boolean.TRUE.equals(rows.list().getFirst().get("is_present"));
    }

    String key(List<@Nullable String> cells) {
        return keys.of(cells);
    }

    private static long number(Map<String, @Nullable Object> row, String column) {
        return ((Number) Objects.requireNonNull(row.get(column))).longValue();
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return String.valueOf(row.get(column));
    }

    OpsException conflict(String why, String remedy) {
        return new OpsException(OpsException.Kind.CONFLICT, step.title(), why, remedy);
    }
}

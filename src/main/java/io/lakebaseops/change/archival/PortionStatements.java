package io.lakebaseops.change.archival;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.domain.plan.ArchiveOrder.Piece;
import io.lakebaseops.domain.plan.ArchiveOrder.Role;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.postgres.WriteSession;
import io.lakebaseops.postgres.WriteSession.ArchiveStatements;
import io.lakebaseops.state.ArchivalStore.Portion;
import io.lakebaseops.state.StateJson;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The statements of an archive step with rows as their values.
final class PortionStatements {
    private static final int HASH_SUM_DIGITS = 15;

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

    List<Portion> portions(int index, int from) {
        var piece = order.pieces().get(index);
        var rows =
                transaction(
                        piece,
                        s ->
                                s.run(
                                        piece.sql(Role.PORTIONS),
                                        List.of(
                                                before(),
                                                new SqlParam(
                                                        "portion_rows",
                                                        "int8",
                                                        Integer.toString(
                                                                order.rowsPerPortion())))));
        var portions = new ArrayList<Portion>();
        for (var row : rows.list()) {
            portions.add(
                    new Portion(
                            from + portions.size(),
                            index,
                            text(row, "first_key"),
                            text(row, "last_key"),
                            Portion.State.PLANNED,
                            ((Number) Objects.requireNonNull(row.get("cold_rows"))).longValue(),
                            null,
                            null,
                            0,
                            null,
                            null,
                            "[]"));
        }
        return portions;
    }

    List<ColdRow> read(Portion portion) {
        var piece = order.pieces().get(portion.piece());
        var values =
                List.of(
                        before(),
                        new SqlParam("first_key", "text", keys.json(portion.firstKey())),
                        new SqlParam("last_key", "text", keys.json(portion.lastKey())));
        var rows = transaction(piece, s -> s.run(piece.sql(Role.READ), values));
        return rows.list().stream()
                .map(
                        r -> {
                            var cells = RowText.parse(text(r, "row_text"));
                            return new ColdRow(key(cells), cells, text(r, "row_hash"));
                        })
                .toList();
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

    /// Rows and sum of hashes, as [#sum] adds them up.
    String summed(ArchiveStatements s, Piece piece) {
        Rows rows = s.run(piece.sql(Role.SUM), List.of());
        var row = rows.list().getFirst();
        return row.get("row_count") + " rows, " + row.get("hash_sum");
    }

    /// Independent of the order of rows; modulo nothing, so that a row twice is seen.
    static BigInteger sum(Collection<ColdRow> rows) {
        return rows.stream()
                .map(r -> new BigInteger(r.hash().substring(0, HASH_SUM_DIGITS), 16))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    String key(List<@Nullable String> cells) {
        return keys.of(cells);
    }

    private SqlParam before() {
        return new SqlParam("before", "timestamptz", order.before().toString());
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return String.valueOf(row.get(column));
    }

    OpsException conflict(String why, String remedy) {
        return new OpsException(OpsException.Kind.CONFLICT, step.title(), why, remedy);
    }
}

package io.lakebaseops.domain.plan;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// The exact order of a move between a table and its archive: which rows, as which columns, by
/// which statements.
///
/// @param archival names the move; a step with the same one continues it
/// @param timeColumn whose age makes a row cold
/// @param before rows of an earlier time are cold
/// @param days the age that was asked for
/// @param archiveTable `schema.table` in the lakehouse
/// @param keys names of the primary key's columns, in its order
/// @param pieces the table itself, or the partitions that go as a whole
/// @param restored keys to be brought back; empty = all rows of the archival
/// @param rowsPerPortion written, read back, verified and deleted together
/// @param rowsPerBatch deleted together where somebody has changed rows of the portion meanwhile
public record ArchiveOrder(
        UUID archival,
        Direction direction,
        String schema,
        String table,
        String timeColumn,
        Instant before,
        int days,
        String archiveTable,
        List<Column> columns,
        List<String> keys,
        List<Piece> pieces,
        List<String> restored,
        int rowsPerPortion,
        int rowsPerBatch) {
    public ArchiveOrder {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
        pieces = List.copyOf(pieces);
        restored = List.copyOf(restored);
        if (keys.isEmpty() || pieces.isEmpty() || rowsPerPortion < 1 || rowsPerBatch < 1) {
            throw new IllegalArgumentException("An archival needs a key, a table and portions");
        }
    }

    public enum Direction {
        /// To the archive, and out of the table once it is verified there.
        ARCHIVE,
        /// Back into the table, and out of the archive once they are there again.
        RESTORE
    }

    /// @param type as PostgreSQL prints it
    /// @param archivedAs name of the column in the archive
    /// @param storedAs type in the archive: `text` holds the server's own text of a value
    /// @param generated computed by the server, so never inserted
    public record Column(
            String name, String type, String archivedAs, String storedAs, boolean generated) {}

    /// @param partition goes as a whole: detached and dropped, not deleted from
    /// @param remake the statement that makes the partition again; null for a table
    public record Piece(
            String schema,
            String table,
            boolean partition,
            @Nullable String remake,
            List<Statement> statements) {
        public Piece {
            statements = List.copyOf(statements);
        }

        /// Orders of earlier releases read rows otherwise.
        public boolean readsByRange() {
            return statements.stream().anyMatch(s -> s.role() == Role.BOUNDS);
        }

        public String sql(Role role) {
            return statements.stream()
                    .filter(s -> s.role() == role)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("No statement to " + role))
                    .sql();
        }
    }

    public record Statement(Role role, String sql) {}

    /// What a statement of a piece is for.
    public enum Role {
        SETTINGS,
        /// Says how large the table is.
        PORTIONS,
        /// Names the rows that COUNT, READ and DELETE_UNCHANGED are about.
        BOUNDS,
        COUNT,
        READ_POINT,
        /// A binary COPY of the rows.
        READ,
        /// By transaction: rows that are what was read, without looking at their values.
        DELETE_UNCHANGED,
        /// By keys and values.
        DELETE,
        PRESENT,
        INSERT,
        TRANSACTION,
        OUTCOME,
        PARTITION_PRESENT,
        LOCK,
        /// Counts the rows of a partition, and those that are what was read.
        SUM,
        DETACH,
        DROP;

        boolean writes() {
            return this == DELETE
                    || this == DELETE_UNCHANGED
                    || this == INSERT
                    || this == DETACH
                    || this == DROP;
        }
    }

    /// The move and every statement that is sent for it, for whoever decides.
    public String inWords() {
        var words =
                new StringBuilder(
                        direction == Direction.ARCHIVE
                                ? "-- rows of %s.%s with %s before %s -> %s: write, read back, verify, then remove\n"
                                        .formatted(schema, table, timeColumn, before, archiveTable)
                                : "-- %s of archival %s: %s -> %s.%s, then out of the archive\n"
                                        .formatted(
                                                whole() ? "all rows" : restored.size() + " rows",
                                                archival,
                                                archiveTable,
                                                schema,
                                                table));
        for (var piece : pieces) {
            if (direction == Direction.RESTORE && piece.remake() != null) {
                words.append(piece.remake()).append(";\n");
            }
            for (var statement : piece.statements()) {
                if (statement.role().writes()) {
                    words.append(statement.sql()).append(";\n");
                }
            }
        }
        return words.toString().strip();
    }

    public boolean whole() {
        return restored.isEmpty();
    }

    void canonical(CanonicalForm out) {
        out.text("archival", archival).text("direction", direction);
        out.text("schema", schema).text("table", table);
        out.text("time_column", timeColumn).text("before", before).number("days", days);
        out.text("archive", archiveTable);
        out.each(
                "column",
                columns,
                (f, c) ->
                        f.text("name", c.name())
                                .text("type", c.type())
                                .text("archived_as", c.archivedAs())
                                .text("stored_as", c.storedAs())
                                .flag("generated", c.generated()));
        out.each("key", keys, (f, k) -> f.text("name", k));
        out.each("piece", pieces, ArchiveOrder::canonical);
        out.each("restored", restored, (f, k) -> f.text("key", k));
        out.number("portion", rowsPerPortion).number("batch", rowsPerBatch);
    }

    private static void canonical(CanonicalForm out, Piece piece) {
        out.text("schema", piece.schema()).text("table", piece.table());
        out.flag("partition", piece.partition()).text("remake", piece.remake());
        out.each(
                "statement",
                piece.statements(),
                (f, s) -> f.text("role", s.role()).text("sql", s.sql()));
    }
}

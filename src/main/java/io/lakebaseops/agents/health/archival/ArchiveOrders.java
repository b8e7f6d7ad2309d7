package io.lakebaseops.agents.health.archival;

import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.plan.ArchiveOrder;
import io.lakebaseops.domain.plan.ArchiveOrder.Column;
import io.lakebaseops.domain.plan.ArchiveOrder.Direction;
import io.lakebaseops.domain.plan.ArchiveOrder.Piece;
import io.lakebaseops.domain.plan.ArchiveOrder.Role;
import io.lakebaseops.domain.plan.ArchiveOrder.Statement;
import io.lakebaseops.lakehouse.TableName;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.SqlName;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Orders of archivals from what the catalog says: columns with their types in the archive, and
/// every statement, identifiers filled in.
final class ArchiveOrders {
    /// A moment of reading, and a moment for which the locks of its deletion are held.
    static final int ROWS_PER_PORTION = 100_000;

    /// Sent by their keys and values, where somebody has changed rows meanwhile.
    static final int ROWS_PER_BATCH = 1_000;

    private static final long PORTION_BYTES = 64L << 20;
    private static final int DECIMAL_DIGITS = 38;

    /// Names the history room gives a meaning of its own, and ours.
    private static final Set<String> TAKEN =
            Set.of(
                    "recorded_at",
                    "date",
                    "branch_id",
                    "_archival",
                    "_portion",
                    "_key",
                    "_row_hash");

    private final SqlLibrary sql;

    ArchiveOrders(SqlLibrary sql) {
        this.sql = sql;
    }

    private record Unfit(boolean hasUnfit) {}

    /// @param partitions those that go as a whole; empty for a table whose rows are deleted
    ArchiveOrder archive(
            ReadSession session,
            TableFacts facts,
            String timeColumn,
            Instant before,
            int days,
            List<TableFacts.PartitionRow> partitions) {
        var keys = facts.keys(timeColumn);
        var columns = columns(session, facts, timeColumn, before);
        var pieces =
                partitions.isEmpty()
                        ? List.of(piece(facts, keys, columns, timeColumn, null))
                        : partitions.stream()
                                .map(p -> piece(facts, keys, columns, timeColumn, p))
                                .toList();
        long width =
                facts.row().estimatedRows() == 0
                        ? 1
                        : Math.max(1, facts.row().totalBytes() / facts.row().estimatedRows());
        int portion = (int) Math.clamp(PORTION_BYTES / width, 100, ROWS_PER_PORTION);
        return new ArchiveOrder(
                UUID.randomUUID(),
                Direction.ARCHIVE,
                facts.schema(),
                facts.table(),
                timeColumn,
                before,
                days,
                archiveTable(facts.schema(), facts.table()).toString(),
                columns,
                keys,
                pieces,
                List.of(),
                portion,
                Math.min(portion, ROWS_PER_BATCH));
    }

    static TableName archiveTable(String schema, String table) {
        return new TableName(TableName.ARCHIVE, "%s__%s_cold".formatted(schema, table));
    }

    /// The way back of an order, for all rows or for some keys.
    static ArchiveOrder restore(ArchiveOrder order, List<String> keys) {
        return new ArchiveOrder(
                order.archival(),
                Direction.RESTORE,
                order.schema(),
                order.table(),
                order.timeColumn(),
                order.before(),
                order.days(),
                order.archiveTable(),
                order.columns(),
                order.keys(),
                order.pieces(),
                keys,
                order.rowsPerPortion(),
                order.rowsPerBatch());
    }

    private List<Column> columns(
            ReadSession session, TableFacts facts, String timeColumn, Instant before) {
        var names = new HashSet<String>();
        var columns = new ArrayList<Column>();
        for (var c : facts.columns()) {
            var label = storedAs(c);
            if (mayBeUnfit(label) && isUnfit(session, facts, c.columnName(), timeColumn, before)) {
                label = "text";
            }
            columns.add(
                    new Column(
                            c.columnName(),
                            c.typeName(),
                            archivedAs(c.columnName(), names),
                            label,
                            c.isGenerated()));
        }
        return columns;
    }

    /// Delta compares names without case, and without column mapping takes no spaces or brackets.
    private static String archivedAs(String name, Set<String> names) {
        var plain = name.replaceAll("[ ,;{}()\n\t=]", "_");
        if (TAKEN.contains(plain.toLowerCase(Locale.ROOT))) {
            plain += "_";
        }
        var free = plain;
        for (int n = 2; !names.add(free.toLowerCase(Locale.ROOT)); n++) {
            free = plain + "_" + n;
        }
        return free;
    }

    static String storedAs(TableFacts.ColumnRow c) {
        var precision = c.numericPrecision();
        var scale = c.numericScale();
        return switch (c.baseType()) {
            case "int2", "int4" -> "int";
            case "int8" -> "long";
            case "float4" -> "float";
            case "float8" -> "double";
            case "bool" -> "boolean";
            case "date" -> "date";
            case "timestamptz" -> "timestamp";
            case "bytea" -> "binary";
            case "numeric" ->
                    precision != null
                                    && scale != null
                                    && precision <= DECIMAL_DIGITS
                                    && scale <= precision
                            ? "decimal(%d,%d)".formatted(precision, scale)
                            : "text";
            default -> "text";
        };
    }

    private static boolean mayBeUnfit(String label) {
        return label.equals("date") || label.equals("timestamp") || label.startsWith("decimal");
    }

    private boolean isUnfit(
            ReadSession session,
            TableFacts facts,
            String column,
            String timeColumn,
            Instant before) {
        var text =
                sql.render(
                        ColdSql.UNFIT,
                        Map.of(
                                "table", Ident.of(facts.schema(), facts.table()),
                                "column", Ident.of(column),
                                "time_column", Ident.of(timeColumn)));
        return session.query(text, Map.of("before", before), Unfit.class).getFirst().hasUnfit();
    }

    private Piece piece(
            TableFacts facts,
            List<String> keys,
            List<Column> columns,
            String timeColumn,
            TableFacts.@Nullable PartitionRow partition) {
        var parent = Ident.of(facts.schema(), facts.table());
        var table =
                partition == null
                        ? parent
                        : Ident.of(partition.schemaName(), partition.tableName());
        var all = columns.stream().map(Column::name).toList();
        var inserted = columns.stream().filter(c -> !c.generated()).map(Column::name).toList();
        var at = List.of(table);
        var t = of("t", all);
        var time = of("t", List.of(timeColumn));
        var s = new EnumMap<Role, String>(Role.class);
        s.put(Role.SETTINGS, text(ColdSql.SETTINGS, Map.of()));
        s.put(Role.TRANSACTION, text(ColdSql.TRANSACTION, Map.of()));
        s.put(Role.OUTCOME, text(ColdSql.OUTCOME, Map.of()));
        s.put(Role.PARTITION_PRESENT, text(ColdSql.PARTITION_PRESENT, Map.of()));
        s.put(Role.PORTIONS, text(ColdSql.BLOCKS, Map.of()));
        s.put(Role.BOUNDS, text(ColdSql.BOUNDS, Map.of()));
        s.put(Role.READ_POINT, text(ColdSql.READ_POINT, Map.of()));
        s.put(Role.COUNT, text(ColdSql.COUNT, Map.of("table", at, "time_column", time)));
        s.put(Role.READ, read(at, columns, time));
        s.put(
                Role.PRESENT,
                text(
                        ColdSql.PRESENT,
                        Map.of(
                                "table",
                                at,
                                "t_columns",
                                t,
                                "t_keys",
                                of("t", keys),
                                "k_keys",
                                of("k", keys))));
        s.put(
                Role.INSERT,
                text(
                        ColdSql.INSERT,
                        Map.of(
                                "table", at,
                                "columns", inserted.stream().map(Ident::of).toList(),
                                "r_columns", of("r", inserted),
                                "r_keys", of("r", keys),
                                "t_keys", of("t", keys))));
        if (partition == null) {
            s.put(
                    Role.DELETE,
                    text(
                            ColdSql.DELETE,
                            Map.of(
                                    "table",
                                    at,
                                    "t_columns",
                                    t,
                                    "t_keys",
                                    of("t", keys),
                                    "k_keys",
                                    of("k", keys))));
            s.put(
                    Role.DELETE_UNCHANGED,
                    text(ColdSql.DELETE_UNCHANGED, Map.of("table", at, "time_column", time)));
        } else {
            s.put(Role.LOCK, text(ColdSql.LOCK, Map.of("table", at)));
            s.put(Role.SUM, text(ColdSql.UNCHANGED, Map.of("table", at)));
            s.put(
                    Role.DETACH,
                    text(ColdSql.DETACH, Map.of("parent", List.of(parent), "table", at)));
            s.put(Role.DROP, text(ColdSql.DROP, Map.of("table", at)));
        }
        return new Piece(
                table.parts().getFirst(),
                table.parts().getLast(),
                partition != null,
                partition == null ? null : partition.remake(),
                s.entrySet().stream().map(e -> new Statement(e.getKey(), e.getValue())).toList());
    }

    private String read(List<Ident> table, List<Column> columns, List<Ident> time) {
        var known = new ArrayList<String>();
        var texts = new ArrayList<String>();
        for (var column : columns) {
            (WireForm.of(column) == null ? texts : known).add(column.name());
        }
        var idents = new HashMap<String, List<Ident>>();
        idents.put("table", table);
        idents.put("time_column", time);
        if (!known.isEmpty()) {
            idents.put("columns", of("t", known));
        }
        if (!texts.isEmpty()) {
            idents.put("texts", of("t", texts));
        }
        var name =
                texts.isEmpty()
                        ? ColdSql.READ
                        : known.isEmpty() ? ColdSql.READ_AS_TEXTS : ColdSql.READ_WITH_TEXTS;
        return text(name, idents);
    }

    private String text(SqlName name, Map<String, List<Ident>> idents) {
        return sql.renderLists(name, idents).text();
    }

    private static List<Ident> of(String alias, List<String> columns) {
        return columns.stream().map(c -> Ident.of(alias, c)).toList();
    }
}

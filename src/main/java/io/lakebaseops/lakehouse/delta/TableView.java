package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.types.StructField;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableName;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Shows a Delta table to DuckDB. As a view over exactly the files of one version that can hold
/// rows of the scope.
final class TableView {
    private static final LakeQuery FILLED = LakeQuery.load("lakehouse/table_view");
    private static final LakeQuery DELETED = LakeQuery.load("lakehouse/deleted_rows");
    private static final LakeQuery PRESENT = LakeQuery.load("lakehouse/row_present");
    private static final LakeQuery EMPTY = LakeQuery.load("lakehouse/empty_view");

    private TableView() {}

    static String name(TableName table) {
        return Ident.of(table.toString()).sql();
    }

    /// The statements that make the view.
    static List<String> sql(DeltaTable table, Snapshot snapshot, ReadScope scope) {
        return sql(table, snapshot, TablePart.of(snapshot.getSchema(), scope));
    }

    static List<String> sql(DeltaTable table, Snapshot snapshot, TablePart part) {
        var fields = snapshot.getSchema().fields();
        var layout = new FileLayout(snapshot);
        var files = table.files(snapshot).stream().filter(part.files()).toList();
        var view = name(table.name());
        var nulls = list(fields, TableView::typedNull);
        if (files.isEmpty()) {
            return List.of(EMPTY.with(Map.of("view", view, "typed_nulls", nulls)).sql());
        }
        var partitions =
                fields.stream()
                        .filter(f -> snapshot.getPartitionColumnNames().contains(f.getName()))
                        .toList();
        var deleted = deletedRows(table, files);
        var place = Map.of("deleted", deletedName(table.name()));
        var pieces =
                Map.of(
                        "view", view,
                        "columns", list(fields, TableView::id),
                        "scope", part.condition(),
                        "stored", list(fields, f -> stored(f, layout)),
                        "stored_nulls", list(fields, f -> storedNull(f, layout)),
                        "file_columns", fileColumns(fields, partitions, layout, files),
                        "present", deleted.isEmpty() ? "true" : PRESENT.with(place).sql(),
                        "files", list(files, f -> quote(exactly(f.path().toString()))));
        return Stream.concat(deleted.stream(), Stream.of(FILLED.with(pieces).sql())).toList();
    }

    /// Deletion vectors take rows out of files that stay as they are; empty where there are none.
    private static Optional<String> deletedRows(DeltaTable table, List<LiveFile> files) {
        var rows = new ArrayList<String>();
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).hasDeletedRows()) {
                var positions =
                        files.get(i).logged().deletedPositions(table.engine(), table.location());
                rows.add("(%d, %s)".formatted(i, Arrays.toString(positions)));
            }
        }
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        DELETED.with(
                                        Map.of(
                                                "deleted", deletedName(table.name()),
                                                "rows", String.join(", ", rows)))
                                .sql());
    }

    private static String deletedName(TableName table) {
        return Ident.of("deleted rows of " + table).sql();
    }

    private static String typedNull(StructField field) {
        return "NULL::" + DeltaTypes.duck(field.getDataType()) + " AS " + id(field);
    }

    private static String storedNull(StructField field, FileLayout layout) {
        return "NULL::"
                + DeltaTypes.duck(field.getDataType())
                + " AS "
                + id(layout.stored(field.getName()));
    }

    private static String stored(StructField field, FileLayout layout) {
        return id(layout.stored(field.getName())) + " AS " + id(field);
    }

    /// Columns of the table that files hold, and those of the partition, which some writers put
    /// into files too, from the log.
    private static String fileColumns(
            List<StructField> fields,
            List<StructField> partitions,
            FileLayout layout,
            List<LiveFile> files) {
        var held = fields.stream().filter(f -> !partitions.contains(f)).toList();
        var columns = new ArrayList<String>();
        columns.add(
                "COLUMNS(lambda c: lower(c) IN (%s))"
                        .formatted(list(held, f -> lower(layout.stored(f.getName())))));
        for (var field : partitions) {
            var values = list(files, f -> quoteOrNull(f.partition().get(field.getName())));
            var type = DeltaTypes.duck(field.getDataType());
            columns.add(
                    "([%s]::%s[])[file_index::BIGINT + 1] AS %s"
                            .formatted(values, type, id(layout.stored(field.getName()))));
        }
        return String.join(", ", columns);
    }

    private static String lower(StructField field) {
        return quote(field.getName().toLowerCase(Locale.ROOT));
    }

    private static String id(StructField field) {
        return Ident.of(field.getName()).sql();
    }

    private static <T> String list(List<T> items, Function<T, String> text) {
        return items.stream().map(text).collect(Collectors.joining(", "));
    }

    /// DuckDB takes file names for patterns; a class of one character stands for itself.
    private static String exactly(String path) {
        return path.replaceAll("[\\[*?]", "[$0]");
    }

    private static String quoteOrNull(@Nullable String text) {
        return text == null ? "NULL" : quote(text);
    }

    /// A literal, because a view cannot hold bound values. DuckDB knows no backslash escapes here.
    static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}

package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.types.StructField;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableDef;
import io.lakebaseops.lakehouse.TableName;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
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
    private static final String BRANCH = "branch_id";

    private TableView() {}

    static String name(TableName table) {
        return Ident.of(table.toString()).sql();
    }

    /// The statements that make the view.
    static List<String> sql(DeltaTable table, Snapshot snapshot, ReadScope scope) {
        var fields = snapshot.getSchema().fields();
        var layout = new FileLayout(snapshot);
        var files = table.files(snapshot).stream().filter(f -> mayHold(f, scope)).toList();
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
                        "scope", condition(fields, scope),
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

    private static boolean mayHold(LiveFile file, ReadScope scope) {
        var from = scope.from();
        var until = scope.until();
        var earliest = file.earliest();
        var latest = file.latest();
        var branch = scope.branch();
        return (from == null || latest == null || !latest.isBefore(from))
                && (until == null || earliest == null || earliest.isBefore(until))
                && (branch == null
                        || !file.partition().containsKey(BRANCH)
                        || branch.equals(file.partition().get(BRANCH)))
                && scope.partition().entrySet().stream()
                        .allMatch(p -> p.getValue().equals(file.partition().get(p.getKey())));
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

    private static String condition(List<StructField> fields, ReadScope scope) {
        var conditions = new ArrayList<>(List.of("true"));
        var names = fields.stream().map(StructField::getName).toList();
        if (names.contains(TableDef.RECORDED_AT)) {
            bound(conditions, ">=", scope.from());
            bound(conditions, "<", scope.until());
        }
        var branch = scope.branch();
        if (branch != null && names.contains(BRANCH)) {
            conditions.add(Ident.of(BRANCH).sql() + " = " + quote(branch));
        }
        return String.join(" AND ", conditions);
    }

    private static void bound(List<String> conditions, String operator, @Nullable Instant at) {
        if (at != null) {
            conditions.add(
                    "%s %s TIMESTAMPTZ %s"
                            .formatted(
                                    Ident.of(TableDef.RECORDED_AT).sql(),
                                    operator,
                                    quote(at.toString())));
        }
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
    private static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}

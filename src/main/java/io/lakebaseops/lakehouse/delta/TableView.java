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
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Shows a Delta table to DuckDB. As a view over exactly the files of one version that can hold
/// rows of the scope.
final class TableView {
    private static final LakeQuery FILLED = LakeQuery.load("lakehouse/table_view");
    private static final LakeQuery EMPTY = LakeQuery.load("lakehouse/empty_view");
    private static final String BRANCH = "branch_id";

    private TableView() {}

    static String name(TableName table) {
        return Ident.of(table.toString()).sql();
    }

    static String sql(DeltaTable table, Snapshot snapshot, ReadScope scope) {
        var fields = snapshot.getSchema().fields();
        var files = table.files(snapshot).stream().filter(f -> mayHold(f, scope)).toList();
        var nulls = list(fields, f -> "NULL::" + DeltaTypes.duck(f.getDataType()) + " AS " + id(f));
        var text =
                (files.isEmpty() ? EMPTY : FILLED)
                        .sql()
                        .replace("{view}", name(table.name()))
                        .replace("{typed_nulls}", nulls);
        if (files.isEmpty()) {
            return text;
        }
        var partitions =
                fields.stream()
                        .filter(f -> snapshot.getPartitionColumnNames().contains(f.getName()))
                        .toList();
        return text.replace("{columns}", list(fields, TableView::id))
                .replace("{scope}", condition(fields, scope))
                .replace("{file_columns}", fileColumns(partitions, files))
                .replace("{files}", list(files, f -> quote(exactly(f.path().toString()))));
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
                        || branch.equals(file.partition().get(BRANCH)));
    }

    private static String fileColumns(List<StructField> partitions, List<LiveFile> files) {
        var columns = new ArrayList<>(List.of("*"));
        for (var field : partitions) {
            var values = list(files, f -> quoteOrNull(f.partition().get(field.getName())));
            var type = DeltaTypes.duck(field.getDataType());
            columns.add(
                    "([%s]::%s[])[file_index::BIGINT + 1] AS %s"
                            .formatted(values, type, id(field)));
        }
        return String.join(", ", columns);
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

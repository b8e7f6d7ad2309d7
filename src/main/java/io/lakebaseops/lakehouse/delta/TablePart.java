package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.TableDef;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.function.Predicate;

/// The part of a table that a query sees: the files that are opened, and what holds for their rows.
///
/// @param condition in SQL, over the table's own columns
record TablePart(Predicate<LiveFile> files, String condition) {
    static final String BRANCH = "branch_id";

    /// What a scope lets through of a table with these columns.
    static TablePart of(StructType schema, ReadScope scope) {
        return new TablePart(f -> mayHold(f, scope), condition(schema, scope));
    }

    /// What both let through.
    TablePart and(Predicate<LiveFile> others, String too) {
        return new TablePart(files.and(others), condition + " AND (" + too + ")");
    }

    private static boolean mayHold(LiveFile file, ReadScope scope) {
        var branch = scope.branch();
        return overlaps(file, scope.from(), scope.until())
                && (branch == null
                        || !file.partition().containsKey(BRANCH)
                        || branch.equals(file.partition().get(BRANCH)))
                && scope.partition().entrySet().stream()
                        .allMatch(p -> p.getValue().equals(file.partition().get(p.getKey())));
    }

    /// Whether a file may hold rows of a span, as far as its statistics tell.
    static boolean overlaps(LiveFile file, @Nullable Instant from, @Nullable Instant until) {
        var earliest = file.earliest();
        var latest = file.latest();
        return (from == null || latest == null || !latest.isBefore(from))
                && (until == null || earliest == null || earliest.isBefore(until));
    }

    private static String condition(StructType schema, ReadScope scope) {
        var conditions = new ArrayList<String>();
        var names = schema.fields().stream().map(StructField::getName).toList();
        conditions.add(
                names.contains(TableDef.RECORDED_AT) ? span(scope.from(), scope.until()) : "true");
        var branch = scope.branch();
        if (branch != null && names.contains(BRANCH)) {
            conditions.add(Ident.of(BRANCH).sql() + " = " + TableView.quote(branch));
        }
        return String.join(" AND ", conditions);
    }

    /// A condition on the time of rows: from the first moment on, before the second.
    static String span(@Nullable Instant from, @Nullable Instant until) {
        var conditions = new ArrayList<String>();
        bound(conditions, ">=", from);
        bound(conditions, "<", until);
        return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
    }

    private static void bound(ArrayList<String> to, String operator, @Nullable Instant at) {
        if (at != null) {
            to.add(
                    "%s %s TIMESTAMPTZ %s"
                            .formatted(
                                    Ident.of(TableDef.RECORDED_AT).sql(),
                                    operator,
                                    TableView.quote(at.toString())));
        }
    }
}

package io.lakebaseops.reconcile;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A column of the table in PostgreSQL, the row of `reconcile/table_shape`.
///
/// @param typeName as people write it, a domain by its own name
/// @param baseName the type behind a domain
/// @param typeKind `b` base, `e` enum, `r` range, `m` multirange, `c` composite
/// @param keyPlace from 1 in the primary key; null outside it
/// @param correlation of values with the order on disk, -1 to 1; null when not analysed
/// @param replicaIdentity of the table: `f` full, `d` default
record SourceColumn(
        String columnName,
        String typeName,
        String baseName,
        String typeKind,
        String category,
        String typeSchema,
        @Nullable String elementName,
        @Nullable String elementKind,
        @Nullable String elementSchema,
        boolean required,
        boolean generated,
        @Nullable Integer keyPlace,
        @Nullable Double correlation,
        long tableOid,
        String kind,
        String replicaIdentity,
        double estimatedRows,
        boolean mayRead,
        long pages) {
    private static final List<String> WHOLE = List.of("int2", "int4", "int8");

    boolean builtIn() {
        return typeSchema.equals("pg_catalog");
    }

    boolean wholeNumber() {
        return builtIn() && WHOLE.contains(baseName);
    }

    static List<SourceColumn> key(List<SourceColumn> columns) {
        return columns.stream()
                .filter(c -> c.keyPlace() != null)
                .sorted(Comparator.comparing(c -> Objects.requireNonNull(c.keyPlace())))
                .toList();
    }

    /// The column that says when a row was changed, or else made; by type and usual name.
    static Optional<SourceColumn> moment(List<SourceColumn> columns, @Nullable String wanted) {
        var names =
                wanted != null
                        ? List.of(wanted)
                        : List.of("updated_at", "modified_at", "changed_at", "created_at");
        return names.stream()
                .flatMap(n -> columns.stream().filter(c -> c.columnName().equals(n)))
                .filter(c -> c.baseName().equals("timestamptz"))
                .findFirst();
    }
}

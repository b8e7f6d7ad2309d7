package io.lakebaseops.agents.performance.indexes;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A foreign key and how well its columns are indexed.
///
/// @param parentConstraintOid of the partitioned table's key, when this is a partition's
/// @param isCopy made by the server for one partition of the referenced table: the same key again
/// @param partialPredicates of partial indexes that would serve by their keys
/// @param invalidIndexes would serve, but were left behind by a build that failed
/// @param parentChanges deletes and updates on the referenced table, each of which looks for
///     children
record ForeignKey(
        long constraintOid,
        @Nullable Long parentConstraintOid,
        boolean isCopy,
        String constraintName,
        String schemaName,
        String tableName,
        long tableOid,
        String parentSchema,
        String parentTable,
        boolean isPartitioned,
        List<String> columns,
        List<String> quotedColumns,
        boolean isServed,
        List<String> partialPredicates,
        List<String> invalidIndexes,
        long childRows,
        long childBytes,
        long childChanges,
        long parentChanges,
        boolean mayChange) {
    ForeignKey {
        columns = List.copyOf(columns);
        quotedColumns = List.copyOf(quotedColumns);
        partialPredicates = List.copyOf(partialPredicates);
        invalidIndexes = List.copyOf(invalidIndexes);
    }

    /// An index of its own finds the child rows.
    boolean servedHere() {
        return isServed || partialPredicates.stream().anyMatch(this::leavesOutOnlyNulls);
    }

    /// The search for child rows compares with `=`, so it never looks for nulls: a predicate that
    /// says only that these columns are not null hides nothing from it.
    private boolean leavesOutOnlyNulls(String predicate) {
        var rest = predicate;
        // Longest first: one column's name may end in another's.
        var longestFirst =
                quotedColumns.stream()
                        .sorted((a, b) -> Integer.compare(b.length(), a.length()))
                        .toList();
        for (var column : longestFirst) {
            rest = rest.replace("(" + column + " IS NOT NULL)", "");
        }
        return rest.replace("AND", "").replaceAll("[()\\s]", "").isEmpty();
    }
}

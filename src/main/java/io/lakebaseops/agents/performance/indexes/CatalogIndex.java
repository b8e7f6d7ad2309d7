package io.lakebaseops.agents.performance.indexes;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/// An index as the catalog has it, as `indexes/catalog_indexes` returns it; [IndexShape] is the
/// same with its numbers resolved to names.
///
/// @param attributes column numbers of keys and included columns; 0 for an expression
/// @param isMaintained ready and live: writes go into it
/// @param isUnknown what its expressions and predicate say could not be read without waiting
record CatalogIndex(
        long indexOid,
        long tableOid,
        String indexName,
        @Nullable Long parentOid,
        String method,
        boolean isPartitioned,
        boolean isUnique,
        boolean nullsNotDistinct,
        boolean isImmediate,
        boolean isExclusion,
        boolean isValid,
        boolean isMaintained,
        boolean isReplicaIdentity,
        boolean isClustered,
        @Nullable String constraintName,
        @Nullable String constraintType,
        boolean servesForeignKey,
        int keyCount,
        String attributes,
        String classes,
        String collations,
        String orders,
        @Nullable List<String> expressions,
        @Nullable String predicate,
        @Nullable List<String> classOptions,
        String options,
        long bytes,
        double entries,
        long scans,
        @Nullable Instant lastScan,
        boolean isUnknown) {
    CatalogIndex {
        expressions = expressions == null ? null : List.copyOf(expressions);
        classOptions = classOptions == null ? null : List.copyOf(classOptions);
    }

    boolean isUsable() {
        return isValid && isMaintained;
    }

    /// The numbers of one of the catalog's vectors, written as `2 3`. By hand: there are four of
    /// each index.
    static long[] vector(String text) {
        var numbers = new long[(text.length() + 1) / 2];
        int found = 0;
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf(' ', at);
            end = end < 0 ? text.length() : end;
            numbers[found++] = Long.parseLong(text, at, end, 10);
            at = end + 1;
        }
        return Arrays.copyOf(numbers, found);
    }

    long[] attributeNumbers() {
        return vector(attributes);
    }

    /// The first `keyCount` of them.
    LongStream keyNumbers() {
        return LongStream.of(attributeNumbers()).limit(keyCount);
    }
}

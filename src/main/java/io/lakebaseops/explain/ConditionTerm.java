package io.lakebaseops.explain;

import org.jspecify.annotations.Nullable;

/// One comparison of a condition in a plan.
///
/// @param qualifier table name or alias before the column, null where EXPLAIN printed none
/// @param column compared
/// @param kind of comparison
/// @param function called on the column, null when the column stands alone
/// @param cast type the column was turned into, null when it was not
/// @param join compared with a column of another table, not with a value
/// @param inOr one of several alternatives
public record ConditionTerm(
        @Nullable String qualifier,
        String column,
        Kind kind,
        @Nullable String function,
        @Nullable String cast,
        boolean join,
        boolean inOr) {
    /// Ways to compare.
    public enum Kind {
        EQUAL,
        RANGE,
        NULL_TEST,
        /// LIKE or a pattern with a fixed beginning.
        PREFIX,
        /// LIKE, ILIKE or a regular expression without one.
        PATTERN,
        OTHER
    }

    /// Could a btree on the column itself find the rows? A character varying column is compared as
    /// text, which costs its index nothing.
    public boolean searchable() {
        return function == null
                && (cast == null || cast.equals("text"))
                && !inOr
                && (kind == Kind.EQUAL || kind == Kind.RANGE);
    }
}

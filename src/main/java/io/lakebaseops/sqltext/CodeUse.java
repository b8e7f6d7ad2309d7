package io.lakebaseops.sqltext;

/// Something in a statement that runs code when it is evaluated.
///
/// @param schema as the server folds it; empty when it is not named, so that the search path
///     decides
public record CodeUse(What what, String schema, String name) {
    public enum What {
        FUNCTION,
        OPERATOR,
        /// Of a cast or a column: a domain checks, a cast converts.
        TYPE,
        /// COALESCE, CURRENT_USER, GREATEST …: the grammar's own, which nobody can replace.
        KEYWORD,
        /// Of TABLESAMPLE.
        SAMPLING,
        OPERATOR_CLASS,
        ACCESS_METHOD
    }
}

package io.lakebaseops.change.risk;

import io.lakebaseops.sqltext.CodeUse;
import io.lakebaseops.sqltext.SqlNode;

import java.util.List;
import java.util.Set;

/// The functions, operators and types that a statement may use without becoming dangerous: built
/// into the server, without effects. It allows, it does not forbid: whatever is not here may do
/// anything.
///
/// A name without a schema can mean something else where the search path says so. That is why
/// nothing here makes a statement LOW; only being one of our own does.
final class BuiltInCode {
    private static final String CATALOG = "pg_catalog";

    private static final Set<String> ENDING_SESSIONS =
            Set.of("pg_terminate_backend", "pg_cancel_backend");

    /// What a query that looks for sessions may call besides.
    private static final Set<String> LOOKING =
            Set.of(
                    "pg_backend_pid",
                    "pg_blocking_pids",
                    "pg_has_role",
                    "now",
                    "clock_timestamp",
                    "extract",
                    "age",
                    "make_interval",
                    "count",
                    "unnest",
                    "array_agg",
                    "bool_or",
                    "bool_and",
                    "date_trunc",
                    "current_setting",
                    "format",
                    "round",
                    "lower");

    /// Immutable ones, as expressions of indexes and bounds of partitions have them.
    private static final Set<String> IMMUTABLE =
            Set.of(
                    "abs",
                    "array_length",
                    "btrim",
                    "cardinality",
                    "ceil",
                    "date",
                    "date_part",
                    "date_trunc",
                    "decode",
                    "encode",
                    "extract",
                    "floor",
                    "jsonb_array_length",
                    "jsonb_extract_path",
                    "jsonb_extract_path_text",
                    "left",
                    "length",
                    "lower",
                    "ltrim",
                    "make_date",
                    "md5",
                    "mod",
                    "octet_length",
                    "position",
                    "regexp_replace",
                    "replace",
                    "reverse",
                    "right",
                    "round",
                    "rtrim",
                    "sha256",
                    "strpos",
                    "substr",
                    "substring",
                    "timezone",
                    "to_tsvector",
                    "upper");

    private static final Set<String> OPERATORS =
            Set.of(
                    "=",
                    "<>",
                    "<",
                    ">",
                    "<=",
                    ">=",
                    "+",
                    "-",
                    "*",
                    "/",
                    "%",
                    "^",
                    "||",
                    "~",
                    "~*",
                    "!~",
                    "!~*",
                    "~~",
                    "~~*",
                    "!~~",
                    "!~~*",
                    "->",
                    "->>",
                    "#>",
                    "#>>",
                    "@>",
                    "<@",
                    "?",
                    "?|",
                    "?&",
                    "&&",
                    "@@",
                    "&",
                    "|",
                    "#",
                    "<<",
                    ">>",
                    "BETWEEN",
                    "NOT BETWEEN");

    private static final Set<String> TYPES =
            Set.of(
                    "text",
                    "uuid",
                    "json",
                    "jsonb",
                    "bytea",
                    "inet",
                    "cidr",
                    "macaddr",
                    "date",
                    "timestamptz",
                    "timetz",
                    "int2",
                    "int4",
                    "int8",
                    "float4",
                    "float8",
                    "bool",
                    "varchar",
                    "bpchar",
                    "numeric",
                    "timestamp",
                    "time",
                    "interval",
                    "name",
                    "oid",
                    "tsvector",
                    "tsquery",
                    "money");

    private static final Set<String> OPERATOR_CLASSES =
            Set.of(
                    "text_ops",
                    "text_pattern_ops",
                    "varchar_pattern_ops",
                    "bpchar_pattern_ops",
                    "jsonb_ops",
                    "jsonb_path_ops",
                    "array_ops",
                    "inet_ops",
                    "range_ops",
                    "tsvector_ops",
                    "int4_ops",
                    "int8_ops",
                    "uuid_ops",
                    "gin_trgm_ops",
                    "gist_trgm_ops");

    private static final Set<String> ACCESS_METHODS =
            Set.of("btree", "hash", "gin", "gist", "spgist", "brin");

    private BuiltInCode() {}

    static boolean endsSessions(List<CodeUse> code) {
        return code.stream()
                .anyMatch(
                        c ->
                                c.what() == CodeUse.What.FUNCTION
                                        && ours(c)
                                        && ENDING_SESSIONS.contains(c.name()));
    }

    /// Nothing but the calls that end sessions, and looking for them.
    static boolean onlyEndsSessions(List<CodeUse> code) {
        return code.stream().allMatch(c -> known(c, LOOKING) || endsSessions(List.of(c)));
    }

    /// What in an expression may do anything, for people.
    static List<String> unknownIn(SqlNode expression) {
        return expression.code().stream()
                .filter(c -> !known(c, IMMUTABLE))
                .map(c -> c.schema().isEmpty() ? c.name() : c.schema() + "." + c.name())
                .distinct()
                .toList();
    }

    /// A type of the server, without checks of its own; a domain might make it read every row.
    static boolean plainType(SqlNode type) {
        return type.code().stream().allMatch(c -> known(c, Set.of()));
    }

    private static boolean known(CodeUse code, Set<String> functions) {
        var names =
                switch (code.what()) {
                    case FUNCTION -> functions;
                    case OPERATOR -> OPERATORS;
                    case TYPE -> TYPES;
                    case OPERATOR_CLASS -> OPERATOR_CLASSES;
                    case ACCESS_METHOD -> ACCESS_METHODS;
                    case SAMPLING -> Set.of("bernoulli", "system");
                    case KEYWORD -> Set.of(code.name());
                };
        return ours(code) && names.contains(code.name());
    }

    private static boolean ours(CodeUse code) {
        return code.schema().isEmpty() || code.schema().equals(CATALOG);
    }
}

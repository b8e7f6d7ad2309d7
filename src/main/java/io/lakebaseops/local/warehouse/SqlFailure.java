package io.lakebaseops.local.warehouse;

import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Why a statement failed, with the error classes and SQLSTATEs that a Databricks SQL warehouse
/// gives. A failed statement is answered with HTTP 200.
final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Pattern TABLE =
            Pattern.compile("(?:Table|View) with name (\\S+) does not exist");
    private static final Pattern COLUMN =
            Pattern.compile(
                    "(?:column|Column) \"([^\"]+)\"(?: referenced that exists| not found)?");
    private static final Pattern FUNCTION =
            Pattern.compile("Function with name (\\S+) does not exist");

    private final String errorCode;
    private final String sqlState;

    SqlFailure(String errorCode, String sqlState, String errorClass, String text) {
        super("[%s] %s SQLSTATE: %s".formatted(errorClass, text, sqlState));
        this.errorCode = errorCode;
        this.sqlState = sqlState;
    }

    String errorCode() {
        return errorCode;
    }

    String sqlState() {
        return sqlState;
    }

    static SqlFailure syntax(String text) {
        return new SqlFailure("BAD_REQUEST", "42601", "PARSE_SYNTAX_ERROR", text);
    }

    static SqlFailure noTable(String name) {
        return new SqlFailure(
                "BAD_REQUEST",
                "42P01",
                "TABLE_OR_VIEW_NOT_FOUND",
                "The table or view `%s` cannot be found. Verify the spelling and correctness of"
                                .formatted(name.replace(".", "`.`"))
                        + " the schema and catalog.");
    }

    static SqlFailure denied(String what) {
        return new SqlFailure(
                "BAD_REQUEST",
                "42501",
                "INSUFFICIENT_PERMISSIONS",
                "Insufficient privileges: User does not have " + what + ".");
    }

    static SqlFailure unsupported(String text) {
        return new SqlFailure("BAD_REQUEST", "0A000", "UNSUPPORTED_FEATURE", text);
    }

    /// DuckDB's own message, told as Spark would.
    static SqlFailure of(SQLException e) {
        String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        String lower = text.toLowerCase(Locale.ROOT);
        Matcher table = TABLE.matcher(text);
        if (table.find()) {
            return noTable(table.group(1));
        }
        Matcher function = FUNCTION.matcher(text);
        if (function.find()) {
            return new SqlFailure(
                    "BAD_REQUEST",
                    "42883",
                    "UNRESOLVED_ROUTINE",
                    "Cannot resolve routine `" + function.group(1) + "` on search path.");
        }
        if (lower.startsWith("parser error")) {
            return syntax(text);
        }
        Matcher column = COLUMN.matcher(text);
        if (lower.startsWith("binder error") && column.find()) {
            return new SqlFailure(
                    "BAD_REQUEST",
                    "42703",
                    "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION",
                    "A column, variable, or function parameter with name `%s` cannot be resolved."
                            .formatted(column.group(1)));
        }
        if (lower.startsWith("conversion error")) {
            return new SqlFailure("BAD_REQUEST", "22018", "CAST_INVALID_INPUT", text);
        }
        if (lower.startsWith("out of range error")) {
            return new SqlFailure("BAD_REQUEST", "22003", "ARITHMETIC_OVERFLOW", text);
        }
        if (lower.startsWith("permission error")) {
            return denied("access to files: " + text);
        }
        return new SqlFailure("BAD_REQUEST", "42000", "INVALID_STATEMENT", text);
    }
}

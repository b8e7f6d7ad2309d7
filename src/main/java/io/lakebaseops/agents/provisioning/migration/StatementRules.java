package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.SqlScript.Statement;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Which statements can a migration not hold, and which must run outside a transaction?
final class StatementRules {
    private static final Set<String> TRANSACTION_CONTROL =
            Set.of("BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE");

    private static final Pattern COPY_ROWS =
            Pattern.compile("(?is)\\bcopy\\b[^;]*\\bfrom\\s+stdin\\b");

    private StatementRules() {}

    /// Statements PostgreSQL 17 refuses inside a transaction block.
    static boolean refusesTransaction(List<String> words) {
        var first = words.getFirst();
        return switch (first) {
            case "VACUUM" -> true;
            case "CREATE" ->
                    starts(words, "CREATE", "INDEX", "CONCURRENTLY")
                            || starts(words, "CREATE", "UNIQUE", "INDEX", "CONCURRENTLY")
                            || starts(words, "CREATE", "DATABASE")
                            || starts(words, "CREATE", "TABLESPACE")
                            || starts(words, "CREATE", "SUBSCRIPTION");
            case "DROP" ->
                    starts(words, "DROP", "INDEX", "CONCURRENTLY")
                            || starts(words, "DROP", "DATABASE")
                            || starts(words, "DROP", "TABLESPACE")
                            || starts(words, "DROP", "SUBSCRIPTION");
            case "REINDEX" ->
                    words.contains("CONCURRENTLY")
                            || words.contains("DATABASE")
                            || words.contains("SCHEMA")
                            || words.contains("SYSTEM");
            case "ALTER" ->
                    starts(words, "ALTER", "SYSTEM")
                            || (starts(words, "ALTER", "TABLE")
                                    && words.contains("DETACH")
                                    && words.getLast().equals("CONCURRENTLY"));
            case "CLUSTER" -> words.size() == 1;
            default -> false;
        };
    }

    /// @throws io.lakebaseops.domain.OpsException with line and advice
    static void check(MigrationFile file, String text) {
        for (var statement : file.statements()) {
            check(file.name(), statement);
        }
        // Flyway would fill these in; running them as they stand would do something else.
        if (text.contains("${")) {
            throw MigrationFile.refused(
                    file.name(),
                    "it holds a placeholder ${…}, which is not filled in here",
                    "write the value",
                    null);
        }
        var alone = file.statements().stream().filter(s -> refusesTransaction(s.words())).toList();
        if (!alone.isEmpty() && alone.size() < file.statements().size()) {
            throw MigrationFile.refused(
                    file.name(),
                    "line %d refuses to run in a transaction, the rest needs one"
                            .formatted(alone.getFirst().line()),
                    "put it into a file of its own",
                    null);
        }
    }

    private static void check(String file, Statement statement) {
        var words = statement.words();
        var first = words.getFirst();
        if (words.contains("\\")) {
            throw at(
                    file,
                    statement,
                    "is a command of psql, which the server does not know",
                    "write it as SQL; for \\i list the other file, for \\copy load data apart");
        }
        if (first.equals("COPY") && (words.contains("STDIN") || words.contains("STDOUT"))) {
            throw copied(file, null);
        }
        if (TRANSACTION_CONTROL.contains(first) || starts(words, "PREPARE", "TRANSACTION")) {
            throw at(
                    file,
                    statement,
                    "controls the transaction, which the runner does",
                    "remove it: a file is one transaction");
        }
        if (words.contains("STANDARD_CONFORMING_STRINGS") && first.equals("SET")) {
            throw at(
                    file,
                    statement,
                    "changes how the rest of the file is read",
                    "write E'…' where a backslash is an escape");
        }
    }

    /// Rows in a script are not SQL: their quotes need not even match.
    static boolean copiesRows(String text) {
        return COPY_ROWS.matcher(text).find();
    }

    static OpsException copied(String file, @Nullable Throwable cause) {
        return MigrationFile.refused(
                file,
                "it holds COPY with rows in the script",
                "write INSERT … VALUES, or load the rows apart from the migration",
                cause);
    }

    private static OpsException at(String file, Statement statement, String why, String remedy) {
        return MigrationFile.refused(file, "line " + statement.line() + " " + why, remedy, null);
    }

    private static boolean starts(List<String> words, String... expected) {
        return words.size() >= expected.length
                && words.subList(0, expected.length).equals(List.of(expected));
    }
}

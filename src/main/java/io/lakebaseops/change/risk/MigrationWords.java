package io.lakebaseops.change.risk;

import java.util.List;
import java.util.Set;

/// Which statements of migrations are surely quick? Anything in doubt is not.
final class MigrationWords {
    /// Types without checks of their own; a domain might make the server read every row.
    private static final Set<String> PLAIN_TYPES =
            Set.of(
                    "TEXT",
                    "INT",
                    "INTEGER",
                    "BIGINT",
                    "SMALLINT",
                    "INT2",
                    "INT4",
                    "INT8",
                    "BOOLEAN",
                    "BOOL",
                    "NUMERIC",
                    "DECIMAL",
                    "REAL",
                    "DATE",
                    "TIMESTAMP",
                    "TIMESTAMPTZ",
                    "UUID",
                    "JSON",
                    "JSONB",
                    "BYTEA",
                    "VARCHAR",
                    "CHAR",
                    "INET",
                    "INTERVAL");

    private static final Set<String> TYPE_WORDS =
            Set.of("WITH", "WITHOUT", "TIME", "ZONE", "PRECISION", "[", "]", "(", ")", ",");

    /// What the row of the history computes: how long the migration took.
    private static final Set<String> CLOCK = Set.of("VALUES", "EXTRACT", "CLOCK_TIMESTAMP", "NOW");

    private MigrationWords() {}

    /// A row of literal values for the history table, and nothing computed.
    static boolean recordsMigration(SqlWords words) {
        var tokens = words.tokens();
        int at = tokens.indexOf("\"flyway_schema_history\"");
        return words.starts("INSERT", "INTO")
                && (at == 2 || (at == 4 && tokens.get(3).equals(".")))
                && words.has("VALUES")
                && !words.has("SELECT")
                && callsOnly(tokens, at);
    }

    private static boolean callsOnly(List<String> tokens, int table) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean word = Character.isLetter(tokens.get(i).charAt(0));
            boolean quoted = tokens.get(i).startsWith("\"") && i != table;
            if (tokens.get(i + 1).equals("(")
                    && (quoted || (word && !CLOCK.contains(tokens.get(i))))) {
                return false;
            }
        }
        return true;
    }

    /// `ALTER TABLE … ADD [COLUMN] name type [DEFAULT literal]`.
    static boolean addsPlainColumn(SqlWords words) {
        var tokens = words.tokens();
        int at = tokens.indexOf("ADD") + 1;
        if (at == 0) {
            return false;
        }
        at += is(tokens, at, "COLUMN") ? 1 : 0;
        at += is(tokens, at, "IF") ? 3 : 0;
        int type = at + 1;
        if (type >= tokens.size() || !PLAIN_TYPES.contains(tokens.get(type))) {
            return false;
        }
        int next = type + 1;
        while (next < tokens.size()
                && (TYPE_WORDS.contains(tokens.get(next)) || digits(tokens.get(next)))) {
            next++;
        }
        if (next == tokens.size()) {
            return true;
        }
        return is(tokens, next, "DEFAULT")
                && next + 2 == tokens.size()
                && literal(tokens.get(next + 1));
    }

    static boolean addsNotValid(SqlWords words) {
        var tokens = words.tokens();
        int size = tokens.size();
        return words.has("ADD")
                && words.has("CONSTRAINT")
                && size > 2
                && tokens.subList(size - 2, size).equals(List.of("NOT", "VALID"));
    }

    private static boolean is(List<String> tokens, int at, String word) {
        return at < tokens.size() && tokens.get(at).equals(word);
    }

    private static boolean literal(String token) {
        return token.startsWith("'")
                || digits(token)
                || token.equals("TRUE")
                || token.equals("FALSE")
                || token.equals("NULL");
    }

    private static boolean digits(String token) {
        return Character.isDigit(token.charAt(0));
    }
}

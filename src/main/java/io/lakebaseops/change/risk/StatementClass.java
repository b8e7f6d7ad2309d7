package io.lakebaseops.change.risk;

import static io.lakebaseops.domain.plan.LockLevel.ACCESS_EXCLUSIVE;
import static io.lakebaseops.domain.plan.LockLevel.NONE;
import static io.lakebaseops.domain.plan.LockLevel.SHARE;
import static io.lakebaseops.domain.plan.LockLevel.SHARE_UPDATE_EXCLUSIVE;
import static io.lakebaseops.domain.plan.Reversibility.HARMLESS;
import static io.lakebaseops.domain.plan.Reversibility.IRREVERSIBLE;
import static io.lakebaseops.domain.plan.Reversibility.RECOVERABLE;
import static io.lakebaseops.domain.plan.Reversibility.REVERSIBLE;

import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Reversibility;

import java.util.Set;

/// What kind of statement is this, told from its own words? Locks as in the PostgreSQL 17 manual,
/// 13.3.1 and the page of each command. What is not recognised is UNKNOWN and treated as the worst.
public enum StatementClass {
    // Maintenance: readers and writers go on, nothing is lost.
    VACUUM("VACUUM", SHARE_UPDATE_EXCLUSIVE, HARMLESS, false),
    ANALYZE("ANALYZE", SHARE_UPDATE_EXCLUSIVE, HARMLESS, false),
    // Rewrites every page that holds an old row; goes on for a long time and does not give way.
    VACUUM_FREEZE("VACUUM FREEZE", SHARE_UPDATE_EXCLUSIVE, HARMLESS, false),
    // Copies the table and needs its size once more on disk meanwhile.
    VACUUM_FULL("VACUUM FULL", ACCESS_EXCLUSIVE, HARMLESS, true),
    // The client connects again; what it had not committed is gone.
    SIGNAL_SESSION("Ending sessions", NONE, RECOVERABLE, false),
    // Waits for older transactions twice; a failure leaves an invalid index behind.
    CREATE_INDEX_CONCURRENTLY(
            "CREATE INDEX CONCURRENTLY", SHARE_UPDATE_EXCLUSIVE, REVERSIBLE, false),
    CREATE_INDEX("CREATE INDEX", SHARE, REVERSIBLE, false),
    // Reversible only as long as the plan keeps the definition; the policy looks at its undo.
    DROP_INDEX_CONCURRENTLY("DROP INDEX CONCURRENTLY", SHARE_UPDATE_EXCLUSIVE, REVERSIBLE, false),
    DROP_INDEX("DROP INDEX", ACCESS_EXCLUSIVE, REVERSIBLE, false),
    // Builds the index anew beside the old one.
    REINDEX_CONCURRENTLY("REINDEX CONCURRENTLY", SHARE_UPDATE_EXCLUSIVE, HARMLESS, false),
    REINDEX("REINDEX", ACCESS_EXCLUSIVE, HARMLESS, true),
    ATTACH_INDEX("ALTER INDEX ATTACH", SHARE_UPDATE_EXCLUSIVE, REVERSIBLE, false),
    SET_STORAGE("ALTER TABLE SET (…)", SHARE_UPDATE_EXCLUSIVE, REVERSIBLE, false),
    VALIDATE_CONSTRAINT("VALIDATE CONSTRAINT", SHARE_UPDATE_EXCLUSIVE, HARMLESS, false),
    CREATE_OBJECT("CREATE TABLE or SCHEMA", NONE, REVERSIBLE, false),
    // One brief lock, nothing is read: these forms are told by their words alone.
    ADD_COLUMN("ADD COLUMN", ACCESS_EXCLUSIVE, RECOVERABLE, false),
    ADD_NOT_VALID("ADD CONSTRAINT … NOT VALID", ACCESS_EXCLUSIVE, RECOVERABLE, false),
    COMMENT("COMMENT", SHARE_UPDATE_EXCLUSIVE, HARMLESS, false),
    RECORD_MIGRATION("The row of the migration history", LockLevel.NONE, HARMLESS, false),
    // Only the catalog changes, but who sees which rows does too.
    POLICY("CREATE, ALTER or DROP POLICY", ACCESS_EXCLUSIVE, REVERSIBLE, false),
    ROW_SECURITY("ALTER TABLE … ROW LEVEL SECURITY", ACCESS_EXCLUSIVE, REVERSIBLE, false),
    OWNER("ALTER TABLE OWNER TO", ACCESS_EXCLUSIVE, REVERSIBLE, false),
    RIGHTS("GRANT or REVOKE", NONE, REVERSIBLE, false),
    // One row by its key, and only with the plan's undo that takes this very row away again.
    MAP_TENANT("The row that lets a role see a tenant", LockLevel.NONE, REVERSIBLE, false),
    // To one role, never to PUBLIC, and never passed on.
    READ_GRANT("GRANT SELECT or USAGE", NONE, REVERSIBLE, false),
    // Without attributes: nobody can log in as it, and nobody is in it.
    CREATE_GROUP("CREATE ROLE NOLOGIN", NONE, REVERSIBLE, false),
    // Some forms only touch the catalog, but telling which needs the live column types.
    ALTER_TABLE("ALTER TABLE", ACCESS_EXCLUSIVE, REVERSIBLE, true),
    REWRITE("CLUSTER or REFRESH", ACCESS_EXCLUSIVE, HARMLESS, true),
    WRITES_DATA("INSERT, UPDATE or MERGE", LockLevel.NONE, IRREVERSIBLE, false),
    DESTROYS("DROP, TRUNCATE or DELETE", ACCESS_EXCLUSIVE, IRREVERSIBLE, false),
    // Fails closed: what we cannot read might do anything.
    UNKNOWN("An unknown statement", ACCESS_EXCLUSIVE, IRREVERSIBLE, true);

    /// Functions a statement that ends sessions may call besides; any other makes it UNKNOWN.
    private static final Set<String> HARMLESS_CALLS =
            Set.of(
                    "PG_TERMINATE_BACKEND",
                    "PG_CANCEL_BACKEND",
                    "PG_BACKEND_PID",
                    "PG_BLOCKING_PIDS",
                    "PG_HAS_ROLE",
                    "NOW",
                    "CLOCK_TIMESTAMP",
                    "EXTRACT",
                    "AGE",
                    "MAKE_INTERVAL",
                    "COALESCE",
                    "CAST",
                    "COUNT",
                    "UNNEST",
                    "ARRAY_AGG",
                    "BOOL_OR",
                    "BOOL_AND",
                    "LOWER",
                    "GREATEST",
                    "LEAST",
                    "DATE_TRUNC",
                    "CURRENT_SETTING",
                    "NULLIF",
                    "FORMAT",
                    "ROUND");

    /// Words after which a bracket is no call.
    private static final Set<String> BEFORE_BRACKET =
            Set.of(
                    "SELECT",
                    "FROM",
                    "WHERE",
                    "AND",
                    "OR",
                    "NOT",
                    "IN",
                    "ANY",
                    "ALL",
                    "EXISTS",
                    "AS",
                    "ON",
                    "VALUES",
                    "MATERIALIZED",
                    "FILTER",
                    "OVER",
                    "USING",
                    "LATERAL",
                    "WHEN",
                    "THEN",
                    "ELSE",
                    "CASE",
                    "BY",
                    "ARRAY",
                    "UNION",
                    "EXCEPT",
                    "IS",
                    "BETWEEN",
                    "LIKE",
                    "JOIN",
                    "DISTINCT");

    private static final Set<String> NOT_IN_A_QUERY =
            Set.of(
                    "INSERT",
                    "UPDATE",
                    "DELETE",
                    "MERGE",
                    "INTO",
                    "TRUNCATE",
                    "DROP",
                    "CREATE",
                    "ALTER",
                    "GRANT",
                    "REVOKE",
                    "SET",
                    "CALL",
                    "DO",
                    "COPY",
                    "LOCK");

    private final String label;
    private final LockLevel lock;
    private final Reversibility reversibility;
    private final boolean rewrites;

    StatementClass(String label, LockLevel lock, Reversibility reversibility, boolean rewrites) {
        this.label = label;
        this.lock = lock;
        this.reversibility = reversibility;
        this.rewrites = rewrites;
    }

    String label() {
        return label;
    }

    LockLevel lock() {
        return lock;
    }

    Reversibility reversibility() {
        return reversibility;
    }

    /// Does it (or may it) write the whole table or index anew?
    boolean rewrites() {
        return rewrites;
    }

    /// Looks at the leading words; several statements in one text are never known.
    public static StatementClass of(String sql) {
        SqlWords words;
        try {
            words = SqlWords.of(sql);
        } catch (IllegalArgumentException e) {
            // A quote or comment that never ends: the server would refuse it too.
            return UNKNOWN;
        }
        if (words.tokens().isEmpty() || words.severalStatements()) {
            return UNKNOWN;
        }
        return switch (words.tokens().getFirst()) {
            case "VACUUM" -> vacuum(words);
            case "ANALYZE", "ANALYSE" -> ANALYZE;
            case "SELECT", "WITH" -> query(words);
            case "CREATE" -> create(words);
            case "DROP" -> drop(words);
            case "REINDEX" ->
                    words.has("CONCURRENTLY") && !words.has("FALSE") && !words.has("OFF")
                            ? REINDEX_CONCURRENTLY
                            : REINDEX;
            case "ALTER" -> alter(words);
            case "CLUSTER", "REFRESH" -> REWRITE;
            case "COMMENT" -> COMMENT;
            case "INSERT" ->
                    MigrationWords.recordsMigration(words)
                            ? RECORD_MIGRATION
                            : TenantRows.maps(words) ? MAP_TENANT : WRITES_DATA;
            case "UPDATE", "MERGE" -> WRITES_DATA;
            case "TRUNCATE", "DELETE" -> DESTROYS;
            case "GRANT", "REVOKE" -> readGrant(words) ? READ_GRANT : RIGHTS;
            default -> UNKNOWN;
        };
    }

    private static StatementClass vacuum(SqlWords words) {
        if (words.has("FULL")) {
            return VACUUM_FULL;
        }
        return words.has("FREEZE") ? VACUUM_FREEZE : VACUUM;
    }

    /// `GRANT SELECT ON TABLE … TO "one role"`, `GRANT USAGE ON SCHEMA …`.
    private static boolean readGrant(SqlWords words) {
        var tokens = words.tokens();
        int to = tokens.size() - 2;
        boolean reads =
                words.starts("GRANT", "SELECT", "ON", "TABLE")
                        || words.starts("GRANT", "USAGE", "ON", "SCHEMA");
        return reads
                && to > 4
                && tokens.get(to).equals("TO")
                && !tokens.getLast().equals("PUBLIC")
                && tokens.stream().filter("TO"::equals).count() == 1;
    }

    /// CONCURRENTLY counts only in its own place: an index may well be named so.
    private static StatementClass create(SqlWords words) {
        if (words.starts("CREATE", "POLICY")) {
            return POLICY;
        }
        if (words.starts("CREATE", "ROLE")) {
            boolean group =
                    words.tokens().size() == 4 && words.tokens().getLast().equals("NOLOGIN");
            return group ? CREATE_GROUP : UNKNOWN;
        }
        int index = words.starts("CREATE", "UNIQUE") ? 2 : 1;
        if (index < words.tokens().size() && words.tokens().get(index).equals("INDEX")) {
            boolean concurrently =
                    index + 1 < words.tokens().size()
                            && words.tokens().get(index + 1).equals("CONCURRENTLY");
            return concurrently ? CREATE_INDEX_CONCURRENTLY : CREATE_INDEX;
        }
        boolean plain = words.starts("CREATE", "TABLE") || words.starts("CREATE", "SCHEMA");
        return plain && !words.has("SELECT") && !words.has("EXECUTE") ? CREATE_OBJECT : UNKNOWN;
    }

    /// CASCADE takes along what depends on the index: constraints, foreign keys.
    private static StatementClass drop(SqlWords words) {
        if (words.starts("DROP", "POLICY")) {
            return POLICY;
        }
        if (!words.starts("DROP", "INDEX") || words.tokens().getLast().equals("CASCADE")) {
            return DESTROYS;
        }
        return words.starts("DROP", "INDEX", "CONCURRENTLY") ? DROP_INDEX_CONCURRENTLY : DROP_INDEX;
    }

    private static StatementClass alter(SqlWords words) {
        if (words.starts("ALTER", "POLICY")) {
            return POLICY;
        }
        if (words.starts("ALTER", "INDEX")) {
            return words.has("ATTACH") && words.has("PARTITION") ? ATTACH_INDEX : UNKNOWN;
        }
        if (!words.starts("ALTER", "TABLE")) {
            return UNKNOWN;
        }
        if (words.has("DROP")) {
            return DESTROYS;
        }
        if (everyActionIsRowSecurity(words)) {
            return ROW_SECURITY;
        }
        if (tail(words, 3).startsWith("OWNER TO ") && !actions(words)) {
            return OWNER;
        }
        var tokens = words.tokens();
        // Several actions in one statement are separated by commas outside brackets.
        boolean single = !actions(words);
        for (int i = 2; single && i + 1 < tokens.size(); i++) {
            var two = tokens.get(i) + " " + tokens.get(i + 1);
            if (two.equals("SET (") || two.equals("RESET (")) {
                return SET_STORAGE;
            }
            if (two.equals("VALIDATE CONSTRAINT")) {
                return VALIDATE_CONSTRAINT;
            }
        }
        if (single && MigrationWords.addsPlainColumn(words)) {
            return ADD_COLUMN;
        }
        return single && MigrationWords.addsNotValid(words) ? ADD_NOT_VALID : ALTER_TABLE;
    }

    private static String tail(SqlWords words, int count) {
        var tokens = words.tokens();
        return String.join(" ", tokens.subList(Math.max(0, tokens.size() - count), tokens.size()));
    }

    /// `[ENABLE | DISABLE | FORCE | NO FORCE] ROW LEVEL SECURITY`, and nothing else.
    private static boolean everyActionIsRowSecurity(SqlWords words) {
        var text = String.join(" ", words.tokens());
        return text.matches(
                "ALTER TABLE (ONLY )?(\"(\"\"|[^\"])*\"|[A-Z0-9_$]+)"
                        + "( \\. (\"(\"\"|[^\"])*\"|[A-Z0-9_$]+))?"
                        + "( ,? ?(ENABLE|DISABLE|FORCE|NO FORCE) ROW LEVEL SECURITY)+");
    }

    private static boolean actions(SqlWords words) {
        int depth = 0;
        for (var token : words.tokens()) {
            switch (token) {
                case "(" -> depth++;
                case ")" -> depth--;
                case "," -> {
                    if (depth == 0) {
                        return true;
                    }
                }
                default -> {}
            }
        }
        return false;
    }

    /// A query may call anything; only one that calls nothing but what ends sessions is known.
    private static StatementClass query(SqlWords words) {
        var tokens = words.tokens();
        boolean signals = false;
        for (int i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            if (NOT_IN_A_QUERY.contains(token)) {
                return UNKNOWN;
            }
            boolean bracket = i + 1 < tokens.size() && tokens.get(i + 1).equals("(");
            boolean name = token.startsWith("\"") || Character.isLetter(token.charAt(0));
            boolean alias = i > 0 && tokens.get(i - 1).equals("AS");
            if (bracket && name && !alias && !BEFORE_BRACKET.contains(token)) {
                boolean foreign =
                        i > 1
                                && tokens.get(i - 1).equals(".")
                                && !tokens.get(i - 2).equals("PG_CATALOG");
                if (foreign || !HARMLESS_CALLS.contains(token)) {
                    return UNKNOWN;
                }
                signals |= token.endsWith("_BACKEND");
            }
        }
        return signals ? SIGNAL_SESSION : UNKNOWN;
    }
}

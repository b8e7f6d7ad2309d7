package io.lakebaseops.schema;

import java.util.Optional;

/// What a statement does to running applications. Locks as in the manual, section 13.3, and the
/// notes of each command.
final class Hazards {
    static final String EXCLUSIVE = "ACCESS EXCLUSIVE lock: reads and writes wait";
    static final String REWRITE = "rewrites the whole table and its indexes";
    static final String SCAN = "scans the whole table under the lock";
    static final String TRIGGER = "SHARE ROW EXCLUSIVE lock: writes wait";
    static final String GENTLE = "SHARE UPDATE EXCLUSIVE lock: reads and writes go on";
    static final String GONE = "the stored rows are gone";
    static final String INDEX_BUILD =
            "SHARE lock: writes wait while it is built; CONCURRENTLY, outside a transaction, avoids"
                    + " it";

    static final String ROWS_FAIL = "fails on rows that do not hold it";
    static final String DUPLICATES_FAIL = "fails on rows that are equal in it";
    static final String STATISTICS = "its statistics are gone: ANALYZE the table afterwards";
    static final String DOMAIN_SCAN =
            "SHARE lock on every table that uses the domain, which is scanned: writes wait";
    static final String ROWS_SEEN = "changes which rows roles may see and write";
    static final String MORE_RIGHTS = "gives rights";
    static final String LESS_RIGHTS = "takes rights away: programs may be refused";
    static final String OWNER = "the owner may do everything with it";
    static final String COUNTED = "moves the counter past what was given and what is stored";
    static final String UNTRACKED =
            "bodies of functions and programs may name it: the server does not track that";
    static final String IMMUTABLE =
            "indexes, checks and generated columns that use it keep the old results until they are"
                    + " made again";

    private Hazards() {}

    /// A column that is new needs a value in every row that is there.
    static boolean failsOnRows(TableObject.Column c, DatabaseSchema after) {
        var table = after.table(c.relation());
        boolean empty =
                c.defaultExpression() == null && c.generated() == null && c.identity() == null;
        boolean refuses =
                domain(c, after).filter(d -> d.notNull() || !d.checks().isEmpty()).isPresent();
        boolean foreign = table != null && table.kind().equals("foreign");
        return !foreign && (c.notNull() && (empty || c.generated() != null) || refuses);
    }

    private static Optional<UserType.DomainType> domain(
            TableObject.Column c, DatabaseSchema after) {
        return after.all(UserType.DomainType.class)
                .filter(d -> ObjectId.plain(d.id().path()).equals(c.type()))
                .findFirst();
    }

    static String[] addColumn(TableObject.Column c, DatabaseSchema after) {
        var domain = domain(c, after);
        if (c.generated() != null || c.identity() != null) {
            return new String[] {EXCLUSIVE, REWRITE};
        }
        if (domain.filter(
                        d -> d.notNull() || !d.checks().isEmpty() || d.defaultExpression() != null)
                .isPresent()) {
            return new String[] {
                EXCLUSIVE, REWRITE, "fails if the table has rows the domain refuses"
            };
        }
        if (c.notNull() && c.defaultExpression() == null) {
            return new String[] {EXCLUSIVE, "fails if the table has rows"};
        }
        return c.defaultExpression() == null
                ? new String[] {EXCLUSIVE}
                : new String[] {EXCLUSIVE, "rewrites the table if the default is volatile"};
    }

    static String[] addConstraint(TableObject.Constraint c) {
        return switch (c.kind()) {
            case "foreign_key" ->
                    c.validated()
                            ? new String[] {
                                "SHARE ROW EXCLUSIVE lock on both tables: writes wait",
                                SCAN,
                                ROWS_FAIL,
                                "NOT VALID and a later VALIDATE shorten it"
                            }
                            : new String[] {"SHARE ROW EXCLUSIVE lock on both tables, briefly"};
            case "check" ->
                    c.validated()
                            ? new String[] {
                                EXCLUSIVE,
                                SCAN,
                                ROWS_FAIL,
                                "NOT VALID and a later VALIDATE shorten it"
                            }
                            : new String[] {EXCLUSIVE};
            case "exclusion" ->
                    new String[] {EXCLUSIVE, "builds an index under the lock", ROWS_FAIL};
            default ->
                    new String[] {
                        EXCLUSIVE,
                        "builds an index under the lock",
                        DUPLICATES_FAIL,
                        "an index built CONCURRENTLY before and USING INDEX shortens it"
                    };
        };
    }
}

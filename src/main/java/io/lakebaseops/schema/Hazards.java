package io.lakebaseops.schema;

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

    private Hazards() {}

    static String[] addColumn(TableObject.Column c) {
        if (c.generated() != null || c.identity() != null) {
            return new String[] {EXCLUSIVE, REWRITE};
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
                                "NOT VALID and a later VALIDATE shorten it"
                            }
                            : new String[] {"SHARE ROW EXCLUSIVE lock on both tables, briefly"};
            case "check" ->
                    c.validated()
                            ? new String[] {
                                EXCLUSIVE, SCAN, "NOT VALID and a later VALIDATE shorten it"
                            }
                            : new String[] {EXCLUSIVE};
            default ->
                    new String[] {
                        EXCLUSIVE,
                        "builds an index under the lock",
                        "an index built CONCURRENTLY before and USING INDEX shortens it"
                    };
        };
    }
}

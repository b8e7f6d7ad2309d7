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

/// Kinds of statement as the risk policy tells them apart, each with the least lock of all its
/// forms; [StatementFacts] has that of one statement. What is not recognised is UNKNOWN and treated
/// as the worst.
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
    // REFERENCES, PARTITION OF, INHERITS: the other table is locked.
    CREATE_ON_OTHER("CREATE TABLE beside another", NONE, REVERSIBLE, false),
    // One brief lock, nothing is read: these forms are told by their words alone.
    ADD_COLUMN("ADD COLUMN", ACCESS_EXCLUSIVE, RECOVERABLE, false),
    ADD_NOT_VALID("ADD CONSTRAINT … NOT VALID", NONE, RECOVERABLE, false),
    COMMENT("COMMENT", SHARE_UPDATE_EXCLUSIVE, HARMLESS, false),
    // Bounds how long the statements behind it wait or run; without a bound it is UNKNOWN.
    LIMIT("SET of a timeout", NONE, HARMLESS, false),
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
    // What a role may do, and as whom it logs in.
    ROLE("CREATE or ALTER ROLE", NONE, REVERSIBLE, false),
    // Some forms only touch the catalog, but telling which needs the live column types.
    ALTER_TABLE("ALTER TABLE", ACCESS_EXCLUSIVE, REVERSIBLE, true),
    REWRITE("CLUSTER or REFRESH", ACCESS_EXCLUSIVE, HARMLESS, true),
    WRITES_DATA("INSERT, UPDATE or MERGE", LockLevel.NONE, IRREVERSIBLE, false),
    DESTROYS("DROP, TRUNCATE or DELETE", ACCESS_EXCLUSIVE, IRREVERSIBLE, false),
    // Fails closed: what we cannot read might do anything.
    UNKNOWN("An unknown statement", ACCESS_EXCLUSIVE, IRREVERSIBLE, true);

    private final String label;

    /// Holds where a statement names no relation, or is of no form of DDL that is known.
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

    /// Of a text that is sent to the letter, or of a statement of a plan with its `:name` markers.
    public static StatementClass of(String sql) {
        return StatementFacts.of(sql).kind();
    }
}

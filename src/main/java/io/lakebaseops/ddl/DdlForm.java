package io.lakebaseops.ddl;

import static io.lakebaseops.domain.plan.LockLevel.ACCESS_EXCLUSIVE;
import static io.lakebaseops.domain.plan.LockLevel.EXCLUSIVE;
import static io.lakebaseops.domain.plan.LockLevel.NONE;
import static io.lakebaseops.domain.plan.LockLevel.ROW_EXCLUSIVE;
import static io.lakebaseops.domain.plan.LockLevel.SHARE;
import static io.lakebaseops.domain.plan.LockLevel.SHARE_ROW_EXCLUSIVE;
import static io.lakebaseops.domain.plan.LockLevel.SHARE_UPDATE_EXCLUSIVE;

import io.lakebaseops.domain.plan.LockLevel;

/// Forms of DDL with the table lock they take and the work they do while it is held (PostgreSQL 17,
/// manual 13.3.1 and ALTER TABLE "Notes"; held against the server in tests).
public enum DdlForm {
    ADD_COLUMN(ACCESS_EXCLUSIVE, Work.NOTHING, ""),
    ADD_COLUMN_COMPUTED(
            ACCESS_EXCLUSIVE,
            Work.REWRITE,
            "add the column empty, fill it in batches, then set its default"),
    ADD_COLUMN_NOT_NULL(
            ACCESS_EXCLUSIVE,
            Work.NOTHING,
            "fails on a table with rows: give it a constant default, or fill it first"),
    ADD_COLUMN_CHECKED(
            ACCESS_EXCLUSIVE, Work.SCAN, "add the constraint NOT VALID apart, then validate it"),
    ADD_COLUMN_UNIQUE(
            ACCESS_EXCLUSIVE,
            Work.INDEX_BUILD,
            "add the column, build the index CONCURRENTLY, then ADD CONSTRAINT … USING INDEX"),
    DROP_COLUMN(
            ACCESS_EXCLUSIVE,
            Work.NOTHING,
            "its data is lost and queries that name it fail: stop using it first"),
    ALTER_TYPE(
            ACCESS_EXCLUSIVE,
            Work.REWRITE,
            "add a column of the new type, fill it in batches, then swap the names"),
    ALTER_TYPE_IN_PLACE(ACCESS_EXCLUSIVE, Work.NOTHING, ""),
    SET_NOT_NULL(
            ACCESS_EXCLUSIVE,
            Work.SCAN,
            "ADD CHECK (column IS NOT NULL) NOT VALID, VALIDATE it, then SET NOT NULL"),
    SET_NOT_NULL_PROVEN(ACCESS_EXCLUSIVE, Work.NOTHING, ""),
    DROP_NOT_NULL(
            ACCESS_EXCLUSIVE,
            Work.NOTHING,
            "programs may meet rows without a value: be sure they can"),
    ADD_FOREIGN_KEY(
            SHARE_ROW_EXCLUSIVE,
            Work.SCAN,
            "add it NOT VALID, then VALIDATE CONSTRAINT in another migration"),
    ADD_FOREIGN_KEY_NOT_VALID(SHARE_ROW_EXCLUSIVE, Work.NOTHING, ""),
    ADD_CHECK(
            ACCESS_EXCLUSIVE,
            Work.SCAN,
            "add it NOT VALID, then VALIDATE CONSTRAINT in another migration"),
    ADD_CHECK_NOT_VALID(ACCESS_EXCLUSIVE, Work.NOTHING, ""),
    VALIDATE(SHARE_UPDATE_EXCLUSIVE, Work.SCAN, ""),
    ADD_UNIQUE(
            ACCESS_EXCLUSIVE,
            Work.INDEX_BUILD,
            "build a unique index CONCURRENTLY, then ADD CONSTRAINT … USING INDEX"),
    ADD_UNIQUE_USING_INDEX(ACCESS_EXCLUSIVE, Work.NOTHING, ""),
    ADD_PRIMARY_KEY_USING_INDEX(
            ACCESS_EXCLUSIVE, Work.SCAN, "set its columns NOT NULL first: then nothing is read"),
    ADD_EXCLUSION(
            ACCESS_EXCLUSIVE,
            Work.INDEX_BUILD,
            "do it in a maintenance window: there is no way to build its index beforehand"),
    RENAME(
            ACCESS_EXCLUSIVE,
            Work.NOTHING,
            "programs that use the old name fail at once: keep it as a view or a second column"),
    SET_SCHEMA(
            ACCESS_EXCLUSIVE,
            Work.NOTHING,
            "programs that use the old name fail at once: keep it as a view"),
    SET_STORAGE(SHARE_UPDATE_EXCLUSIVE, Work.NOTHING, ""),
    REWRITE_TABLE(ACCESS_EXCLUSIVE, Work.REWRITE, "do it in a maintenance window"),
    ATTACH_PARTITION(
            ACCESS_EXCLUSIVE,
            Work.SCAN,
            "give the table a valid CHECK that implies the bounds first, then nothing is read"),
    DETACH_PARTITION(
            ACCESS_EXCLUSIVE, Work.NOTHING, "DETACH PARTITION … CONCURRENTLY, in a file alone"),
    DETACH_PARTITION_CONCURRENTLY(SHARE_UPDATE_EXCLUSIVE, Work.NOTHING, ""),
    /// Of the table that gets or loses a partition or an heir.
    PARENT_OF(SHARE_UPDATE_EXCLUSIVE, Work.NOTHING, ""),
    CREATE_PARTITION(
            ACCESS_EXCLUSIVE,
            Work.NOTHING,
            "create the table alone, then ATTACH PARTITION, which takes a weaker lock"),
    ALTER_OTHER(ACCESS_EXCLUSIVE, Work.NOTHING, ""),
    CREATE_INDEX(SHARE, Work.INDEX_BUILD, "CREATE INDEX CONCURRENTLY, in a file alone"),
    CREATE_INDEX_CONCURRENTLY(SHARE_UPDATE_EXCLUSIVE, Work.INDEX_BUILD, ""),
    DROP_INDEX(ACCESS_EXCLUSIVE, Work.NOTHING, "DROP INDEX CONCURRENTLY, in a file alone"),
    DROP_INDEX_CONCURRENTLY(SHARE_UPDATE_EXCLUSIVE, Work.NOTHING, ""),
    ALTER_INDEX(SHARE_UPDATE_EXCLUSIVE, Work.NOTHING, ""),
    DROP_TABLE(
            ACCESS_EXCLUSIVE,
            Work.NOTHING,
            "its data is lost: rename it first and drop it when nobody missed it"),
    TRUNCATE(ACCESS_EXCLUSIVE, Work.NOTHING, "its data is lost: be sure there is a copy"),
    VACUUM_FULL(ACCESS_EXCLUSIVE, Work.REWRITE, "VACUUM, or rebuild online"),
    VACUUM(SHARE_UPDATE_EXCLUSIVE, Work.SCAN, ""),
    ANALYZE(SHARE_UPDATE_EXCLUSIVE, Work.NOTHING, ""),
    CLUSTER(ACCESS_EXCLUSIVE, Work.REWRITE, "do it in a maintenance window"),
    REFRESH(
            ACCESS_EXCLUSIVE,
            Work.REWRITE,
            "REFRESH MATERIALIZED VIEW CONCURRENTLY (needs a unique index)"),
    REFRESH_CONCURRENTLY(EXCLUSIVE, Work.SCAN, ""),
    REINDEX(SHARE, Work.INDEX_BUILD, "REINDEX … CONCURRENTLY, in a file alone"),
    REINDEX_CONCURRENTLY(SHARE_UPDATE_EXCLUSIVE, Work.INDEX_BUILD, ""),
    COMMENT(SHARE_UPDATE_EXCLUSIVE, Work.NOTHING, ""),
    CREATE_STATISTICS(SHARE_UPDATE_EXCLUSIVE, Work.NOTHING, ""),
    CREATE_TRIGGER(SHARE_ROW_EXCLUSIVE, Work.NOTHING, ""),
    LOCK_TABLE(ACCESS_EXCLUSIVE, Work.NOTHING, "do not lock by hand in a migration"),
    WRITE_ALL_ROWS(
            ROW_EXCLUSIVE,
            Work.REWRITE,
            "change the rows in batches: every row stays locked until the transaction ends"),
    /// The table itself is new: nobody can wait for it.
    CREATE_TABLE(NONE, Work.NOTHING, "");

    /// What is done with the table's bytes while the lock is held.
    public enum Work {
        NOTHING,
        SCAN,
        INDEX_BUILD,
        REWRITE
    }

    private final LockLevel lock;
    private final Work work;
    private final String advice;

    DdlForm(LockLevel lock, Work work, String advice) {
        this.lock = lock;
        this.work = work;
        this.advice = advice;
    }

    public LockLevel lock() {
        return lock;
    }

    public Work work() {
        return work;
    }

    /// What to write instead; empty when it is fine as it is.
    public String advice() {
        return advice;
    }

    public boolean losesData() {
        return this == DROP_COLUMN || this == DROP_TABLE || this == TRUNCATE;
    }

    /// Programs that run now fail when it is done.
    public boolean breaksPrograms() {
        return this == RENAME || this == SET_SCHEMA || this == DROP_COLUMN || this == DROP_TABLE;
    }

    public String words() {
        return name().replace('_', ' ').toLowerCase(java.util.Locale.ROOT);
    }
}

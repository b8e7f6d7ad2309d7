package io.lakebaseops.explain;

/// Reasons why a statement is slow that can be seen in its plan or in how it runs.
public enum PlanCause {
    MISSING_INDEX("Missing index"),
    INDEX_NOT_USABLE("Index not usable"),
    FUNCTION_ON_COLUMN("Function on a column"),
    LEADING_WILDCARD("Pattern without a fixed beginning"),
    OR_CONDITION("OR over several columns"),
    LATE_FILTER("Rows read and thrown away"),
    STALE_STATISTICS("Statistics are out of date"),
    CORRELATED_COLUMNS("Columns depend on each other"),
    ROW_MISESTIMATE("Wrong row estimate"),
    NESTED_LOOP("Nested loop over many rows"),
    SUBPLAN_PER_ROW("Subquery run for each row"),
    SORT_SPILL("Sort on disk"),
    HASH_SPILL("Hash table on disk"),
    TEMPORARY_FILES("Temporary files"),
    SORT_WITHOUT_INDEX("Sort that an index could give"),
    OFFSET_PAGING("OFFSET paging"),
    PARTITIONS_NOT_PRUNED("Partitions not pruned"),
    WORKERS_NOT_LAUNCHED("Parallel workers missing"),
    JIT("Just-in-time compilation"),
    HEAP_FETCHES("Index-only scan reads the table"),
    LOSSY_BITMAP("Bitmap too large for work_mem"),
    PLANNING("Planning takes longer than running"),
    TRIGGERS("Time in triggers"),
    LOCK_WAITS("Waiting for locks"),
    MANY_SMALL_CALLS("Many small calls"),
    MANY_ROWS("Very many rows returned"),
    PLAN_CHANGE("The plan changed");

    private final String title;

    PlanCause(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}

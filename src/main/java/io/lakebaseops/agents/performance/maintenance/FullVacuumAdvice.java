package io.lakebaseops.agents.performance.maintenance;

import org.jspecify.annotations.Nullable;

/// Whether writing a table anew is worth that nobody can use it meanwhile, or what would do
/// instead.
///
/// @param expectedBytes of table and indexes afterwards
/// @param diskBytes needed beside the table while both stand
record FullVacuumAdvice(Way way, long expectedBytes, long diskBytes, String why) {
    /// Less than this is not worth an outage.
    private static final long LEAST_BYTES = 64L << 20;

    enum Way {
        FULL,
        /// Dead rows are still in it: an ordinary vacuum first, nobody waits for that.
        VACUUM_FIRST,
        /// Most of what is wasted lies in its indexes, which can be built anew beside the old ones.
        REINDEX,
        NOT_WORTH_IT,
        UNKNOWN
    }

    /// As `maintenance/table_users` returns it.
    record Parts(long heapBytes, long indexBytes, long toastBytes) {}

    /// @param bloat null when it cannot be estimated
    /// @param from share of the file that must be wasted at least
    static FullVacuumAdvice of(
            TableState table, @Nullable HeapBloat bloat, Parts parts, double from) {
        long all = parts.heapBytes() + parts.indexBytes() + parts.toastBytes();
        if (bloat == null) {
            return new FullVacuumAdvice(
                    Way.UNKNOWN,
                    all,
                    all,
                    "its columns have no statistics, or they are hidden: ANALYZE it, or measure with"
                            + " pgstattuple");
        }
        long heap = (long) (parts.heapBytes() * (1 - bloat.expected()));
        // The indexes are built anew as well; their entries follow the rows.
        double kept = Math.min(1, 1 - bloat.low());
        long indexes = (long) (parts.indexBytes() * kept);
        long after = heap + indexes + parts.toastBytes();
        long freed = parts.heapBytes() - heap;
        if (table.deadShare() > from / 2) {
            return new FullVacuumAdvice(
                    Way.VACUUM_FIRST,
                    after,
                    after,
                    "%,d dead rows wait for an ordinary vacuum, which blocks nobody; what it frees is used again"
                            .formatted(table.deadRows()));
        }
        if (bloat.low() <= from || freed < LEAST_BYTES && bloat.low() < 0.5) {
            return parts.indexBytes() > 2 * parts.heapBytes()
                    ? new FullVacuumAdvice(
                            Way.REINDEX,
                            after,
                            after,
                            "its indexes are larger than the table: REINDEX CONCURRENTLY builds them"
                                    + " anew and blocks nobody")
                    : new FullVacuumAdvice(
                            Way.NOT_WORTH_IT,
                            after,
                            after,
                            "too little would be given back for the time nobody can use it; new rows"
                                    + " fill the free space");
        }
        return new FullVacuumAdvice(
                Way.FULL, after, after, "even by the lower bound much of the file is free space");
    }
}

package io.lakebaseops.lakehouse.history;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What statements cost in a time range, those with the most time first.
///
/// @param rest all that are not listed, so that shares add up; null when none is left out
/// @param statements how many ran, listed or not
public record StatementTotals(List<Row> rows, @Nullable Work rest, long statements) {
    public StatementTotals {
        rows = List.copyOf(rows);
    }

    /// By what the time is summed up.
    public enum Dimension {
        STATEMENT,
        ROLE,
        DATABASE
    }

    /// What was done in the range.
    ///
    /// @param execMillis time of execution
    /// @param tempBlocks read and written
    public record Work(
            double calls,
            double execMillis,
            double rows,
            double blocksHit,
            double blocksRead,
            double tempBlocks,
            double walBytes) {
        static final Work NONE = new Work(0, 0, 0, 0, 0, 0, 0);

        public double meanMillis() {
            return calls > 0 ? execMillis / calls : 0;
        }

        public Work plus(Work o) {
            return new Work(
                    calls + o.calls,
                    execMillis + o.execMillis,
                    rows + o.rows,
                    blocksHit + o.blocksHit,
                    blocksRead + o.blocksRead,
                    tempBlocks + o.tempBlocks,
                    walBytes + o.walBytes);
        }

        Work minus(Work o) {
            return new Work(
                    calls - o.calls,
                    execMillis - o.execMillis,
                    rows - o.rows,
                    blocksHit - o.blocksHit,
                    blocksRead - o.blocksRead,
                    tempBlocks - o.tempBlocks,
                    walBytes - o.walBytes);
        }
    }

    /// @param key the queryid as text, the role or the database
    /// @param queryId null when not summed up by statement
    /// @param query normalised and masked text; null when not known
    /// @param spreadMillis standard deviation of single calls since the statement's statistics
    ///     began
    /// @param reset counters began anew inside the range
    /// @param simulated some of it was generated, not measured
    public record Row(
            String key,
            @Nullable Long queryId,
            @Nullable String database,
            @Nullable String role,
            @Nullable String query,
            Work work,
            @Nullable Double spreadMillis,
            Change change,
            boolean reset,
            boolean simulated) {}

    /// The mean time against the equally long range before.
    ///
    /// @param meanBefore ms; null when it did not run then
    /// @param significant the difference is at least a tenth and more than the usual scatter
    /// @param simulated some of what it is compared with was generated, not measured
    public record Change(
            @Nullable Double meanBefore, double meanNow, boolean significant, boolean simulated) {
        /// 0.5 is half as much again; null when there is nothing to compare with.
        public @Nullable Double ratio() {
            return meanBefore == null || meanBefore <= 0 ? null : meanNow / meanBefore - 1;
        }
    }

    /// Everything that ran, listed or not.
    public Work all() {
        var sum = rest == null ? Work.NONE : rest;
        for (var row : rows) {
            sum = sum.plus(row.work());
        }
        return sum;
    }
}

package io.lakebaseops.agents.performance.maintenance;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Which autovacuum limits would suit a table better than those it has, and by how much.
///
/// @param deadPerHour rows, as measured over `measured`
/// @param factor share of the rows, and `threshold` rows, proposed
record AutovacuumTuning(
        Table table,
        double deadPerHour,
        Duration measured,
        double factor,
        long threshold,
        AutovacuumSimulation today,
        AutovacuumSimulation proposed) {
    /// From small to large shares: the largest that keeps dead rows below the aim is taken.
    private static final List<Double> FACTORS = List.of(0.1, 0.05, 0.02, 0.01);

    /// Half of what is called a warning.
    private static final double AIM = 0.05;

    /// Earlier limits that bring less than a third more are not worth their runs.
    private static final double NEAR = 1.3;

    /// What vacuums of one table may read in a day: 6 MB/s on average.
    private static final double MOST_BYTES_PER_DAY = 500e9;

    /// A table whose dead rows peak below this share is well served.
    private static final double WELL_SERVED = 0.1;

    /// The peak must at least halve.
    private static final double GAIN = 0.5;

    private static final Duration LEAST = Duration.ofMinutes(10);

    /// PostgreSQL's default.
    private static final long USUAL_THRESHOLD = 50;

    /// As `maintenance/table_churn` returns it.
    ///
    /// @param ownFactor as it was written, so that it can be put back to the letter
    /// @param mostRows autovacuum waits for no more dead rows than that, whatever the share says
    ///     (PostgreSQL 18); null for no such limit
    record Table(
            String schemaName,
            String tableName,
            long tableOid,
            long liveRows,
            long deadRows,
            long tableBytes,
            long died,
            @Nullable Instant lastVacuum,
            long vacuums,
            @Nullable BigDecimal ownFactor,
            @Nullable Long ownThreshold,
            double factor,
            long threshold,
            boolean enabled,
            @Nullable Long mostRows,
            double napSeconds,
            long indexBytes,
            long workers,
            double costLimit,
            double costDelayMillis,
            double missCost,
            double dirtyCost,
            boolean mayAlter,
            @Nullable Instant statsReset,
            Instant serverStart,
            Instant at) {
        double factorNow() {
            return ownFactor == null ? factor : ownFactor.doubleValue();
        }

        long thresholdNow() {
            return ownThreshold == null ? threshold : ownThreshold;
        }

        Duration nap() {
            return Duration.ofMillis((long) (napSeconds * 1000));
        }

        String name() {
            return schemaName + "." + tableName;
        }

        double limit(double rows, double share) {
            double limit = rows + share * liveRows;
            return mostRows == null ? limit : Math.min(limit, mostRows);
        }

        AutovacuumSchedule.Server server() {
            return AutovacuumSchedule.Server.of(
                    workers, nap(), costLimit, costDelayMillis, missCost, dirtyCost);
        }

        AutovacuumSchedule.Load load(double deadPerHour, double limit) {
            return new AutovacuumSchedule.Load(
                    name(), deadRows, deadPerHour, limit, tableBytes, indexBytes);
        }
    }

    /// Since when the table's deaths are counted: known when the counters were reset, else at
    /// least since the last vacuum; null when neither is known.
    private static @Nullable Instant countedSince(Table t) {
        if (t.statsReset() != null) {
            return t.statsReset();
        }
        return t.lastVacuum();
    }

    /// Rows that die in an hour; negative when too little was measured.
    static double deadPerHour(Table t) {
        return deadPerHour(t, LEAST);
    }

    static double deadPerHour(Table t, Duration least) {
        var since = countedSince(t);
        if (since == null) {
            return -1;
        }
        var measured = Duration.between(since, t.at());
        if (measured.compareTo(least) < 0) {
            return -1;
        }
        double rows = t.statsReset() != null ? t.died() : t.deadRows();
        return rows / (measured.toMillis() / 3_600_000.0);
    }

    /// Null when the table is well served, or nothing is known of it.
    static @Nullable AutovacuumTuning of(Table t) {
        double rate = deadPerHour(t);
        var since = countedSince(t);
        if (!t.enabled() || rate <= 0 || since == null || t.liveRows() < TableState.FLOOR_ROWS) {
            return null;
        }
        var today = simulate(t, rate, t.thresholdNow(), t.factorNow());
        if (today.peak() < WELL_SERVED * t.liveRows()) {
            return null;
        }
        long threshold =
                t.thresholdNow() <= AIM / 2 * t.liveRows() ? t.thresholdNow() : USUAL_THRESHOLD;
        double least = simulate(t, rate, threshold, FACTORS.getLast()).peak();
        for (double factor : FACTORS) {
            var proposed = simulate(t, rate, threshold, factor);
            if (proposed.peak() <= Math.max(2 * AIM * t.liveRows(), NEAR * least)) {
                boolean worth =
                        proposed.peak() <= GAIN * today.peak()
                                && proposed.runsPerDay() * t.tableBytes() <= MOST_BYTES_PER_DAY;
                return worth
                        ? new AutovacuumTuning(
                                t,
                                rate,
                                Duration.between(since, t.at()),
                                factor,
                                threshold,
                                today,
                                proposed)
                        : null;
            }
        }
        return null;
    }

    /// Null when nobody knows since when.
    static @Nullable Duration measured(Table t) {
        var since = countedSince(t);
        return since == null ? null : Duration.between(since, t.at());
    }

    static AutovacuumSimulation simulate(Table t, double rate, double threshold, double factor) {
        return AutovacuumSimulation.of(t.load(rate, t.limit(threshold, factor)), t.server());
    }

    /// Bytes the peak of dead rows would be smaller.
    long savedBytes() {
        return savedBytes(today.peak(), proposed.peak());
    }

    long savedBytes(double peakNow, double peak) {
        double perRow =
                (double) table.tableBytes() / Math.max(1, table.liveRows() + table.deadRows());
        return (long) ((peakNow - peak) * perRow);
    }
}

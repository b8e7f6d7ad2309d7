package io.lakebaseops.agents.performance.maintenance;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// What the autovacuum settings of a table bring at the rate its rows die, and what others would.
///
/// @param deadPerHour rows, measured over `measured`
/// @param factor and `threshold` proposed; they are those of today when nothing is proposed
/// @param load the table as a simulation needs it, with today's limit, and `server` its settings
/// @param mostRows see [AutovacuumTuning.Table]
/// @param sinceVacuum the rate is that since the last vacuum: rows that one could not remove would
///     count as new
/// @param proposed null when today's settings serve the table well
public record VacuumSettings(
        double deadPerHour,
        Duration measured,
        double factorNow,
        long thresholdNow,
        double factor,
        long threshold,
        AutovacuumSimulation today,
        @Nullable AutovacuumSimulation proposed,
        AutovacuumSchedule.Load load,
        AutovacuumSchedule.Server server,
        @Nullable Long mostRows,
        boolean mayAlter,
        boolean sinceVacuum) {

    /// Enough to show what today's settings bring; a proposal asks for more.
    private static final Duration LEAST = Duration.ofMinutes(1);

    /// Null when nobody knows how fast its rows die, or autovacuum is off for it.
    static @Nullable VacuumSettings of(AutovacuumTuning.Table t) {
        var rate = AutovacuumTuning.deadPerHour(t, LEAST);
        var measured = AutovacuumTuning.measured(t);
        if (!t.enabled() || rate <= 0 || measured == null) {
            return null;
        }
        var tuning = AutovacuumTuning.of(t);
        return new VacuumSettings(
                rate,
                measured,
                t.factorNow(),
                t.thresholdNow(),
                tuning == null ? t.factorNow() : tuning.factor(),
                tuning == null ? t.thresholdNow() : tuning.threshold(),
                AutovacuumTuning.simulate(t, rate, t.thresholdNow(), t.factorNow()),
                tuning == null ? null : tuning.proposed(),
                t.load(rate, t.limit(t.thresholdNow(), t.factorNow())),
                t.server(),
                t.mostRows(),
                t.mayAlter(),
                t.statsReset() == null);
    }

    /// The next hours in which some runs fall under each of the settings.
    public Duration span() {
        double most = Math.max(today.runsPerDay(), proposed == null ? 0 : proposed.runsPerDay());
        double least =
                Math.min(
                        today.runsPerDay(),
                        proposed == null ? Double.MAX_VALUE : proposed.runsPerDay());
        // Three runs of the rarer, but no more than forty of the frequent one.
        double hours = Math.min(24 * 3 / Math.max(least, 0.1), 24 * 40 / Math.max(most, 0.1));
        return Duration.ofMinutes((long) (Math.clamp(hours, 1, 24 * 14) * 60));
    }
}

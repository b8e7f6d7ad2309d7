package io.lakebaseops.agents.performance.maintenance;

/// How many dead rows a table that has a worker whenever it needs one carries under given
/// autovacuum limits, if it goes on collecting them as fast as measured. What several tables do to
/// each other is said by [AutovacuumSchedule].
///
/// @param limit dead rows at which autovacuum begins
/// @param runsPerDay that follow
/// @param peak dead rows at most
public record AutovacuumSimulation(double limit, double runsPerDay, double peak) {
    static AutovacuumSimulation of(AutovacuumSchedule.Load load, AutovacuumSchedule.Server server) {
        double rate = load.deadPerHour();
        // The launcher looks once in a nap: half of one passes on average.
        double run = load.workHours(load.limit(), server) + server.napHours() / 2;
        // Dead rows of the run itself are left for the next one.
        double between = rate <= 0 ? Double.POSITIVE_INFINITY : load.limit() / rate;
        return new AutovacuumSimulation(
                load.limit(),
                24 / Math.max(run, between),
                rate <= 0 ? 0 : load.limit() + rate * run);
    }
}

package io.lakebaseops.agents.performance.maintenance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How many dead rows a table carries over time under given autovacuum limits, if it goes on
/// collecting them as fast as measured and each run removes what is dead when it begins.
///
/// @param limit dead rows at which autovacuum begins
/// @param runsPerDay that follow
/// @param peak dead rows at most
public record AutovacuumSimulation(double limit, double runsPerDay, double peak) {
    /// What one worker gets through by default: vacuum_cost_limit 200, vacuum_cost_delay 2 ms,
    /// about half of the pages read and half of those written.
    private static final double BYTES_PER_SECOND = 20 << 20;

    private static final int POINTS = 48;

    /// @param deadPerHour rows
    /// @param bytes of the table, read by each run
    /// @param nap until the launcher looks again
    static AutovacuumSimulation of(
            double rows,
            double deadPerHour,
            double bytes,
            Duration nap,
            double threshold,
            double factor) {
        double limit = threshold + factor * rows;
        double run = runHours(bytes, nap);
        double peak = limit + deadPerHour * run;
        // Dead rows of the run itself are left for the next one.
        double between = deadPerHour <= 0 ? Double.POSITIVE_INFINITY : limit / deadPerHour;
        return new AutovacuumSimulation(
                limit, 24 / Math.max(run, between), deadPerHour <= 0 ? 0 : peak);
    }

    private static double runHours(double bytes, Duration nap) {
        return bytes / BYTES_PER_SECOND / 3600 + nap.toMillis() / 3_600_000.0 / 2;
    }

    /// @param hoursFromNow and `deadRows` then
    public record Point(double hoursFromNow, double deadRows) {}

    /// The curve of the next day, from the dead rows of now on.
    List<Point> curve(double now, double deadPerHour, double bytes, Duration nap) {
        double step = 24.0 / POINTS;
        double run = runHours(bytes, nap);
        var points = new ArrayList<Point>();
        double dead = now;
        double until = -1;
        double atStart = 0;
        for (int i = 0; i <= POINTS; i++) {
            double t = i * step;
            points.add(new Point(t, dead));
            // In small steps, so that a run shorter than a step is not missed.
            int fine = Math.max(1, (int) Math.ceil(step / Math.max(run / 4, step / 50)));
            for (int k = 0; k < fine; k++) {
                double at = t + k * step / fine;
                dead += deadPerHour * step / fine;
                if (until < 0 && dead > limit) {
                    until = at + run;
                    atStart = dead;
                }
                if (until >= 0 && at >= until) {
                    dead -= atStart;
                    until = -1;
                }
            }
        }
        return points;
    }

    /// The same with every run drawn where it falls, however close they are.
    List<Point> saw(double now, double deadPerHour, double bytes, Duration nap, Duration span) {
        double hours = span.toMillis() / 3_600_000.0;
        double run = runHours(bytes, nap);
        var points = new ArrayList<Point>();
        points.add(new Point(0, now));
        double at = 0;
        double dead = now;
        while (at < hours && deadPerHour > 0) {
            double begin = at + Math.max(0, (limit - dead) / deadPerHour);
            double end = begin + run;
            double atBegin = Math.max(dead, limit);
            double left = deadPerHour * run;
            if (begin >= hours || end >= hours) {
                break;
            }
            points.add(new Point(end, atBegin + left));
            // What died during the run is left for the next.
            points.add(new Point(end, left));
            at = end;
            dead = left;
        }
        points.add(new Point(hours, dead + Math.max(0, deadPerHour) * (hours - at)));
        return points;
    }
}

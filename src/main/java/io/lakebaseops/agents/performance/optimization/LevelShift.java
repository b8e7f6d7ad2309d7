package io.lakebaseops.agents.performance.optimization;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A day from which a daily series lies higher or lower by a fixed amount than trend and weekday
/// say: a migration, a new customer, a table dropped. Found by days two weeks apart across it,
/// which are the same weekdays.
///
/// @param day the first one on the new level
/// @param by how much it is higher; negative for lower
record LevelShift(int day, double by) {
    private static final int WEEK = 7;
    private static final int PAIR = 2 * WEEK;

    /// In standard deviations of the noise; a trend or a random walk stays below.
    private static final double CERTAIN = 5;

    /// From the median of absolute differences to a standard deviation, of two days' noise.
    private static final double TO_SIGMA = 1.4826 / Math.sqrt(2);

    private static final int MOST = 2;

    /// The largest first; none in most series.
    static List<LevelShift> of(double[] days) {
        var found = new ArrayList<LevelShift>();
        var rest = days.clone();
        while (found.size() < MOST) {
            var shift = largest(rest);
            if (shift == null) {
                break;
            }
            found.add(shift);
            rest = without(rest, List.of(shift));
        }
        return found;
    }

    /// The series as if it had been on its last level all the time.
    static double[] without(double[] days, List<LevelShift> shifts) {
        var level = days.clone();
        for (var shift : shifts) {
            for (int i = 0; i < shift.day(); i++) {
                level[i] += shift.by();
            }
        }
        return level;
    }

    private static @Nullable LevelShift largest(double[] days) {
        if (days.length < 2 * PAIR) {
            return null;
        }
        var weekly = new double[days.length - WEEK];
        for (int i = 0; i < weekly.length; i++) {
            weekly[i] = days[i + WEEK] - days[i];
        }
        double aWeek = median(weekly);
        double sigma =
                TO_SIGMA * median(Arrays.stream(weekly).map(w -> Math.abs(w - aWeek)).toArray());
        LevelShift best = null;
        double most = 0;
        for (int t = PAIR; t <= days.length - PAIR; t++) {
            var pairs = new double[PAIR];
            for (int i = 0; i < PAIR; i++) {
                pairs[i] = days[t + i] - days[t + i - PAIR] - 2 * aWeek;
            }
            double by = median(pairs);
            // At the right day all pairs tell the same.
            double clear = Math.abs(by) - spread(pairs, by);
            if (Math.abs(by) > CERTAIN * sigma && sigma > 0 && clear > most) {
                most = clear;
                best = new LevelShift(t, by);
            }
        }
        return best;
    }

    private static double spread(double[] values, double middle) {
        return Arrays.stream(values).map(v -> Math.abs(v - middle)).average().orElse(0);
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}

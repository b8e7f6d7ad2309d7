package io.lakebaseops.trial;

import java.util.Arrays;
import java.util.Random;

/// The ratio of two medians with its confidence interval. The ratio of two medians with the
/// interval that holds it in 95 of 100 resamples (percentile bootstrap; Efron and Tibshirani 1993,
/// chapter 13).
///
/// @param ratio after by before; 2 means twice as long
public record Bootstrap(double ratio, double low, double high) {
    private static final int RESAMPLES = 2000;

    /// Pairs were measured with the same values, so they are drawn together.
    ///
    /// @param seed makes the answer repeatable
    static Bootstrap ofPairs(double[] before, double[] after, long seed) {
        if (before.length != after.length || before.length == 0) {
            throw new IllegalArgumentException("Pairs are needed");
        }
        var random = new Random(seed);
        var ratios = new double[RESAMPLES];
        var b = new double[before.length];
        var a = new double[before.length];
        for (int r = 0; r < RESAMPLES; r++) {
            for (int i = 0; i < b.length; i++) {
                int pick = random.nextInt(b.length);
                b[i] = before[pick];
                a[i] = after[pick];
            }
            ratios[r] = median(a) / median(b);
        }
        Arrays.sort(ratios);
        return new Bootstrap(
                median(after) / median(before),
                ratios[(int) (RESAMPLES * 0.025)],
                ratios[(int) (RESAMPLES * 0.975)]);
    }

    static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }
}

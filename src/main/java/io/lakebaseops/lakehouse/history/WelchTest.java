package io.lakebaseops.lakehouse.history;

import org.apache.commons.statistics.distribution.TDistribution;

/// Welch's t-test on two weighted means: is a difference more than the usual scatter between
/// intervals? Weights are the calls of each interval, so that one quiet interval decides nothing.
final class WelchTest {
    /// A difference that chance alone brings about less often is one.
    private static final double LEVEL = 0.01;

    /// With fewer intervals of equal weight nothing is known of the scatter.
    private static final double FEWEST = 3;

    private WelchTest() {}

    /// Interval means with their weights, as sums.
    ///
    /// @param weights sum of the weights
    /// @param sum of weight and value
    /// @param squares sum of weight and squared value
    /// @param weightSquares sum of squared weights
    record Sample(double weights, double sum, double squares, double weightSquares) {
        double mean() {
            return sum / weights;
        }

        /// So many intervals of equal weight tell as much.
        double size() {
            return weights * weights / weightSquares;
        }

        /// Squared standard error of the mean, unbiased for reliability weights.
        double error() {
            double variance = Math.max(0, squares / weights - mean() * mean());
            return variance / (size() - 1);
        }

        boolean known() {
            return weights > 0 && size() >= FEWEST;
        }
    }

    static boolean differ(Sample before, Sample now) {
        if (!before.known() || !now.known() || before.mean() == now.mean()) {
            return false;
        }
        double a = before.error();
        double b = now.error();
        if (a + b == 0) {
            return true;
        }
        double t = Math.abs(now.mean() - before.mean()) / Math.sqrt(a + b);
        double freedom =
                (a + b) * (a + b) / (a * a / (before.size() - 1) + b * b / (now.size() - 1));
        return 2 * TDistribution.of(freedom).survivalProbability(t) < LEVEL;
    }
}

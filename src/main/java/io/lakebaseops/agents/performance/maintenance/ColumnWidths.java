package io.lakebaseops.agents.performance.maintenance;

import org.jspecify.annotations.Nullable;

/// How many bytes the values of one column take on the page, as far as it is known.
///
/// @param lengths ascending, with the share of values up to each in `until`; null when only the
///     average is known
/// @param nulls share of the rows, 0 to 1
record ColumnWidths(
        boolean fixed,
        int alignment,
        double nulls,
        double mean,
        double @Nullable [] lengths,
        double @Nullable [] until) {
    /// Around an average nobody knows more of, lengths are taken to spread so far.
    private static final double SPREAD = 0.25;

    /// Sampled lengths whose average is off by more are those of compressed or moved values.
    private static final double NEAR = 1.5;

    /// A value longer than this has a header of four bytes instead of one.
    private static final int SHORT = 126;

    static ColumnWidths of(HeapBloat.Widths w, int column) {
        int length = w.lengths().get(column);
        int alignment = bytes(w.alignments().get(column));
        double nulls = w.nullShares().get(column);
        if (length > 0) {
            return new ColumnWidths(true, alignment, nulls, length, null, null);
        }
        double width = w.widths().get(column);
        var sampled = w.sampled().get(column);
        if (!sampled.isEmpty()) {
            var known = sampled(alignment, nulls, sampled);
            if (Math.abs(known.mean() - width - 0.5) <= NEAR + 0.02 * width) {
                return known;
            }
        }
        // The average is stored without its fraction.
        return new ColumnWidths(false, alignment, nulls, width + 0.5, null, null);
    }

    private static ColumnWidths sampled(int alignment, double nulls, String text) {
        var pairs = text.split(" ");
        var lengths = new double[pairs.length];
        var until = new double[pairs.length];
        var sorted = new double[pairs.length][];
        for (int i = 0; i < pairs.length; i++) {
            int colon = pairs[i].indexOf(':');
            double length = Double.parseDouble(pairs[i].substring(0, colon));
            sorted[i] =
                    new double[] {
                        length > SHORT + 1 ? length + 3 : length,
                        Double.parseDouble(pairs[i].substring(colon + 1))
                    };
        }
        java.util.Arrays.sort(sorted, (a, b) -> Double.compare(a[0], b[0]));
        double all = 0;
        double mean = 0;
        for (int i = 0; i < sorted.length; i++) {
            lengths[i] = sorted[i][0];
            all += sorted[i][1];
            until[i] = all;
            mean += sorted[i][0] * sorted[i][1];
        }
        for (int i = 0; i < until.length; i++) {
            until[i] /= all;
        }
        return new ColumnWidths(false, alignment, nulls, mean / all, lengths, until);
    }

    boolean sampled() {
        return lengths != null;
    }

    /// @param share of the values that are shorter
    double at(double share) {
        if (fixed) {
            return mean;
        }
        if (lengths == null || until == null) {
            double spread = mean < 8 ? 0.5 : Math.max(4, SPREAD * mean);
            return Math.max(1, Math.round(mean + (2 * share - 1) * spread));
        }
        for (int i = 0; i < until.length; i++) {
            if (share <= until[i]) {
                return lengths[i];
            }
        }
        return lengths[lengths.length - 1];
    }

    /// The same where nothing but an average is known: all as long as that.
    double alike(double share) {
        return sampled() ? at(share) : Math.round(mean);
    }

    private static int bytes(String alignment) {
        return switch (alignment) {
            case "d" -> 8;
            case "i" -> 4;
            case "s" -> 2;
            default -> 1;
        };
    }
}

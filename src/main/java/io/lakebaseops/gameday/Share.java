package io.lakebaseops.gameday;

import java.util.Locale;

/// A share of a small number of trials, with what it may really be.
public record Share(int hits, int trials) {
    /// Of a normal distribution: 95 % lie within.
    private static final double Z = 1.959964;

    public Share {
        if (hits < 0 || hits > trials) {
            throw new IllegalArgumentException(hits + " of " + trials);
        }
    }

    /// Lower end of the 95 % interval by Wilson (1927), which holds for few trials too.
    public double low() {
        return trials == 0 ? 0 : Math.max(0, centre() - margin());
    }

    public double high() {
        return trials == 0 ? 1 : Math.min(1, centre() + margin());
    }

    public double value() {
        return trials == 0 ? 0 : (double) hits / trials;
    }

    private double centre() {
        return (value() + Z * Z / (2 * trials)) / (1 + Z * Z / trials);
    }

    private double margin() {
        double p = value();
        return Z
                * Math.sqrt(p * (1 - p) / trials + Z * Z / (4.0 * trials * trials))
                / (1 + Z * Z / trials);
    }

    /// `19 of 20 (95 %, 76-99 %)`.
    @Override
    public String toString() {
        return trials == 0
                ? "0 of 0"
                : String.format(
                        Locale.ROOT,
                        "%d of %d (%.0f %%, 95 %% interval %.0f-%.0f %%)",
                        hits,
                        trials,
                        100 * value(),
                        100 * low(),
                        100 * high());
    }
}

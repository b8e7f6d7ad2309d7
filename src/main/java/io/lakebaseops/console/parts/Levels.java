package io.lakebaseops.console.parts;

/// The round values of an axis from zero up.
///
/// @param max the value at the upper edge
public record Levels(double max) {
    /// A little above the highest value.
    public static Levels above(double highest) {
        return new Levels(Scale.nice(highest * 1.04));
    }

    /// Where lines are drawn, zero first.
    public double[] values() {
        return Scale.levels(max);
    }
}

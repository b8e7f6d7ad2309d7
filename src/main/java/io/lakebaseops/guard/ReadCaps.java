package io.lakebaseops.guard;

import java.time.Duration;

/// How much a typed statement may cost: rows, bytes of text and time.
///
/// @param rows of the result that are kept
/// @param bytes of all cells together, as characters
/// @param cell longest cell; the rest of a longer one is cut off
public record ReadCaps(int rows, long bytes, int cell, Duration time) {
    /// A screen full of rows many times over, and less than a model or a window chokes on.
    public static final ReadCaps USUAL =
            new ReadCaps(1_000, 4L << 20, 32 << 10, Duration.ofSeconds(30));

    public ReadCaps {
        if (rows < 1 || bytes < 1 || cell < 1 || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("Caps are positive");
        }
    }
}

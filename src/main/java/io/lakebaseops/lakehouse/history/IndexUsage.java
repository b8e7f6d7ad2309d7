package io.lakebaseops.lakehouse.history;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How often one index was scanned, look by look.
///
/// @param looks oldest first
public record IndexUsage(List<Look> looks) {
    public static final IndexUsage UNKNOWN = new IndexUsage(List.of());

    public IndexUsage {
        looks = List.copyOf(looks);
    }

    /// @param interval since the look before; zero for the first
    /// @param scans in the interval; null for the first look
    /// @param reset the counters began anew in it
    public record Look(
            Instant at,
            Duration interval,
            @Nullable Long scans,
            long bytes,
            boolean reset,
            boolean simulated) {}

    /// Scans a day, day by day up to a moment; NaN for days nobody looked at.
    public double[] perDay(Instant until, int days) {
        var values = new double[days];
        java.util.Arrays.fill(values, Double.NaN);
        for (var look : looks) {
            var scans = look.scans();
            if (scans == null || look.interval().isZero()) {
                continue;
            }
            double perDay = scans * 86_400.0 / look.interval().toSeconds();
            var from = look.at().minus(look.interval());
            for (int d = 0; d < days; d++) {
                var end = until.minus(Duration.ofDays(days - 1L - d));
                var middle = end.minus(Duration.ofHours(12));
                if (!middle.isBefore(from) && middle.isBefore(look.at())) {
                    values[d] = perDay;
                }
            }
        }
        return values;
    }

    /// Until when it was generated for demonstration; null when all was measured.
    public @Nullable Instant generatedUntil() {
        return looks.stream()
                .filter(Look::simulated)
                .map(Look::at)
                .reduce((a, b) -> b)
                .orElse(null);
    }
}

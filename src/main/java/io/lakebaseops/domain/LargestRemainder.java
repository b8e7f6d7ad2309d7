package io.lakebaseops.domain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Divides an amount by weights so that the parts sum to it to the last digit. The method of the
/// largest remainder (Hamilton): parts are cut off, and the units that are left over go to the
/// parts that lost most.
public final class LargestRemainder {
    private LargestRemainder() {}

    /// @param weights not negative; at least one above zero
    /// @param digits of the parts behind the point, no fewer than the amount has
    /// @throws IllegalArgumentException when the amount cannot be divided so
    public static List<BigDecimal> divide(BigDecimal amount, List<BigDecimal> weights, int digits) {
        var total = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (total.signum() <= 0 || weights.stream().anyMatch(w -> w.signum() < 0)) {
            throw new IllegalArgumentException("weights must not be negative nor all zero");
        }
        var exact = amount.setScale(digits, RoundingMode.UNNECESSARY);
        var parts = new ArrayList<BigDecimal>();
        var lost = new ArrayList<BigDecimal>();
        var left = exact;
        for (var weight : weights) {
            var share = exact.multiply(weight).divide(total, MathContext.DECIMAL128);
            var part = share.setScale(digits, RoundingMode.DOWN);
            parts.add(part);
            lost.add(share.subtract(part).abs());
            left = left.subtract(part);
        }
        var unit = BigDecimal.ONE.movePointLeft(digits).multiply(BigDecimal.valueOf(left.signum()));
        var order =
                IntStream.range(0, parts.size())
                        .boxed()
                        .filter(i -> weights.get(i).signum() > 0)
                        .sorted(Comparator.comparing(lost::get, Comparator.reverseOrder()))
                        .toList();
        for (int i = 0; left.signum() != 0; i++) {
            var at = order.get(i % order.size());
            parts.set(at, parts.get(at).add(unit));
            left = left.subtract(unit);
        }
        return List.copyOf(parts);
    }
}

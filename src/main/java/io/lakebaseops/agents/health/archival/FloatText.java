package io.lakebaseops.agents.health.archival;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// The shortest text of a floating-point number, as PostgreSQL has written it since version 12:
/// plain between 1e-4 and 1e15 (1e6 for `real`), with an exponent outside.
///
/// Java's own text differs in two ways: it has two digits at least, and it may lie exactly between
/// two numbers, which PostgreSQL never writes, since not every reader rounds that to the even one.
final class FloatText {
    private static final int PLAIN_FROM = -4;
    private static final int DOUBLE_PLAIN_BELOW = 15;
    private static final int FLOAT_PLAIN_BELOW = 6;
    private static final int MOST_DIGITS = 17;

    private FloatText() {}

    static String of(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
            return special(value);
        }
        double size = Math.abs(value);
        var around =
                new Interval(
                        new BigDecimal(Math.nextDown(size)),
                        new BigDecimal(size),
                        size == Double.MAX_VALUE
                                ? new BigDecimal(size).add(new BigDecimal(Math.ulp(size)))
                                : new BigDecimal(Math.nextUp(size)));
        return text(
                value < 0,
                around.shortest(new BigDecimal(Double.toString(size))),
                DOUBLE_PLAIN_BELOW);
    }

    static String of(float value) {
        if (Float.isNaN(value) || Float.isInfinite(value) || value == 0) {
            return special(value);
        }
        float size = Math.abs(value);
        var around =
                new Interval(
                        new BigDecimal(Math.nextDown(size)),
                        new BigDecimal(size),
                        size == Float.MAX_VALUE
                                ? new BigDecimal(size).add(new BigDecimal(Math.ulp(size)))
                                : new BigDecimal(Math.nextUp(size)));
        return text(
                value < 0,
                around.shortest(new BigDecimal(Float.toString(size))),
                FLOAT_PLAIN_BELOW);
    }

    /// A number between its neighbours.
    private record Interval(BigDecimal below, BigDecimal number, BigDecimal above) {
        /// @param usual Java's text: the shortest but for the two differences
        BigDecimal shortest(BigDecimal usual) {
            var stripped = usual.stripTrailingZeros();
            if (stripped.precision() > 2 && isInside(stripped)) {
                return stripped;
            }
            for (int digits = 1; digits < MOST_DIGITS; digits++) {
                var down = number.round(new MathContext(digits, RoundingMode.DOWN));
                var up = number.round(new MathContext(digits, RoundingMode.UP));
                boolean downFits = isInside(down);
                boolean upFits = isInside(up);
                if (downFits && upFits) {
                    return nearer(down, up);
                }
                if (downFits || upFits) {
                    return downFits ? down : up;
                }
            }
            return number.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN));
        }

        private BigDecimal nearer(BigDecimal down, BigDecimal up) {
            return number.subtract(down).compareTo(up.subtract(number)) <= 0 ? down : up;
        }

        /// Nearer to the number than to its neighbours; half-way is not.
        private boolean isInside(BigDecimal text) {
            var twice = text.add(text);
            return twice.compareTo(number.add(below)) > 0 && twice.compareTo(number.add(above)) < 0;
        }
    }

    private static String special(double value) {
        if (value == 0) {
            return Double.doubleToRawLongBits(value) < 0 ? "-0" : "0";
        }
        return Double.toString(value);
    }

    private static String text(boolean negative, BigDecimal number, int plainBelow) {
        var stripped = number.stripTrailingZeros();
        var digits = stripped.unscaledValue().toString();
        int exponent = digits.length() - 1 - stripped.scale();
        var sign = negative ? "-" : "";
        if (exponent >= PLAIN_FROM && exponent < plainBelow) {
            return sign + stripped.toPlainString();
        }
        return "%s%s%se%s%02d"
                .formatted(
                        sign,
                        digits.charAt(0),
                        digits.length() == 1 ? "" : "." + digits.substring(1),
                        exponent < 0 ? "-" : "+",
                        Math.abs(exponent));
    }
}

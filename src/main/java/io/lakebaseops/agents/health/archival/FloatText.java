package io.lakebaseops.agents.health.archival;

import java.math.BigDecimal;
import java.math.MathContext;

/// The shortest text of a floating-point number, as PostgreSQL has written it since version 12:
/// plain between 1e-4 and 1e15 (1e6 for `real`), with an exponent outside.
final class FloatText {
    private static final int PLAIN_FROM = -4;
    private static final int DOUBLE_PLAIN_BELOW = 15;
    private static final int FLOAT_PLAIN_BELOW = 6;

    private FloatText() {}

    static String of(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
            return special(value);
        }
        var shortest = new BigDecimal(Double.toString(value));
        // Java never writes fewer than two digits.
        var one = shortest.round(new MathContext(1));
        return text(one.doubleValue() == value ? one : shortest, DOUBLE_PLAIN_BELOW);
    }

    static String of(float value) {
        if (Float.isNaN(value) || Float.isInfinite(value) || value == 0) {
            return special(value);
        }
        var shortest = new BigDecimal(Float.toString(value));
        var one = shortest.round(new MathContext(1));
        return text(one.floatValue() == value ? one : shortest, FLOAT_PLAIN_BELOW);
    }

    private static String special(double value) {
        if (value == 0) {
            return Double.doubleToRawLongBits(value) < 0 ? "-0" : "0";
        }
        return Double.toString(value);
    }

    private static String text(BigDecimal number, int plainBelow) {
        var stripped = number.stripTrailingZeros();
        var digits = stripped.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - stripped.scale();
        if (exponent >= PLAIN_FROM && exponent < plainBelow) {
            return stripped.toPlainString();
        }
        return "%s%s%se%s%02d"
                .formatted(
                        stripped.signum() < 0 ? "-" : "",
                        digits.charAt(0),
                        digits.length() == 1 ? "" : "." + digits.substring(1),
                        exponent < 0 ? "-" : "+",
                        Math.abs(exponent));
    }
}

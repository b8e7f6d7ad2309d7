package io.lakebaseops.agents.health.archival;

import java.math.BigDecimal;
import java.math.BigInteger;

/// The binary form of `numeric`: digits to the base of 10,000, the weight of the first, sign and
/// scale; to and from the digits of a decimal of a fixed scale.
final class NumericWire {
    static final int LONG_DIGITS = 18;

    /// Most bytes that a decimal of 38 digits takes.
    static final int MOST_BYTES = 8 + 2 * 12;

    private static final int HEADER = 8;
    private static final int GROUP = 4;
    private static final int BASE = 10_000;
    private static final BigInteger BIG_BASE = BigInteger.valueOf(BASE);
    private static final int MINUS = 0x4000;
    private static final int SPECIAL = 0xC000;
    private static final long[] TENS = new long[LONG_DIGITS + 1];

    static {
        TENS[0] = 1;
        for (int i = 1; i < TENS.length; i++) {
            TENS[i] = TENS[i - 1] * 10;
        }
    }

    private NumericWire() {}

    /// @throws ArithmeticException for NaN, infinities, and what does not fit
    static long unscaled(byte[] bytes, int from, int scale) {
        int count = WireBytes.int2(bytes, from);
        int weight = WireBytes.int2(bytes, from + 2);
        int sign = sign(bytes, from);
        long sum = 0;
        for (int i = 0; i < count; i++) {
            long group = WireBytes.int2(bytes, from + HEADER + 2 * i);
            int power = (weight - i) * GROUP + scale;
            if (power >= 0) {
                sum = Math.addExact(sum, Math.multiplyExact(group, tens(power)));
            } else {
                long divisor = tens(-power);
                if (group % divisor != 0) {
                    throw new ArithmeticException("more than %d decimal places".formatted(scale));
                }
                sum = Math.addExact(sum, group / divisor);
            }
        }
        return sign == MINUS ? -sum : sum;
    }

    private static long tens(int power) {
        if (power > LONG_DIGITS) {
            throw new ArithmeticException("too many digits");
        }
        return TENS[power];
    }

    private static int sign(byte[] bytes, int from) {
        int sign = WireBytes.int2(bytes, from + 4) & 0xffff;
        if ((sign & SPECIAL) == SPECIAL) {
            throw new ArithmeticException("NaN or infinity");
        }
        return sign;
    }

    /// @throws ArithmeticException for NaN, infinities, and what does not fit
    static BigDecimal decimal(byte[] bytes, int from, int scale) {
        int count = WireBytes.int2(bytes, from);
        int weight = WireBytes.int2(bytes, from + 2);
        int sign = sign(bytes, from);
        var sum = BigInteger.ZERO;
        for (int i = 0; i < count; i++) {
            long group = WireBytes.int2(bytes, from + HEADER + 2 * i);
            sum = sum.multiply(BIG_BASE).add(BigInteger.valueOf(group));
        }
        var size = new BigDecimal(sum, (count - 1 - weight) * GROUP).setScale(scale);
        return sign == MINUS ? size.negate() : size;
    }

    /// @return how many bytes it took
    static int write(byte[] into, int at, long unscaled, int precision, int scale) {
        int pad = (GROUP - scale % GROUP) % GROUP;
        if (precision + pad > LONG_DIGITS) {
            return write(into, at, BigInteger.valueOf(unscaled), scale);
        }
        long rest = Math.abs(unscaled) * TENS[pad];
        int skipped = 0;
        while (rest != 0 && rest % BASE == 0) {
            rest /= BASE;
            skipped++;
        }
        int count = 0;
        for (long r = rest; r != 0; r /= BASE) {
            count++;
        }
        for (int i = count - 1; i >= 0; i--) {
            WireBytes.int2(into, at + HEADER + 2 * i, (int) (rest % BASE));
            rest /= BASE;
        }
        return header(into, at, count, skipped, unscaled < 0, scale);
    }

    /// @return how many bytes it took
    static int write(byte[] into, int at, BigInteger unscaled, int scale) {
        int pad = (GROUP - scale % GROUP) % GROUP;
        var rest = unscaled.abs().multiply(BigInteger.valueOf(TENS[pad]));
        var groups = new int[MOST_BYTES / 2];
        int count = 0;
        int skipped = 0;
        while (rest.signum() != 0) {
            var parts = rest.divideAndRemainder(BIG_BASE);
            int group = parts[1].intValueExact();
            if (count == 0 && group == 0) {
                skipped++;
            } else {
                groups[count++] = group;
            }
            rest = parts[0];
        }
        for (int i = 0; i < count; i++) {
            WireBytes.int2(into, at + HEADER + 2 * i, groups[count - 1 - i]);
        }
        return header(into, at, count, skipped, unscaled.signum() < 0, scale);
    }

    private static int header(
            byte[] into, int at, int count, int skipped, boolean minus, int scale) {
        int behindPoint = (scale + GROUP - 1) / GROUP;
        WireBytes.int2(into, at, count);
        WireBytes.int2(into, at + 2, count == 0 ? 0 : count + skipped - 1 - behindPoint);
        WireBytes.int2(into, at + 4, minus ? MINUS : 0);
        WireBytes.int2(into, at + 6, scale);
        return HEADER + 2 * count;
    }
}

package io.lakebaseops.console.cost;

import io.lakebaseops.domain.LargestRemainder;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/// Amounts as the screen writes them: cents that sum to the figure below them.
final class Money {
    private static final int CENTS = 2;

    private Money() {}

    static String of(BigDecimal amount, @Nullable String currency) {
        return of(amount.doubleValue(), currency);
    }

    static String of(double amount, @Nullable String currency) {
        var digits = String.format(Locale.ENGLISH, "%,.2f", Math.abs(amount));
        var sign = amount < 0 && !digits.equals("0.00") ? "−" : "";
        if (currency == null) {
            return sign + digits;
        }
        return currency.equals("USD") ? sign + "$" + digits : sign + digits + " " + currency;
    }

    /// Without cents, for axes.
    static String axis(double amount, @Nullable String currency) {
        var digits =
                amount >= 10 || amount == Math.rint(amount)
                        ? String.format(Locale.ENGLISH, "%,.0f", amount)
                        : String.format(Locale.ENGLISH, amount >= 1 ? "%.1f" : "%.2f", amount);
        return "USD".equals(currency) ? "$" + digits : digits;
    }

    /// The parts in cents, which sum to the rounded total to the cent.
    static List<BigDecimal> cents(List<BigDecimal> parts) {
        var total = parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean divisible = parts.stream().noneMatch(p -> p.signum() < 0) && total.signum() > 0;
        return divisible
                ? LargestRemainder.divide(total.setScale(CENTS, RoundingMode.HALF_UP), parts, CENTS)
                : parts.stream().map(p -> p.setScale(CENTS, RoundingMode.HALF_UP)).toList();
    }
}

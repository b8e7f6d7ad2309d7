package io.lakebaseops.agents.health.operations;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;

/// What a month will have cost at its end: what is billed, and for each day to come the median of
/// like days of the last four weeks.
///
/// @param expected in the bill's currency
/// @param plusMinus nine of ten months are expected within
/// @param perDay what a coming day is expected to cost
/// @param perDayPlusMinus the same for one day
public record MonthEnd(double expected, double plusMinus, double perDay, double perDayPlusMinus) {
    private static final int BACK = 28;
    private static final int LEAST_DAYS = 7;

    /// Of a normal distribution: nine of ten lie within so many standard deviations.
    private static final double NINE_OF_TEN = 1.645;

    /// Empty with fewer than seven whole days behind.
    ///
    /// @param costs by day, of the month and some weeks before
    /// @param last the last day whose usage is complete
    public static Optional<MonthEnd> of(SortedMap<LocalDate, BigDecimal> costs, LocalDate last) {
        var past = costs.tailMap(last.minusDays(BACK - 1L)).headMap(last.plusDays(1));
        if (past.size() < LEAST_DAYS) {
            return Optional.empty();
        }
        var month = last.plusDays(1).withDayOfMonth(1);
        double billed =
                costs.tailMap(month).headMap(last.plusDays(1)).values().stream()
                        .mapToDouble(BigDecimal::doubleValue)
                        .sum();
        double expected = billed;
        int ahead = 0;
        for (var day = last.plusDays(1);
                day.getMonth() == month.getMonth() && day.getYear() == month.getYear();
                day = day.plusDays(1)) {
            expected += usual(past, day);
            ahead++;
        }
        double square = 0;
        for (var day : past.entrySet()) {
            double off = day.getValue().doubleValue() - usual(past, day.getKey());
            square += off * off;
        }
        double spread = Math.sqrt(square / past.size());
        double perDay = ahead == 0 ? 0 : (expected - billed) / ahead;
        return Optional.of(
                new MonthEnd(
                        expected,
                        NINE_OF_TEN * spread * Math.sqrt(ahead),
                        perDay,
                        NINE_OF_TEN * spread));
    }

    /// The median of the days of its kind, or of all where there is none of its kind.
    static double usual(SortedMap<LocalDate, BigDecimal> past, LocalDate day) {
        var same =
                past.entrySet().stream()
                        .filter(e -> weekend(e.getKey()) == weekend(day))
                        .mapToDouble(e -> e.getValue().doubleValue())
                        .sorted()
                        .toArray();
        var values =
                same.length > 0
                        ? same
                        : past.values().stream()
                                .mapToDouble(BigDecimal::doubleValue)
                                .sorted()
                                .toArray();
        return values.length == 0
                ? 0
                : Arrays.stream(values).skip(values.length / 2).findFirst().orElse(0);
    }

    private static boolean weekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
}

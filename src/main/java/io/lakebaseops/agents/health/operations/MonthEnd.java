package io.lakebaseops.agents.health.operations;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.SortedMap;

/// What a month will have cost at its end: what is billed, and for each day to come the median of
/// like days of the last four weeks.
///
/// @param expected in the bill's currency
/// @param plusMinus nine of ten months are expected within
/// @param working what a coming working day is expected to cost, `weekend` a day of a weekend
/// @param dayPlusMinus nine of ten days are expected within
public record MonthEnd(
        double expected, double plusMinus, double working, double weekend, double dayPlusMinus) {
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
        return Optional.of(
                new MonthEnd(
                        expected,
                        NINE_OF_TEN * spread * Math.sqrt(ahead),
                        usual(past, day(last, DayOfWeek.MONDAY)),
                        usual(past, day(last, DayOfWeek.SUNDAY)),
                        NINE_OF_TEN * spread));
    }

    private static LocalDate day(LocalDate from, DayOfWeek which) {
        return from.with(TemporalAdjusters.next(which));
    }

    /// What this day to come is expected to cost.
    public double on(LocalDate day) {
        return weekend(day) ? weekend : working;
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
        return values.length == 0 ? 0 : values[values.length / 2];
    }

    private static boolean weekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
}

package io.lakebaseops.agents.health.operations;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Days on which a branch cost clearly more than days like those before: above the median of the
/// working days (or weekends) of four weeks by several times their usual spread. A branch that did
/// not cost anything before is told as new, without an expectation.
///
/// @param until last day of it so far
/// @param cost of its days together
/// @param expected of those days together; 0 for a new branch
/// @param low and `high`: between them a day was expected
/// @param fresh whether the branch is new and nothing is expected of it
public record CostAnomaly(
        String branch,
        LocalDate from,
        LocalDate until,
        int days,
        double cost,
        double expected,
        double low,
        double high,
        boolean fresh) {
    private static final int BACK = 28;

    /// Fewer days say nothing about the usual.
    private static final int LEAST_DAYS = 4;

    /// In robust standard deviations: with normal noise one day in 2,000 is above.
    public static final double SPREADS = 3.5;

    private static final double SIGMA_OF_MAD = 1.4826;

    /// Of the usual day: less is not worth a person's time.
    private static final double LEAST_RISE = 0.2;

    /// Of an average day of the whole project, for the same reason.
    private static final double LEAST_SHARE = 0.02;

    /// A new branch is told when it takes this share of the bill of its days.
    private static final double NEW_SHARE = 0.1;

    public double more() {
        return cost - expected;
    }

    private record Usual(double median, double allowed) {}

    /// @param costs by branch and day; a day that is missing cost nothing
    /// @param last the last day whose usage is complete
    static List<CostAnomaly> of(
            Map<String, SortedMap<LocalDate, BigDecimal>> costs, LocalDate last) {
        var first =
                costs.values().stream()
                        .filter(d -> !d.isEmpty())
                        .map(SortedMap::firstKey)
                        .min(LocalDate::compareTo)
                        .orElse(last);
        double total =
                costs.values().stream()
                        .flatMap(d -> d.values().stream())
                        .mapToDouble(BigDecimal::doubleValue)
                        .sum();
        double averageDay = total / Math.max(1, last.toEpochDay() - first.toEpochDay() + 1);
        var found = new ArrayList<CostAnomaly>();
        new TreeMap<>(costs)
                .forEach((branch, days) -> find(branch, days, first, last, averageDay, found));
        found.sort((a, b) -> Double.compare(b.more(), a.more()));
        return List.copyOf(found);
    }

    private static void find(
            String branch,
            SortedMap<LocalDate, BigDecimal> days,
            LocalDate first,
            LocalDate last,
            double averageDay,
            List<CostAnomaly> found) {
        if (days.isEmpty()) {
            return;
        }
        boolean fresh = days.firstKey().isAfter(first.plusDays(LEAST_DAYS));
        var usual = new TreeMap<LocalDate, Double>();
        CostAnomaly open = null;
        for (var day = days.firstKey(); !day.isAfter(last); day = day.plusDays(1)) {
            double cost = days.getOrDefault(day, BigDecimal.ZERO).doubleValue();
            var expected = usual(usual, day);
            if (expected == null) {
                usual.put(day, cost);
                continue;
            }
            double most = expected.median() + expected.allowed();
            if (cost > most && cost - expected.median() > LEAST_SHARE * averageDay) {
                var low = Math.max(0, expected.median() - expected.allowed());
                open = longer(open, branch, day, cost, expected.median(), low, most);
            } else {
                usual.put(day, cost);
                // A weekend in between does not end what goes on on working days.
                if (open != null && day.toEpochDay() - open.until().toEpochDay() > 3) {
                    found.add(open);
                    open = null;
                }
            }
        }
        if (open != null) {
            found.add(open);
        }
        if (fresh) {
            newBranch(branch, days, last, averageDay, found);
        }
    }

    private static CostAnomaly longer(
            @Nullable CostAnomaly open,
            String branch,
            LocalDate day,
            double cost,
            double expected,
            double low,
            double high) {
        return open == null
                ? new CostAnomaly(branch, day, day, 1, cost, expected, low, high, false)
                : new CostAnomaly(
                        branch,
                        open.from(),
                        day,
                        open.days() + 1,
                        open.cost() + cost,
                        open.expected() + expected,
                        low,
                        high,
                        false);
    }

    private static @Nullable Usual usual(SortedMap<LocalDate, Double> usual, LocalDate day) {
        var values =
                usual.tailMap(day.minusDays(BACK)).entrySet().stream()
                        .filter(e -> weekend(e.getKey()) == weekend(day))
                        .mapToDouble(Map.Entry::getValue)
                        .sorted()
                        .toArray();
        if (values.length < LEAST_DAYS) {
            return null;
        }
        double median = middle(values);
        var off = new double[values.length];
        for (int i = 0; i < off.length; i++) {
            off[i] = Math.abs(values[i] - median);
        }
        Arrays.sort(off);
        double spread = SPREADS * SIGMA_OF_MAD * middle(off);
        return new Usual(median, Math.max(spread, LEAST_RISE * median));
    }

    private static double middle(double[] sorted) {
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    private static boolean weekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private static void newBranch(
            String branch,
            SortedMap<LocalDate, BigDecimal> days,
            LocalDate last,
            double averageDay,
            List<CostAnomaly> found) {
        var from = days.firstKey();
        int count = (int) (last.toEpochDay() - from.toEpochDay() + 1);
        double cost = days.values().stream().mapToDouble(BigDecimal::doubleValue).sum();
        if (count > 0 && cost > NEW_SHARE * averageDay * count) {
            found.add(new CostAnomaly(branch, from, last, count, cost, 0, 0, 0, true));
        }
    }
}

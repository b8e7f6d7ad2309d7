package io.lakebaseops.agents.health.operations;

import io.lakebaseops.agents.health.operations.MeasuredTime.Split;
import io.lakebaseops.domain.LargestRemainder;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A part of what a branch cost on a day. The parts of one split sum to the bill of the day to the
/// last digit; what nobody used is a part of its own.
///
/// @param key role, application or queryid; in parentheses: what is none of those
record CostShare(LocalDate day, String branch, Split split, String key, BigDecimal cost) {
    /// The compute was awake and nothing ran.
    static final String IDLE = "(idle)";

    /// Storage has no user.
    static final String STORAGE = "(storage)";

    /// Billed, but who used it was not measured.
    static final String UNKNOWN = "(not attributed)";

    /// Statements that are not among the day's first.
    static final String OTHERS = "(other statements)";

    /// Sessions without an application name.
    static final String NAMELESS = "(no application name)";

    /// An hour's cost belongs to its five minutes alike: those in which statements ran to the
    /// statements by their time, the others to nobody.
    ///
    /// @param lines of the branch on the day, all with a price in one currency
    static List<CostShare> of(
            LocalDate day, String branch, List<BillLine> lines, MeasuredTime measured) {
        var zero = BigDecimal.ZERO.setScale(BillLine.DIGITS);
        var storage = zero;
        var hours = new TreeMap<Instant, BigDecimal>();
        for (var line : lines) {
            var cost = line.cost();
            if (cost != null && line.compute()) {
                hours.merge(hour(line), cost, BigDecimal::add);
            } else if (cost != null) {
                storage = storage.add(cost);
            }
        }
        var busy = zero;
        var idle = zero;
        var unknown = zero;
        for (var hour : hours.entrySet()) {
            var cost = hour.getValue();
            var rounds = measured.hour(branch, hour.getKey());
            if (rounds == null || rounds.rounds() == 0) {
                unknown = unknown.add(cost);
            } else {
                var used =
                        cost.multiply(BigDecimal.valueOf(rounds.busy()))
                                .divide(
                                        BigDecimal.valueOf(rounds.rounds()),
                                        BillLine.DIGITS,
                                        RoundingMode.DOWN);
                busy = busy.add(used);
                idle = idle.add(cost.subtract(used));
            }
        }
        var shares = new ArrayList<CostShare>();
        for (var split : Split.values()) {
            var users = measured.of(split, branch, day);
            boolean known =
                    users.values().stream().anyMatch(s -> s.signum() > 0) && busy.signum() != 0;
            if (known) {
                var keys = List.copyOf(users.keySet());
                var weights = keys.stream().map(users::get).toList();
                var parts = LargestRemainder.divide(busy, weights, BillLine.DIGITS);
                for (int i = 0; i < keys.size(); i++) {
                    add(shares, new CostShare(day, branch, split, keys.get(i), parts.get(i)));
                }
            }
            var rest = known ? unknown : unknown.add(busy);
            add(shares, new CostShare(day, branch, split, IDLE, idle));
            add(shares, new CostShare(day, branch, split, STORAGE, storage));
            add(shares, new CostShare(day, branch, split, UNKNOWN, rest));
        }
        return shares;
    }

    private static void add(List<CostShare> shares, CostShare share) {
        if (share.cost().signum() != 0) {
            shares.add(share);
        }
    }

    /// The hour in which the usage ended.
    private static Instant hour(BillLine line) {
        return line.until().minusMillis(1).truncatedTo(ChronoUnit.HOURS);
    }
}

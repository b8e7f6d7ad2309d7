package io.lakebaseops.agents.health.operations;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the platform bills a project for, as far as it has said so.
///
/// @param lines of the project
/// @param watermark usage is complete up to here; null when there is none
/// @param nameless usage of this account's databases that names no project
/// @param caveats what limits the bill, in words
record Bill(
        List<BillLine> lines,
        @Nullable Instant watermark,
        List<BillLine> nameless,
        List<String> caveats) {
    Bill {
        lines = List.copyOf(lines);
        nameless = List.copyOf(nameless);
        caveats = List.copyOf(caveats);
    }

    /// The currency most lines are in; null when nothing has a price.
    @Nullable String currency() {
        var counts = new TreeMap<String, Integer>();
        for (var line : lines) {
            if (line.price() != null) {
                counts.merge(line.price().currency(), 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /// Lines with a price in the bill's currency: only those can be summed.
    List<BillLine> priced() {
        var currency = currency();
        return lines.stream()
                .filter(l -> l.price() != null && l.price().currency().equals(currency))
                .toList();
    }

    /// Used, and with no price, or with one in another currency.
    List<BillLine> unpriced() {
        var priced = priced();
        return lines.stream().filter(l -> !priced.contains(l)).toList();
    }

    static BigDecimal sum(List<BillLine> lines) {
        var sum = BigDecimal.ZERO.setScale(BillLine.DIGITS);
        for (var line : lines) {
            var cost = line.cost();
            sum = cost == null ? sum : sum.add(cost);
        }
        return sum;
    }
}

package io.lakebaseops.agents.health.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.health.operations.MeasuredTime.Split;
import io.lakebaseops.agents.health.operations.PriceBook.Origin;
import io.lakebaseops.agents.health.operations.PriceBook.Price;
import io.lakebaseops.domain.Rows;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// Prices, bills, their division and what is unusual in them.
final class CostShareTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    private static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");

    private static BillLine line(int hour, String quantity, String price, boolean compute) {
        return new BillLine(
                DAY,
                MIDNIGHT.plus(Duration.ofHours(hour + 1L)),
                "LAKEBASE",
                compute ? "COMPUTE" : "STORAGE",
                compute ? "DBU" : "DSU",
                compute ? "COMPUTE_TIME" : "STORAGE_SPACE",
                compute ? null : "BRANCH_DATA_STORAGE",
                "br-1",
                compute ? "ep-1" : null,
                new BigDecimal(quantity),
                new Price(new BigDecimal(price), "USD", Origin.LIST),
                false,
                0);
    }

    @Test
    void sharesOfEverySplitSumToTheBillToTheLastDigit() {
        var random = new Random(11);
        for (int round = 0; round < 200; round++) {
            var lines = new ArrayList<BillLine>();
            var measured = new MeasuredTime();
            for (int hour = 0; hour < 24; hour++) {
                lines.add(line(hour, "0." + (1 + random.nextInt(999_999_999)), "0.26", true));
                if (random.nextInt(4) > 0) {
                    long rounds = 1 + random.nextInt(12);
                    long busy = random.nextInt((int) rounds + 1);
                    measured.round("main", MIDNIGHT.plus(Duration.ofHours(hour)), rounds, busy);
                }
            }
            lines.add(line(7, "-0.123456789123456789", "0.26", true));
            lines.add(line(23, "1.000000000000000001", "0.023", false));
            for (int i = 0; i < random.nextInt(30); i++) {
                measured.time(Split.QUERY, "main", DAY, "q" + i, random.nextDouble() * 300);
                measured.time(Split.ROLE, "main", DAY, "r" + i % 3, random.nextDouble() * 300);
            }
            var total = Bill.sum(lines);
            var shares = CostShare.of(DAY, "main", lines, measured);
            for (var split : Split.values()) {
                var sum =
                        shares.stream()
                                .filter(s -> s.split() == split)
                                .map(CostShare::cost)
                                .reduce(BigDecimal.ZERO, BigDecimal::add);
                assertThat(sum).as(split + " in round " + round).isEqualByComparingTo(total);
            }
        }
    }

    @Test
    void anHourBelongsToWhoRanAndIdleTimeToNobody() {
        var measured =
                new MeasuredTime()
                        .round("main", MIDNIGHT, 12, 3)
                        .time(Split.ROLE, "main", DAY, "app", 600)
                        .time(Split.ROLE, "main", DAY, "etl", 300);
        var lines = List.of(line(0, "1", "0.40", true), line(1, "1", "0.40", true));
        var roles = new HashMap<String, BigDecimal>();
        CostShare.of(DAY, "main", lines, measured).stream()
                .filter(s -> s.split() == Split.ROLE)
                .forEach(s -> roles.put(s.key(), s.cost().stripTrailingZeros()));
        assertThat(roles.get(CostShare.IDLE)).isEqualByComparingTo("0.30");
        // Nobody measured the second hour.
        assertThat(roles.get(CostShare.UNKNOWN)).isEqualByComparingTo("0.40");
        assertThat(roles.get("etl")).isEqualByComparingTo("0.033333333333333333");
        assertThat(roles.get("app")).isEqualByComparingTo("0.066666666666666667");
        var applications =
                CostShare.of(DAY, "main", lines, measured).stream()
                        .filter(s -> s.split() == Split.APPLICATION)
                        .toList();
        assertThat(applications)
                .extracting(CostShare::key)
                .containsExactlyInAnyOrder(CostShare.IDLE, CostShare.UNKNOWN);
    }

    @Test
    void thePriceIsThatOfItsTimeAndNegotiatedOnesComeFirst() {
        var list =
                new Rows(
                        List.of(
                                price("0.52", "2026-01-01T00:00:00Z", "2026-11-20T12:00:00Z"),
                                price("0.26", "2026-11-20T12:00:00Z", null)));
        var negotiated =
                new Rows(List.of(price("0.20", "2026-11-20T18:00:00Z", "2026-11-20T20:00:00Z")));
        var book = PriceBook.of(negotiated, list);
        assertThat(at(book, 11)).isEqualTo("0.52 LIST");
        // Usage that ended right when the price did still has it.
        assertThat(at(book, 12)).isEqualTo("0.52 LIST");
        assertThat(at(book, 13)).isEqualTo("0.26 LIST");
        assertThat(at(book, 19)).isEqualTo("0.20 NEGOTIATED");
        assertThat(at(book, 21)).isEqualTo("0.26 LIST");
        assertThat(book.at("OTHER", "AWS", "DBU", MIDNIGHT)).isEmpty();
        assertThat(book.at("SKU", "AZURE", "DBU", MIDNIGHT)).isEmpty();
    }

    private static String at(PriceBook book, int hour) {
        var end = MIDNIGHT.plus(Duration.ofHours(hour));
        return book.at("SKU", "AWS", "DBU", end)
                .map(p -> p.perUnit() + " " + p.origin())
                .orElse("none");
    }

    private static Map<String, Object> price(String perUnit, String from, String until) {
        var row = new HashMap<String, Object>();
        row.put("sku_name", "SKU");
        row.put("cloud", "AWS");
        row.put("usage_unit", "DBU");
        row.put("currency_code", "USD");
        row.put("price_start_time", from);
        row.put("price_end_time", until);
        row.put("unit_price", perUnit);
        return row;
    }

    @Test
    void aRiseIsToldOnceWithWhatItCostMoreAndNoiseIsNot() {
        var random = new Random(3);
        var costs = new TreeMap<String, SortedMap<LocalDate, BigDecimal>>();
        var last = LocalDate.of(2026, 11, 26);
        for (var day = last.minusDays(40); !day.isAfter(last); day = day.plusDays(1)) {
            boolean weekend = day.getDayOfWeek().getValue() > 5;
            put(costs, "production", day, 30 + random.nextGaussian());
            double qa = weekend ? 0.1 : 2 + 0.1 * random.nextGaussian();
            put(costs, "qa", day, day.isAfter(last.minusDays(8)) && !weekend ? qa + 13 : qa);
            if (day.isAfter(last.minusDays(5))) {
                put(costs, "perf-1", day, 8);
            }
        }
        var found = CostAnomaly.of(costs, last);
        assertThat(found).extracting(CostAnomaly::branch).containsExactly("qa", "perf-1");
        var qa = found.getFirst();
        assertThat(qa.from()).isEqualTo(LocalDate.of(2026, 11, 19));
        assertThat(qa.until()).isEqualTo(last);
        assertThat(qa.days()).isEqualTo(6);
        assertThat(qa.more()).isBetween(77.0, 79.0);
        assertThat(found.getLast().fresh()).isTrue();
        assertThat(found.getLast().cost()).isEqualTo(40.0);
    }

    private static void put(
            Map<String, SortedMap<LocalDate, BigDecimal>> costs,
            String branch,
            LocalDate day,
            double cost) {
        costs.computeIfAbsent(branch, _ -> new TreeMap<>()).put(day, BigDecimal.valueOf(cost));
    }
}

package io.lakebaseops.agents.health.operations;

import io.lakebaseops.domain.Rows;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The prices of what was used, each with the time it held. Negotiated prices come before those of
/// the public list; where there is none, there is none: no price is ever assumed.
final class PriceBook {
    private final List<Entry> entries;

    /// Where a price comes from.
    enum Origin {
        NEGOTIATED,
        LIST
    }

    /// @param perUnit in the currency
    record Price(BigDecimal perUnit, String currency, Origin origin) {}

    private record Entry(
            String sku,
            String cloud,
            String unit,
            Instant from,
            @Nullable Instant until,
            Price price) {
        /// A price holds from after its start up to its end, both by when the usage ended.
        boolean holds(Instant usageEnd) {
            return from.isBefore(usageEnd) && (until == null || !usageEnd.isAfter(until));
        }
    }

    private PriceBook(List<Entry> entries) {
        this.entries = entries;
    }

    /// @param negotiated rows of `billing/account_prices`
    /// @param list rows of `billing/list_prices`
    static PriceBook of(Rows negotiated, Rows list) {
        var entries = new ArrayList<Entry>();
        negotiated.list().forEach(r -> add(entries, r, Origin.NEGOTIATED));
        list.list().forEach(r -> add(entries, r, Origin.LIST));
        // Where two overlap, the one that began last is meant.
        entries.sort(
                Comparator.comparing((Entry e) -> e.price().origin())
                        .thenComparing(Entry::from, Comparator.reverseOrder()));
        return new PriceBook(entries);
    }

    private static void add(List<Entry> entries, Map<String, @Nullable Object> row, Origin origin) {
        var perUnit = row.get("unit_price");
        if (perUnit == null) {
            return;
        }
        var end = row.get("price_end_time");
        entries.add(
                new Entry(
                        text(row, "sku_name"),
                        text(row, "cloud"),
                        text(row, "usage_unit"),
                        Instant.parse(text(row, "price_start_time")),
                        end == null ? null : Instant.parse(end.toString()),
                        new Price(
                                new BigDecimal(perUnit.toString()),
                                text(row, "currency_code"),
                                origin)));
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return Objects.requireNonNullElse(row.get(column), "").toString();
    }

    Optional<Price> at(String sku, String cloud, String unit, Instant usageEnd) {
        return entries.stream()
                .filter(e -> e.sku().equals(sku) && e.cloud().equals(cloud))
                .filter(e -> e.unit().equals(unit) && e.holds(usageEnd))
                .map(Entry::price)
                .findFirst();
    }
}

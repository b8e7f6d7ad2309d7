package io.lakebaseops.agents.health.operations;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Keeps each day's bill with its shares in the history. A day is written whole; one that was
/// corrected later is written again, and the newest writing counts.
final class CostLedger {
    private final Lakehouse lakehouse;
    private final ToolContext context;

    /// One for all rows of a writing: by it they are known to belong together.
    private final Instant at;

    CostLedger(Lakehouse lakehouse, ToolContext context) {
        this.lakehouse = lakehouse;
        this.context = context;
        this.at = context.clock().instant();
    }

    /// @param unpriced lines without a price
    record StoredDay(BigDecimal cost, long lines, long unpriced) {}

    /// One line of a day's bill, of everything with the same price.
    ///
    /// @param branch its name, or its uid where nobody knows the name any more
    record DayLine(
            LocalDate day,
            String branch,
            @Nullable String endpoint,
            String product,
            String sku,
            String usageType,
            @Nullable String storage,
            String unit,
            PriceBook.@Nullable Price price,
            boolean simulated,
            BigDecimal quantity,
            @Nullable BigDecimal cost) {

        static List<DayLine> of(List<BillLine> lines, Map<String, String> names) {
            var groups = new LinkedHashMap<DayLine, List<BillLine>>();
            for (var l : lines) {
                var key =
                        new DayLine(
                                l.day(),
                                named(l, names),
                                l.endpoint(),
                                l.product(),
                                l.sku(),
                                l.usageType(),
                                l.storage(),
                                l.unit(),
                                l.price(),
                                l.simulated(),
                                BigDecimal.ZERO,
                                null);
                groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(l);
            }
            var made = new ArrayList<DayLine>();
            groups.forEach((key, of) -> made.add(key.summed(of)));
            return made;
        }

        private DayLine summed(List<BillLine> lines) {
            var used =
                    lines.stream().map(BillLine::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
            return new DayLine(
                    day,
                    branch,
                    endpoint,
                    product,
                    sku,
                    usageType,
                    storage,
                    unit,
                    price,
                    simulated,
                    used,
                    price == null ? null : Bill.sum(lines));
        }
    }

    static String named(BillLine line, Map<String, String> names) {
        var uid = line.branch();
        return uid == null ? "(no branch)" : names.getOrDefault(uid, uid);
    }

    Map<LocalDate, StoredDay> stored(LocalDate from) {
        var days = new HashMap<LocalDate, StoredDay>();
        var rows =
                lakehouse.query(
                        HistoryQueries.COST_DAYS,
                        Map.of("project", context.target().project()),
                        ReadScope.ALL,
                        context.deadline());
        for (var row : rows.list()) {
            var day = LocalDate.parse(Objects.toString(row.get("usage_date")));
            if (!day.isBefore(from)) {
                var cost = row.get("cost");
                days.put(
                        day,
                        new StoredDay(
                                cost == null ? BigDecimal.ZERO : new BigDecimal(cost.toString()),
                                ((Number) Objects.requireNonNull(row.get("lines"))).longValue(),
                                ((Number) Objects.requireNonNull(row.get("unpriced")))
                                        .longValue()));
            }
        }
        return days;
    }

    /// Whether the stored bill of a day says the same.
    static boolean same(@Nullable StoredDay stored, List<DayLine> now) {
        if (stored == null) {
            return false;
        }
        var cost = BigDecimal.ZERO;
        long unpriced = 0;
        for (var line : now) {
            var its = line.cost();
            cost = its == null ? cost : cost.add(its);
            unpriced += its == null ? 1 : 0;
        }
        return stored.lines() == now.size()
                && stored.unpriced() == unpriced
                && stored.cost().compareTo(cost) == 0;
    }

    /// @param shares of the same days
    void write(List<DayLine> lines, List<CostShare> shares, MeasuredTime measured, Bill bill) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        var simulated = new HashMap<String, Boolean>();
        for (var line : lines) {
            simulated.merge(line.day() + line.branch(), line.simulated(), Boolean::logicalOr);
            var row = row(line.day(), line.branch(), line.simulated(), bill);
            row.put("product", line.product());
            row.put("sku_name", line.sku());
            row.put("usage_type", line.usageType());
            row.put("storage_type", line.storage());
            row.put("endpoint_id", line.endpoint());
            row.put("share_kind", "endpoint");
            row.put("usage_quantity", line.quantity());
            row.put("usage_unit", line.unit());
            row.put("cost", line.cost());
            var price = line.price();
            if (price != null) {
                row.put("unit_price", price.perUnit());
                row.put("price_origin", price.origin().name().toLowerCase(Locale.ROOT));
                row.put("currency", price.currency());
            }
            rows.add(row);
        }
        for (var share : shares) {
            boolean made =
                    simulated.getOrDefault(share.day() + share.branch(), false)
                            || measured.generated(share.branch(), share.day());
            var row = row(share.day(), share.branch(), made, bill);
            row.put("share_kind", share.split().name().toLowerCase(Locale.ROOT));
            row.put("share_key", share.key());
            row.put("cost", share.cost());
            row.put("currency", bill.currency());
            rows.add(row);
        }
        if (!rows.isEmpty()) {
            lakehouse.append(OpsTables.COST_ATTRIBUTION.name(), rows);
        }
    }

    private Map<String, @Nullable Object> row(
            LocalDate day, String branch, boolean simulated, Bill bill) {
        var target = context.target();
        var of = new TargetId(target.profile(), target.project(), branch);
        var row = HistoryRow.of(of, at, context.runId().toString());
        row.put("source", simulated ? "simulated" : "live");
        row.put("usage_date", day.toString());
        row.put("data_watermark", bill.watermark());
        return row;
    }
}

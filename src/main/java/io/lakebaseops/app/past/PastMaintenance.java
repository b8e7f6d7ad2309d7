package io.lakebaseops.app.past;

import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The generated past of the vacuums: the nightly one of the table that changes most, and a weekly
/// freeze.
record PastMaintenance(TargetId target, LoadCurve curve) {
    private static final double INVENTORY_BYTES = 12e6;
    private static final double ORDERS_BYTES = 31e6;

    List<Map<String, @Nullable Object>> rows() {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        var last = curve.until().atZone(ZoneOffset.UTC).toLocalDate();
        for (var day = day(curve.from()).plusDays(1); !day.isAfter(last); day = day.plusDays(1)) {
            var night = day.atTime(2, 0).toInstant(ZoneOffset.UTC);
            var slot = new PastSlot(night, java.time.Duration.ofMinutes(5));
            if (night.isBefore(curve.until()) && curve.watched(slot)) {
                rows.add(inventory(night));
                if (day.getDayOfWeek() == DayOfWeek.SUNDAY) {
                    rows.add(orders(night.plusSeconds(3600)));
                }
            }
        }
        return rows;
    }

    private static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private Map<String, @Nullable Object> inventory(Instant at) {
        boolean loose = !at.isBefore(curve.autovacuumLoosened());
        double dead = (loose ? 30_000 : 1_700) * (0.7 + 0.6 * curve.uniform("vacuum", at));
        double bytes = INVENTORY_BYTES * (loose ? 2.2 : 1);
        return row(at, "inventory", "vacuum_analyze", dead, bytes, 0.4 + dead / 1e5);
    }

    private Map<String, @Nullable Object> orders(Instant at) {
        double bytes = ORDERS_BYTES * curve.grown(at);
        return row(at, "orders", "vacuum_freeze", 900, bytes, 1.9 * curve.grown(at));
    }

    private Map<String, @Nullable Object> row(
            Instant at, String table, String operation, double dead, double bytes, double seconds) {
        var row = PastRows.of(target, at);
        row.put("operation_id", "generated-%s-%d".formatted(table, at.getEpochSecond()));
        row.put("schema_name", "shop");
        row.put("table_name", table);
        row.put("operation_type", operation);
        row.put("dead_tuples_before", Math.round(dead));
        row.put("dead_tuples_after", Math.round(dead * 0.004));
        row.put("bytes_before", Math.round(bytes));
        row.put("bytes_after", Math.round(bytes));
        row.put("duration_seconds", seconds);
        row.put("status", "succeeded");
        return row;
    }
}

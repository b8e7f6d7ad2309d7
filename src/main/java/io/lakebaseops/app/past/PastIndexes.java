package io.lakebaseops.app.past;

import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The generated past of index scans, a row an index and day: as often as the statements ran whose
/// plans use it. One index was used by a report on weekdays until that ended.
///
/// @param explained the plan of each statement now, as EXPLAIN (FORMAT JSON) gives it, by queryid
record PastIndexes(
        TargetId target,
        DemoServer server,
        PastStatements statements,
        LoadCurve curve,
        Map<Long, String> explained) {
    /// Of the planted mistakes the one that nothing uses.
    static final String ABANDONED = "orders_coupon_code_idx";

    private static final int REPORTS = 40;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Pattern INDEX_NAME = Pattern.compile("\"Index Name\":\\s*\"([^\"]+)\"");

    PastIndexes {
        explained = Map.copyOf(explained);
    }

    List<Map<String, @Nullable Object>> rows() {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        var totals = new HashMap<Long, Long>();
        var last = LocalDate.ofInstant(curve.until(), ZoneOffset.UTC);
        var first = LocalDate.ofInstant(curve.from(), ZoneOffset.UTC).plusDays(1);
        var before = curve.from();
        for (var day = first; !day.isAfter(last); day = day.plusDays(1)) {
            var night = day.atStartOfDay(ZoneOffset.UTC).toInstant();
            var slot = new PastSlot(night, Duration.between(before, night));
            if (!night.isBefore(curve.until())
                    || !curve.watched(new PastSlot(night, DAY.dividedBy(24)))) {
                continue;
            }
            var scans = scans(slot);
            for (var index : server.indexes()) {
                long its = scans.getOrDefault(index.name(), 0L);
                long total = totals.merge(index.oid(), its, Long::sum);
                rows.add(row(index, slot, its, total, before.equals(curve.from())));
            }
            before = night;
        }
        return rows;
    }

    private Map<String, Long> scans(PastSlot slot) {
        var scans = new HashMap<String, Long>();
        for (var cost : statements.costs(slot)) {
            var plan = explained.get(cost.statement().queryId());
            if (plan != null) {
                INDEX_NAME
                        .matcher(plan)
                        .results()
                        .map(m -> m.group(1))
                        .distinct()
                        .forEach(name -> scans.merge(name, cost.calls(), Long::sum));
            }
        }
        var report = slot.until().minus(DAY.dividedBy(2));
        boolean ran = report.isBefore(curve.reportEnded()) && !curve.weekend(report);
        scans.put(ABANDONED, ran ? REPORTS + curve.whole("report", report, 8) : 0);
        return scans;
    }

    private Map<String, @Nullable Object> row(
            DemoServer.Index index, PastSlot slot, long scans, long total, boolean first) {
        var row = PastRows.of(target, slot.until());
        row.put("datname", server.database());
        row.put("schema_name", index.schema());
        row.put("table_name", index.table());
        row.put("index_name", index.name());
        row.put("index_oid", index.oid());
        row.put("index_bytes", Math.round(index.bytes() * curve.grown(slot.until())));
        row.put("scans", first ? null : scans);
        row.put("interval_seconds", first ? 0.0 : slot.seconds());
        row.put("unseen_seconds", 0.0);
        row.put("scans_total", total);
        row.put("reset_detected", false);
        return row;
    }
}

package io.lakebaseops.app.past;

import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The generated past of archivals: once a month the partition of page views that has become cold.
/// Their archive does not exist, so nothing of it can be asked for or restored.
record PastArchivals(TargetId target, LoadCurve curve) {
    private static final double ROWS_A_MONTH = 410_000;
    private static final long BYTES_A_ROW = 214;

    List<Map<String, @Nullable Object>> rows() {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        var last = day(curve.until());
        for (var month = day(curve.from()).withDayOfMonth(1);
                month.isBefore(last);
                month = month.plusMonths(1)) {
            // As the job does: Sundays at 3.
            var day = month.with(TemporalAdjusters.firstInMonth(DayOfWeek.SUNDAY));
            var at = day.atTime(3, 0).toInstant(ZoneOffset.UTC).plus(Duration.ofMinutes(2));
            if (at.isAfter(curve.from()) && at.isBefore(curve.until())) {
                rows.add(row(at, month.minusMonths(4)));
            }
        }
        return rows;
    }

    private Map<String, @Nullable Object> row(Instant at, LocalDate month) {
        long moved =
                Math.round(
                        ROWS_A_MONTH * curve.grown(at) * (0.95 + 0.1 * curve.uniform("cold", at)));
        var row = PastRows.of(target, at);
        row.put("archival_id", "generated-" + month);
        row.put("source_table", "databricks_postgres.web.events");
        row.put("archive_table", "lakebase_archive.web__events_cold");
        row.put("rows_archived", moved);
        row.put("bytes_reclaimed", moved * BYTES_A_ROW);
        row.put("cold_threshold_days", 90);
        row.put("status", "succeeded");
        return row;
    }

    private static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }
}

package io.lakebaseops.lakehouse.history;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads and writes the history of index statistics.
public final class IndexUsageHistory {
    private final Lakehouse lakehouse;

    public IndexUsageHistory(Lakehouse lakehouse) {
        this.lakehouse = lakehouse;
    }

    /// What the counters of an index said last.
    ///
    /// @param simulated never: they were generated
    public record Last(Instant at, long scansTotal, boolean simulated) {}

    /// The last look at each index of a database, by OID.
    public Map<Long, Last> last(TargetId target, String database, Deadline deadline) {
        var last = new HashMap<Long, Last>();
        for (var row : ask(HistoryQueries.INDEX_USAGE_LAST, target, database, deadline).list()) {
            if (row.get("index_oid") instanceof Long oid
                    && row.get("seen_at") instanceof Instant at) {
                last.put(oid, new Last(at, whole(row, "scans_total"), simulated(row)));
            }
        }
        return last;
    }

    /// Since when each index of a database was not scanned, by OID.
    public Map<Long, IndexIdle> idle(TargetId target, String database, Deadline deadline) {
        var idle = new HashMap<Long, IndexIdle>();
        for (var row : ask(HistoryQueries.INDEX_IDLE, target, database, deadline).list()) {
            if (row.get("index_oid") instanceof Long oid
                    && row.get("watched_from") instanceof Instant from
                    && row.get("seen_at") instanceof Instant seen) {
                idle.put(
                        oid,
                        new IndexIdle(
                                from,
                                seen,
                                row.get("last_used") instanceof Instant used ? used : null,
                                whole(row, "looks_before"),
                                whole(row, "looks_used"),
                                seconds(row, "unseen_seconds"),
                                whole(row, "resets"),
                                row.get("generated_until") instanceof Instant made ? made : null));
            }
        }
        return idle;
    }

    /// How the indexes of a table were scanned in a range, by name.
    public Map<String, IndexUsage> ofTable(
            TargetId target,
            String database,
            String schema,
            String table,
            TimeRange range,
            Deadline deadline) {
        var looks = new HashMap<String, List<IndexUsage.Look>>();
        var values = values(target, database);
        values.put("schema", schema);
        values.put("table", table);
        for (var row :
                lakehouse
                        .query(
                                HistoryQueries.INDEX_USAGE_DAYS,
                                values,
                                ReadScope.between(range.from(), range.until().plusSeconds(1)),
                                deadline)
                        .list()) {
            if (row.get("recorded_at") instanceof Instant at) {
                looks.computeIfAbsent(String.valueOf(row.get("index_name")), _ -> new ArrayList<>())
                        .add(
                                new IndexUsage.Look(
                                        at,
                                        seconds(row, "interval_seconds"),
                                        row.get("scans") instanceof Number n ? n.longValue() : null,
                                        whole(row, "index_bytes"),
                                        Boolean.TRUE.equals(row.get("reset_detected")),
                                        simulated(row)));
            }
        }
        var usage = new HashMap<String, IndexUsage>();
        looks.forEach((index, its) -> usage.put(index, new IndexUsage(its)));
        return usage;
    }

    public void write(List<Map<String, @Nullable Object>> rows) {
        lakehouse.append(OpsTables.INDEX_USAGE_HISTORY.name(), rows);
    }

    private Rows ask(LakeQuery query, TargetId target, String database, Deadline deadline) {
        return lakehouse.query(query, values(target, database), ReadScope.ALL, deadline);
    }

    private static Map<String, Object> values(TargetId target, String database) {
        var values = new HashMap<String, Object>();
        values.put("project", target.project());
        values.put("branch", target.branch());
        values.put("database", database);
        return values;
    }

    private static boolean simulated(Map<String, @Nullable Object> row) {
        return "simulated".equals(row.get("source"));
    }

    private static long whole(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Number n ? n.longValue() : 0;
    }

    private static Duration seconds(Map<String, @Nullable Object> row, String column) {
        return Duration.ofMillis(Math.round(WaitHistory.number(row, column) * 1000));
    }
}

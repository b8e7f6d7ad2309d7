package io.lakebaseops.lakehouse.history;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.WaitClass;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What active sessions did in one interval of sampling: how often each kind was seen.
///
/// @param runId one sampler, so that two that look at one server are not added up
/// @param seconds length of the interval that ends at `until`
/// @param periodSeconds time between two samples
public record WaitInterval(
        String runId, Instant until, double seconds, double periodSeconds, Map<Key, Long> samples) {

    /// What tells active sessions apart.
    ///
    /// @param type `wait_event_type`, or CPU where a session waited for nothing
    public record Key(
            String type,
            @Nullable String event,
            @Nullable String backendType,
            @Nullable String database,
            @Nullable String role,
            @Nullable String application,
            @Nullable Long queryId) {

        /// Stands for everybody of this type whose details are not kept.
        Key withoutDetails() {
            return new Key(type, null, null, null, null, null, null);
        }

        public WaitClass waitClass() {
            return WaitClass.of(type);
        }
    }

    /// More kinds are summed up by type: a server with hundreds of sessions has as many.
    public static final int MOST_KEYS = 300;

    private static final Key IDLE = new Key("CPU", null, null, null, null, null, null);

    public WaitInterval {
        samples = fewer(samples);
        if (seconds <= 0 || periodSeconds <= 0) {
            throw new IllegalArgumentException("An interval has a length and a period");
        }
    }

    public Instant from() {
        return until.minusNanos((long) (seconds * 1e9));
    }

    private static Map<Key, Long> fewer(Map<Key, Long> all) {
        if (all.size() <= MOST_KEYS) {
            return Map.copyOf(all);
        }
        var kept = new HashMap<Key, Long>();
        var order = new ArrayList<>(all.entrySet());
        order.sort(Map.Entry.<Key, Long>comparingByValue().reversed());
        for (int i = 0; i < order.size(); i++) {
            var key = order.get(i).getKey();
            kept.merge(
                    i < MOST_KEYS ? key : key.withoutDetails(), order.get(i).getValue(), Long::sum);
        }
        return Map.copyOf(kept);
    }

    /// As rows of `wait_samples`; one without any sample where nobody was active, so that the
    /// interval counts as looked at.
    public List<Map<String, @Nullable Object>> rows(TargetId target, String source) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        (samples.isEmpty() ? Map.of(IDLE, 0L) : samples)
                .forEach((key, seen) -> rows.add(row(target, source, key, seen)));
        return rows;
    }

    private Map<String, @Nullable Object> row(TargetId target, String source, Key key, long seen) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("project_id", target.project());
        row.put("branch_id", target.branch());
        row.put("recorded_at", until);
        row.put("run_id", runId);
        row.put("source", source);
        row.put("wait_event_type", key.type());
        row.put("wait_event", key.event());
        row.put("backend_type", key.backendType());
        row.put("datname", key.database());
        row.put("rolname", key.role());
        row.put("application_name", key.application());
        row.put("queryid", key.queryId());
        row.put("samples", seen);
        row.put("interval_seconds", seconds);
        row.put("sample_period_seconds", periodSeconds);
        return row;
    }

    /// Seconds of this interval that lie between two moments.
    double inside(Instant start, Instant end) {
        double first = Math.max(TimeRange.seconds(start), TimeRange.seconds(from()));
        double last = Math.min(TimeRange.seconds(end), TimeRange.seconds(until));
        return Math.max(0, last - first);
    }
}

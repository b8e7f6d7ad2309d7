package io.lakebaseops.lakehouse.history;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.WaitClass;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.LakeQuery;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.history.WaitShares.Dimension;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads the samples of what active sessions waited for: the load over time, who had it, and where
/// nobody looked. What is measured but not yet written is part of each answer.
public final class WaitHistory {
    /// No interval is longer, so no more than this is read beyond the end of a range.
    public static final Duration LONGEST_INTERVAL = Duration.ofHours(3);

    private final Lakehouse lakehouse;
    private final UnwrittenWaits unwritten;

    public WaitHistory(Lakehouse lakehouse, UnwrittenWaits unwritten) {
        this.lakehouse = lakehouse;
        this.unwritten = unwritten;
    }

    /// The average active sessions of a range in equally long slices, by wait class.
    public WaitLoad load(TargetId target, TimeRange range, int slices, Deadline deadline) {
        return load(target, range, slices, null, deadline);
    }

    /// The same of one statement.
    public WaitLoad load(
            TargetId target,
            TimeRange range,
            int slices,
            @Nullable Long queryId,
            Deadline deadline) {
        var waiting = unwritten.heldFor(target);
        var values = values(target, range);
        values.put("slices", slices);
        values.put("queryid", queryId);
        var rows = query(HistoryQueries.WAIT_LOAD, values, range, waiting, deadline);
        var sums = new ArrayList<SliceSums>();
        for (int i = 0; i < slices; i++) {
            sums.add(new SliceSums());
        }
        for (var row : rows.list()) {
            int slice = (int) number(row, "slice");
            sums.get(slice).add(row.get("wait_event_type"), number(row, "session_seconds"));
            sums.get(slice).simulated |= Boolean.TRUE.equals(row.get("simulated"));
        }
        for (var interval : waiting) {
            for (int i = 0; i < slices; i++) {
                double inside =
                        interval.inside(range.slice(i, slices), range.slice(i + 1L, slices));
                if (inside > 0) {
                    sums.get(i).add(interval, inside, queryId);
                }
            }
        }
        var made = new ArrayList<WaitLoad.Slice>();
        for (int i = 0; i < slices; i++) {
            made.add(sums.get(i).slice(range.slice(i, slices), range.slice(i + 1L, slices)));
        }
        return new WaitLoad(range, made);
    }

    /// Who had the load of a range: the `keys` largest by class, and all the others together.
    public WaitShares shares(
            TargetId target, TimeRange range, Dimension by, int keys, Deadline deadline) {
        var waiting = unwritten.heldFor(target);
        var values = values(target, range);
        values.put("dimension", by.name().toLowerCase(Locale.ROOT));
        values.put("keys", waiting.isEmpty() ? keys : Integer.MAX_VALUE);
        var rows = query(HistoryQueries.WAIT_SHARES, values, range, waiting, deadline);
        var sums = new ShareSums(by);
        rows.list().forEach(sums::add);
        for (var interval : waiting) {
            double inside = interval.inside(range.from(), range.until());
            if (inside > 0) {
                sums.add(interval, inside);
            }
        }
        return sums.shares(keys);
    }

    /// The spans of a range, longer than a limit, in which nothing was sampled.
    public List<TimeRange> gaps(
            TargetId target, TimeRange range, Duration longerThan, Deadline deadline) {
        var waiting = unwritten.heldFor(target);
        var written =
                new HistoryGaps(lakehouse, OpsTables.WAIT_SAMPLES.name())
                        .covered(target, range, longerThan, deadline);
        waiting.stream()
                .sorted(Comparator.comparing(WaitInterval::until))
                .forEach(i -> written.cover(i.from(), i.until()));
        return written.gaps();
    }

    private Rows query(
            LakeQuery query,
            Map<String, @Nullable Object> values,
            TimeRange range,
            List<WaitInterval> waiting,
            Deadline deadline) {
        // Those in memory may have been written since they were asked for: the history is read
        // without them, or they would count twice.
        var oldest = waiting.isEmpty() ? null : waiting.getFirst();
        values.put("skip_run", oldest == null ? "" : oldest.runId());
        values.put("skip_from", oldest == null ? 0.0 : TimeRange.seconds(oldest.from()));
        return lakehouse.query(
                query,
                values,
                ReadScope.between(range.from(), range.until().plus(LONGEST_INTERVAL)),
                deadline);
    }

    private static HashMap<String, @Nullable Object> values(TargetId target, TimeRange range) {
        var values = new HashMap<String, @Nullable Object>(range.parameters());
        values.put("project", target.project());
        values.put("branch", target.branch());
        return values;
    }

    static double number(Map<String, @Nullable Object> row, String column) {
        return row.get(column) instanceof Number n ? n.doubleValue() : 0;
    }

    private static final class SliceSums {
        private final Map<WaitClass, Double> seconds = new EnumMap<>(WaitClass.class);
        private double sampled;
        private boolean simulated;

        void add(@Nullable Object type, double sessionSeconds) {
            if (type == null) {
                sampled += sessionSeconds;
            } else {
                seconds.merge(WaitClass.of(type.toString()), sessionSeconds, Double::sum);
            }
        }

        void add(WaitInterval interval, double inside, @Nullable Long queryId) {
            sampled += inside;
            interval.samples()
                    .forEach(
                            (key, seen) -> {
                                if (queryId == null || queryId.equals(key.queryId())) {
                                    seconds.merge(
                                            key.waitClass(),
                                            seen
                                                    * interval.periodSeconds()
                                                    * inside
                                                    / interval.seconds(),
                                            Double::sum);
                                }
                            });
        }

        WaitLoad.Slice slice(Instant from, Instant until) {
            var sessions = new EnumMap<WaitClass, Double>(WaitClass.class);
            if (sampled > 0) {
                seconds.forEach((c, s) -> sessions.put(c, s / sampled));
            }
            return new WaitLoad.Slice(from, until, sessions, sampled, simulated);
        }
    }
}

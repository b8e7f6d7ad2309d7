package io.lakebaseops.agents.performance.maintenance;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How many dead rows each table had whenever somebody looked, of the last day. Of fixed size: the
/// older the samples, the fewer are kept, and only the tables with the most dead rows are.
final class DeadRowSamples {
    private static final int MOST_SAMPLES = 240;
    private static final int MOST_TABLES = 200;
    private static final Duration KEPT = Duration.ofHours(24);

    private record Sample(Instant at, long nextXid, Map<Long, Long> dead) {}

    private final List<Sample> samples = new ArrayList<>();

    synchronized void add(Instant at, long nextXid, List<TableState> states) {
        var dead = new HashMap<Long, Long>();
        states.stream()
                .filter(s -> !s.countersLost())
                .sorted(Comparator.comparingLong(TableState::deadRows).reversed())
                .limit(MOST_TABLES)
                .forEach(s -> dead.put(s.tableOid(), s.deadRows()));
        // A table below those kept has few, but how few is not known: it has no point then.
        samples.add(new Sample(at, nextXid, Map.copyOf(dead)));
        samples.removeIf(s -> s.at().isBefore(at.minus(KEPT)));
        if (samples.size() > MOST_SAMPLES) {
            thin();
        }
    }

    /// Every second one of the older half goes.
    private void thin() {
        var kept = new ArrayList<Sample>();
        for (int i = 0; i < samples.size(); i++) {
            if (i >= samples.size() / 2 || i % 2 == 0) {
                kept.add(samples.get(i));
            }
        }
        samples.clear();
        samples.addAll(kept);
    }

    synchronized List<TableHistory.Point> of(long table) {
        var points = new ArrayList<TableHistory.Point>();
        for (var s : samples) {
            var dead = s.dead().get(table);
            if (dead != null) {
                points.add(new TableHistory.Point(s.at(), dead));
            }
        }
        return points;
    }

    /// When this transaction id was the next one; null when nobody looked before that.
    synchronized @Nullable Instant when(long xid) {
        Sample before = null;
        for (var s : samples) {
            if (s.nextXid() > xid) {
                if (before == null) {
                    return null;
                }
                double share = (double) (xid - before.nextXid()) / (s.nextXid() - before.nextXid());
                var span = Duration.between(before.at(), s.at());
                return before.at().plusMillis((long) (span.toMillis() * share));
            }
            before = s;
        }
        return before == null ? null : before.at();
    }
}

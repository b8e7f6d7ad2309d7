package io.lakebaseops.lakehouse.history;

import io.lakebaseops.domain.WaitClass;
import io.lakebaseops.lakehouse.history.WaitShares.Dimension;
import io.lakebaseops.lakehouse.history.WaitShares.Share;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Adds up session time by key and class, from rows of the history and from intervals in memory.
final class ShareSums {
    private record Group(@Nullable String key, boolean rest) {}

    private static final class Sum {
        private final Map<WaitClass, Double> seconds = new EnumMap<>(WaitClass.class);
        private boolean simulated;
    }

    private final Dimension by;
    private final Map<Group, Sum> sums = new LinkedHashMap<>();
    private double sampled;

    ShareSums(Dimension by) {
        this.by = by;
    }

    void add(Map<String, @Nullable Object> row) {
        double seconds = WaitHistory.number(row, "session_seconds");
        var type = row.get("wait_event_type");
        if (type == null) {
            sampled += seconds;
            return;
        }
        var key = row.get("dimension_key");
        var group =
                new Group(
                        key == null ? null : key.toString(),
                        Boolean.TRUE.equals(row.get("is_rest")));
        add(group, WaitClass.of(type.toString()), seconds);
        if (Boolean.TRUE.equals(row.get("simulated"))) {
            sum(group).simulated = true;
        }
    }

    void add(WaitInterval interval, double inside) {
        sampled += inside;
        interval.samples()
                .forEach(
                        (key, seen) ->
                                add(
                                        new Group(of(key), false),
                                        key.waitClass(),
                                        seen
                                                * interval.periodSeconds()
                                                * inside
                                                / interval.seconds()));
    }

    private void add(Group group, WaitClass waitClass, double seconds) {
        sum(group).seconds.merge(waitClass, seconds, Double::sum);
    }

    private Sum sum(Group group) {
        return sums.computeIfAbsent(group, _ -> new Sum());
    }

    private @Nullable String of(WaitInterval.Key key) {
        return switch (by) {
            case STATEMENT -> key.queryId() == null ? null : key.queryId().toString();
            case ROLE -> key.role();
            case APPLICATION -> key.application();
            case DATABASE -> key.database();
            case EVENT -> key.event();
            case BACKEND_TYPE -> key.backendType();
        };
    }

    WaitShares shares(int keys) {
        var all = new ArrayList<Share>();
        sums.forEach((g, s) -> all.add(new Share(g.key(), g.rest(), s.seconds, s.simulated)));
        all.removeIf(s -> s.total() <= 0);
        all.sort(
                Comparator.comparing(Share::rest)
                        .thenComparing(Share::total, (a, b) -> Double.compare(b, a)));
        var kept = new ArrayList<>(all.subList(0, Math.min(keys, all.size())));
        if (all.size() > keys) {
            kept.add(together(all.subList(keys, all.size())));
        }
        return new WaitShares(kept, sampled);
    }

    private static Share together(List<Share> others) {
        var seconds = new EnumMap<WaitClass, Double>(WaitClass.class);
        others.forEach(o -> o.seconds().forEach((c, s) -> seconds.merge(c, s, Double::sum)));
        return new Share(null, true, seconds, others.stream().anyMatch(Share::simulated));
    }
}

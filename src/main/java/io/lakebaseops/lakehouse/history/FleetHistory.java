package io.lakebaseops.lakehouse.history;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.ReadScope;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The stored metrics of all servers at once: one question of the history, however many there are.
public final class FleetHistory {
    public static final Duration BACK = Duration.ofHours(6);

    /// Slices of the load, each as long as one and a half rounds that are stored.
    public static final int SLICES = 48;

    /// Rounds are stored every five minutes, and the last one before a compute slept may be late.
    private static final Duration AROUND = Duration.ofMinutes(20);

    private static final Map<String, MetricName> NAMES =
            Arrays.stream(MetricName.values())
                    .collect(Collectors.toMap(MetricName::id, Function.identity()));

    private final Lakehouse lakehouse;

    public FleetHistory(Lakehouse lakehouse) {
        this.lakehouse = lakehouse;
    }

    /// A branch, or a plain server, as the history names it.
    public record Place(String project, String branch) {
        public static Place of(TargetId target) {
            return new Place(target.project(), target.branch());
        }
    }

    /// @param subject what it is about; empty for the server as a whole
    public record Stored(double value, String subject, Instant at) {}

    /// @param last by metric
    /// @param load mean active sessions of each slice, oldest first; NaN where nothing was stored
    public record Server(Map<MetricName, Stored> last, List<Double> load) {
        /// One of which nothing is stored.
        public static final Server NONE =
                new Server(Map.of(), Collections.nCopies(SLICES, Double.NaN));

        public Server {
            last = Map.copyOf(last);
            load = List.copyOf(load);
        }
    }

    /// Blocking; the last six hours.
    public Map<Place, Server> read(Instant now, Deadline deadline) {
        var since = now.minus(BACK);
        var rows =
                lakehouse.query(
                        HistoryQueries.FLEET_METRICS,
                        Map.of(
                                "since",
                                since.toEpochMilli() / 1000.0,
                                "width",
                                BACK.toSeconds() / (double) SLICES,
                                "load",
                                MetricName.ACTIVE_CONNECTIONS.id()),
                        ReadScope.between(since, now),
                        deadline);
        var last = new HashMap<Place, Map<MetricName, Stored>>();
        var load = new HashMap<Place, Double[]>();
        for (var row : rows.list()) {
            var place = place(row);
            var stored = stored(row);
            var name = NAMES.get(String.valueOf(row.get("metric_name")));
            if (name == null || stored == null) {
                continue;
            }
            last.computeIfAbsent(place, _ -> new EnumMap<>(MetricName.class))
                    .merge(name, stored, (a, b) -> a.at().isAfter(b.at()) ? a : b);
            if (row.get("slice") instanceof Number slice
                    && row.get("mean") instanceof Number mean
                    && slice.intValue() >= 0
                    && slice.intValue() < SLICES) {
                load.computeIfAbsent(place, _ -> empty())[slice.intValue()] = mean.doubleValue();
            }
        }
        var servers = new HashMap<Place, Server>();
        last.forEach(
                (place, values) ->
                        servers.put(
                                place,
                                new Server(values, List.of(load.getOrDefault(place, empty())))));
        return servers;
    }

    /// What was stored last before a compute went to sleep, by metric.
    ///
    /// @param at when it was active last
    public Map<MetricName, Stored> around(TargetId target, Instant at, Deadline deadline) {
        var rows =
                lakehouse.query(
                        HistoryQueries.METRIC_POINTS,
                        Map.of("project", target.project(), "branch", target.branch()),
                        ReadScope.between(at.minus(AROUND), at.plus(AROUND)),
                        deadline);
        var last = new EnumMap<MetricName, Stored>(MetricName.class);
        for (var row : rows.list()) {
            var name = NAMES.get(String.valueOf(row.get("metric_name")));
            if (name != null
                    && row.get("recorded_at") instanceof Instant when
                    && row.get("metric_value") instanceof Number value) {
                last.put(name, new Stored(value.doubleValue(), "", when));
            }
        }
        return last;
    }

    /// Who made each branch, where that was written down.
    public Map<Place, String> owners(Deadline deadline) {
        var owners = new HashMap<Place, String>();
        for (var row :
                lakehouse
                        .query(HistoryQueries.FLEET_OWNERS, Map.of(), ReadScope.ALL, deadline)
                        .list()) {
            if (row.get("owner") instanceof String owner) {
                owners.put(place(row), owner);
            }
        }
        return owners;
    }

    private static Place place(Map<String, @Nullable Object> row) {
        return new Place(
                String.valueOf(row.get("project_id")), String.valueOf(row.get("branch_id")));
    }

    private static @Nullable Stored stored(Map<String, @Nullable Object> row) {
        return row.get("last") instanceof Number value
                        && row.get("measured_at") instanceof Instant at
                ? new Stored(value.doubleValue(), String.valueOf(row.get("subject")), at)
                : null;
    }

    private static Double[] empty() {
        var slices = new ArrayList<>(Collections.nCopies(SLICES, Double.NaN));
        return slices.toArray(Double[]::new);
    }
}

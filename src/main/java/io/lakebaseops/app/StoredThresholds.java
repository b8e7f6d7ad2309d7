package io.lakebaseops.app;

import io.lakebaseops.agents.health.monitoring.ChangedLimits;
import io.lakebaseops.agents.health.monitoring.HealthBoard.Point;
import io.lakebaseops.change.audit.SettingChanges;
import io.lakebaseops.change.audit.SettingChanges.Change;
import io.lakebaseops.console.settings.ThresholdDesk;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.state.AlertLimitStore;
import io.lakebaseops.state.AlertLimits.Changed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Limits of alerts in the state database, and the readings of the history they are tried on.
final class StoredThresholds implements ThresholdDesk {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Supplier<AlertLimitStore> store;
    private final ChangedLimits inForce;
    private final SettingChanges changes;
    private final Lakehouse lakehouse;
    private final Clock clock;

    StoredThresholds(
            Supplier<AlertLimitStore> store,
            ChangedLimits inForce,
            SettingChanges changes,
            Lakehouse lakehouse,
            Clock clock) {
        this.store = store;
        this.inForce = inForce;
        this.changes = changes;
        this.lakehouse = lakehouse;
        this.clock = clock;
    }

    @Override
    public List<Changed> limits() {
        return store.get().all();
    }

    @Override
    public Map<MetricName, Long> alerts(String target, Instant since) {
        return store.get().alerts(target, since);
    }

    @Override
    public List<Point> readings(TargetId target, MetricName metric, Duration back) {
        var now = clock.instant();
        var rows =
                lakehouse.query(
                        HistoryQueries.METRIC_VALUES,
                        Map.of(
                                "project", target.project(),
                                "branch", target.branch(),
                                "metric", metric.id()),
                        ReadScope.between(now.minus(back), now),
                        Deadline.in(PATIENCE));
        var points = new ArrayList<Point>();
        for (var row : rows.list()) {
            if (row.get("recorded_at") instanceof Instant at
                    && row.get("metric_value") instanceof Number value) {
                points.add(new Point(at, value.doubleValue()));
            }
        }
        return points;
    }

    @Override
    public void save(List<LimitChange> all, Actor by) {
        var now = clock.instant();
        changes.inState(
                by,
                all.stream().flatMap(c -> c.words().stream()).toList(),
                tx -> {
                    for (var c : all) {
                        var l = c.limits();
                        if (l == null) {
                            AlertLimitStore.remove(tx, c.metric(), c.target());
                        } else {
                            AlertLimitStore.put(
                                    tx,
                                    new Changed(
                                            c.metric(),
                                            c.target(),
                                            l.warning(),
                                            l.critical(),
                                            l.forAtLeast().toMillis() / 1000.0,
                                            l.margin(),
                                            by.name(),
                                            now));
                        }
                    }
                });
        inForce.changed();
    }

    @Override
    public void note(Change change, Actor by) {
        changes.done(by, List.of(change));
    }

    @Override
    public Changes changed(int limit) {
        return new Changes(changes.newest(limit), changes.count());
    }
}

package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The board that screens and alert rules read: kept in memory, filled by `monitor_system_health`.
public final class LiveHealthBoard implements HealthBoard {
    private final Map<TargetId, Watched> watched = new ConcurrentHashMap<>();

    private static final class Watched {
        private final RoundRing ring = new RoundRing();
        private volatile Map<MetricName, List<Point>> stored = Map.of();
        private volatile @Nullable Round latest;
        private volatile @Nullable Outage outage;
        private volatile Map<MetricName, Subject> subjects = Map.of();
    }

    /// @param subjects what a metric is about, where it is about one object
    void record(Round round, Map<MetricName, Subject> subjects) {
        var w = watched.computeIfAbsent(round.target(), _ -> new Watched());
        w.ring.add(round);
        w.latest = round;
        w.subjects = Map.copyOf(subjects);
        w.outage = null;
    }

    /// Keeps the moment of the first failure while the target stays away.
    ///
    /// @return true when it was reachable until now
    boolean unreachable(TargetId target, Instant at, String reason) {
        var w = watched.computeIfAbsent(target, _ -> new Watched());
        var known = w.outage;
        w.outage = new Outage(known == null ? at : known.since(), reason);
        return known == null;
    }

    @Override
    public Optional<Round> latest(TargetId target) {
        var w = watched.get(target);
        return w == null ? Optional.empty() : Optional.ofNullable(w.latest);
    }

    @Override
    public List<Point> series(TargetId target, MetricName metric, Duration back) {
        var w = watched.get(target);
        if (w == null) {
            return List.of();
        }
        var measured = w.ring.series(metric, back);
        var stored = w.stored.getOrDefault(metric, List.of());
        var last = w.latest;
        if (stored.isEmpty()) {
            return measured;
        }
        var newest = last == null ? stored.getLast().at() : last.at();
        var end = measured.isEmpty() ? Instant.MAX : measured.getFirst().at();
        var all = new ArrayList<Point>();
        stored.stream()
                .filter(p -> p.at().isBefore(end) && !p.at().isBefore(newest.minus(back)))
                .forEach(all::add);
        all.addAll(measured);
        return all;
    }

    /// What was stored before this process measured; it stands before the rounds.
    void seed(TargetId target, Map<MetricName, List<Point>> points) {
        watched.computeIfAbsent(target, _ -> new Watched()).stored = Map.copyOf(points);
    }

    /// It answered again, before a round did.
    ///
    /// @return true when it was thought lost until now
    boolean reachable(TargetId target) {
        var w = watched.get(target);
        if (w == null || w.outage == null) {
            return false;
        }
        w.outage = null;
        return true;
    }

    @Override
    public @Nullable Outage outage(TargetId target) {
        var w = watched.get(target);
        return w == null ? null : w.outage;
    }

    @Override
    public Subject subject(TargetId target, MetricName metric) {
        var w = watched.get(target);
        var subject = w == null ? null : w.subjects.get(metric);
        return subject == null ? Subject.branch(target.branch()) : subject;
    }
}

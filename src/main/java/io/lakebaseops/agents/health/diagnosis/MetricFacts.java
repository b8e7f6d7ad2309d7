package io.lakebaseops.agents.health.diagnosis;

import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.agents.health.monitoring.HealthBoard.Point;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Metric;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Facts from what is measured all the time: the latest round, and how it compares with the hour
/// before. A server that is not watched has none.
final class MetricFacts {
    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration RECENT = Duration.ofMinutes(2);
    private static final Duration CHECKPOINTS = Duration.ofMinutes(10);

    /// Our clock and the server's may be so far apart.
    private static final Duration CLOCKS = Duration.ofSeconds(1);

    /// Fewer readings say nothing about what is usual.
    private static final int ENOUGH = 6;

    private final HealthBoard board;
    private final MetricDefinitions definitions;
    private final TargetId target;
    private final Instant now;
    private final Facts facts;

    MetricFacts(
            HealthBoard board,
            MetricDefinitions definitions,
            TargetId target,
            Instant now,
            Facts facts) {
        this.board = board;
        this.definitions = definitions;
        this.target = target;
        this.now = now;
        this.facts = facts;
    }

    void read() {
        var round = board.latest(target);
        if (round.isEmpty()) {
            facts.gap("the server is not watched: rates and onsets are unknown");
            return;
        }
        level(FactName.CACHE_HIT_RATIO, MetricName.CACHE_HIT_RATIO, "cache hits ");
        level(FactName.TXID_AGE, MetricName.TXID_AGE, "transaction id age ");
        level(FactName.MULTIXACT_AGE, MetricName.MULTIXACT_AGE, "multixact age ");
        level(FactName.DEADLOCKS_PER_HOUR, MetricName.DEADLOCKS_PER_HOUR, "deadlocks an hour ");
        level(FactName.REPLICATION_LAG_SECONDS, MetricName.REPLICATION_LAG_SECONDS, "lag in s ");
        level(FactName.SLOT_RETAINED_BYTES, MetricName.SLOT_RETAINED_BYTES, "WAL kept in bytes ");
        var wal = rates(MetricName.WAL_BYTES);
        recent(wal)
                .ifPresent(
                        v -> facts.add(FactName.WAL_RATE, v, Format.size(v) + " of WAL a second"));
        factor(wal).ifPresent(f -> facts.add(FactName.WAL_FACTOR, f, times("WAL", f)));
        recent(rates(MetricName.TEMP_BYTES))
                .ifPresent(
                        v ->
                                facts.add(
                                        FactName.TEMP_RATE,
                                        v,
                                        Format.size(v) + " of temporary files a second"));
        recent(rates(MetricName.IO_READ_TIME_MS))
                .ifPresent(
                        v ->
                                facts.add(
                                        FactName.READING_SESSIONS,
                                        v / 1000,
                                        "%s sessions read from storage on average"
                                                .formatted(Format.digits(v / 1000))));
        factor(points(MetricName.MEAN_LATENCY_MS))
                .ifPresent(
                        f ->
                                facts.add(
                                        FactName.LATENCY_FACTOR,
                                        f,
                                        times("the mean time of a statement", f)));
        factor(points(MetricName.TPS))
                .ifPresent(
                        f -> facts.add(FactName.TPS_FACTOR, f, times("transactions a second", f)));
        checkpoints();
    }

    /// Did the server start while it was measured? The rounds before its start tell.
    void restarted() {
        var started = facts.find(FactName.STARTED_MINUTES).orElse(null);
        if (started == null || started.since() == null) {
            return;
        }
        var start = started.since().minus(CLOCKS);
        boolean before =
                board.series(target, MetricName.CONNECTION_UTILIZATION, USUAL).stream()
                        .anyMatch(p -> p.at().isBefore(start));
        if (before) {
            facts.add(
                    FactName.RESTARTED_MINUTES,
                    started.value(),
                    started.words() + ", it ran before",
                    started.since());
        }
    }

    private void checkpoints() {
        var points = board.series(target, MetricName.CHECKPOINTS_REQUESTED, CHECKPOINTS);
        if (points.isEmpty()) {
            return;
        }
        double count = points.stream().mapToDouble(Point::value).sum();
        facts.add(
                FactName.REQUESTED_CHECKPOINTS,
                count,
                Format.count(Math.round(count), "checkpoint") + " requested within ten minutes");
    }

    private void level(FactName fact, MetricName name, String words) {
        metric(name)
                .filter(Metric::judgeable)
                .map(m -> m.value().value())
                .ifPresent(v -> facts.add(fact, v, words + Format.digits(v), beyondSince(name)));
    }

    private Optional<Metric> metric(MetricName name) {
        return board.latest(target).map(r -> r.metrics().get(name));
    }

    /// What is beyond its limit now, and since when.
    List<Symptom> symptoms() {
        var symptoms = new ArrayList<Symptom>();
        for (var watched : definitions.watched(target)) {
            var rule = watched.rule();
            var value = metric(rule.metric()).filter(Metric::judgeable).map(m -> m.value().value());
            var since = beyondSince(rule.metric());
            if (value.isPresent() && since != null) {
                symptoms.add(
                        new Symptom(
                                rule.metric(),
                                value.get(),
                                "%s %s"
                                        .formatted(
                                                rule.metric().id().replace('_', ' '),
                                                Format.digits(value.get())),
                                since));
            }
        }
        return symptoms;
    }

    /// Null when it is within its limits, or nobody judges it.
    private @Nullable Instant beyondSince(MetricName name) {
        var watched = definitions.watched(target, name);
        var value = metric(name).filter(Metric::judgeable).map(m -> m.value().value());
        if (watched.isEmpty() || value.isEmpty()) {
            return null;
        }
        var rule = watched.get().rule();
        if (rule.severityOf(value.get()).isEmpty()) {
            return null;
        }
        Instant since = board.latest(target).map(HealthBoard.Round::at).orElse(now);
        for (var point : board.series(target, name, USUAL.multipliedBy(6)).reversed()) {
            if (rule.severityOf(point.value()).isEmpty()) {
                break;
            }
            since = point.at();
        }
        return since;
    }

    private List<Point> points(MetricName name) {
        return board.series(target, name, USUAL);
    }

    /// Of a figure that counts from round to round: how much a second.
    private List<Point> rates(MetricName name) {
        var points = points(name);
        var rates = new ArrayList<Point>();
        for (int i = 1; i < points.size(); i++) {
            double seconds =
                    Duration.between(points.get(i - 1).at(), points.get(i).at()).toMillis()
                            / 1000.0;
            if (seconds > 0) {
                rates.add(new Point(points.get(i).at(), points.get(i).value() / seconds));
            }
        }
        return rates;
    }

    private Optional<Double> recent(List<Point> points) {
        var recent = points.stream().filter(p -> p.at().isAfter(now.minus(RECENT))).toList();
        return recent.isEmpty()
                ? Optional.empty()
                : Optional.of(recent.stream().mapToDouble(Point::value).average().orElseThrow());
    }

    private Optional<Double> factor(List<Point> points) {
        var usual =
                points.stream()
                        .filter(p -> !p.at().isAfter(now.minus(RECENT)))
                        .map(Point::value)
                        .sorted()
                        .toList();
        if (usual.size() < ENOUGH || usual.get(usual.size() / 2) <= 0) {
            return Optional.empty();
        }
        return recent(points).map(v -> v / usual.get(usual.size() / 2));
    }

    private static String times(String what, double factor) {
        return "%s: %s times the usual of the last hour".formatted(what, Format.digits(factor));
    }
}

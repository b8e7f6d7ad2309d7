package io.lakebaseops.agents.health.operations;

import io.lakebaseops.agents.health.operations.ActivityTrace.Replay;
import io.lakebaseops.agents.health.operations.ActivityTrace.Span;
import io.lakebaseops.agents.health.operations.SuspendAdvice.Point;
import io.lakebaseops.agents.health.operations.SuspendAdvice.Wake;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.Endpoint;
import io.lakebaseops.lakehouse.GeneratedRows;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.ReadScope;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Replays the recorded activity of a project's branches against every suspend timeout.
public final class SuspendAdvisor {
    /// What people choose between; the platform takes 60 s to 7 days.
    static final List<Duration> TIMEOUTS =
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(3),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(15),
                    Duration.ofMinutes(20),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(45),
                    Duration.ofHours(1),
                    Duration.ofHours(2),
                    Duration.ofHours(3),
                    Duration.ofHours(4),
                    Duration.ofHours(6),
                    Duration.ofHours(8),
                    Duration.ofHours(12),
                    Duration.ofDays(1),
                    Duration.ofDays(2),
                    Duration.ofDays(3),
                    Duration.ofDays(7));

    /// Statistics are collected every five minutes.
    private static final double RESOLUTION = 300;

    /// A shorter time says little about the days to come.
    private static final Duration LEAST = Duration.ofHours(12);

    private final Lakehouse lakehouse;

    public SuspendAdvisor(Lakehouse lakehouse) {
        this.lakehouse = lakehouse;
    }

    /// @param quiet branches with too little history, in words
    public record Answer(List<SuspendAdvice> advice, List<String> quiet) {
        public Answer {
            advice = List.copyOf(advice);
            quiet = List.copyOf(quiet);
        }
    }

    private record Cost(double perDay, String currency, @Nullable Instant generatedUntil) {}

    /// When statements ran on one branch.
    private static final class Activity {
        private final List<Span> spans = new ArrayList<>();
        private final GeneratedRows generated = new GeneratedRows();
    }

    private record Waking(@Nullable Wake wake, @Nullable Instant generatedUntil) {}

    public Answer advise(
            ControlPlane plane,
            String project,
            int days,
            double allowedPerDay,
            Instant now,
            Deadline deadline) {
        var from = now.minus(Duration.ofDays(days));
        var spans = spans(project, from, deadline);
        var costs = costs(project, LocalDate.ofInstant(from, ZoneOffset.UTC), deadline);
        var advice = new ArrayList<SuspendAdvice>();
        var quiet = new ArrayList<String>();
        for (var branch : plane.branches(project, deadline)) {
            var endpoint =
                    plane.endpoints(project, branch.id(), deadline).stream()
                            .filter(Endpoint::readWrite)
                            .findFirst();
            var its = spans.getOrDefault(branch.id(), new Activity());
            var trace = new ActivityTrace(its.spans, now.getEpochSecond());
            if (endpoint.isEmpty() || endpoint.get().disabled()) {
                quiet.add(branch.id() + " has no compute that is on");
            } else if (trace.length() < LEAST.toSeconds()) {
                quiet.add(
                        "%s: less than %d hours of activity are recorded"
                                .formatted(branch.id(), LEAST.toHours()));
            } else {
                var cost = costs.get(branch.id());
                var wake = wake(project, branch.id(), from, deadline);
                its.generated.until(wake.generatedUntil());
                its.generated.until(cost == null ? null : cost.generatedUntil());
                advice.add(
                        advice(
                                endpoint.get(),
                                trace,
                                allowedPerDay,
                                cost,
                                wake.wake(),
                                its.generated.until(),
                                Instant.ofEpochSecond(now.getEpochSecond() - trace.length()),
                                now));
            }
        }
        return new Answer(advice, quiet);
    }

    private static SuspendAdvice advice(
            Endpoint endpoint,
            ActivityTrace trace,
            double allowedPerDay,
            @Nullable Cost cost,
            @Nullable Wake wake,
            @Nullable Instant generatedUntil,
            Instant from,
            Instant until) {
        var replays = new ArrayList<Replay>();
        TIMEOUTS.forEach(t -> replays.add(trace.replay(t)));
        replays.add(trace.replay(null));
        var today = trace.replay(endpoint.suspendAfter());
        double days = trace.length() / 86_400.0;
        // So that the point of today costs what was really billed.
        Double perHour =
                cost == null || today.awakeSeconds() == 0
                        ? null
                        : cost.perDay() * days / (today.awakeSeconds() / 3600.0);
        var best = trace.best(replays, allowedPerDay);
        if (best.awakeSeconds() >= today.awakeSeconds()
                && today.coldStarts() <= allowedPerDay * days) {
            best = today;
        }
        return new SuspendAdvice(
                endpoint.branch(),
                endpoint.id(),
                endpoint.suspendAfter(),
                replays.stream().map(r -> point(r, days, perHour)).toList(),
                point(today, days, perHour),
                point(best, days, perHour),
                from,
                until,
                allowedPerDay,
                cost == null ? null : cost.currency(),
                RESOLUTION,
                wake,
                generatedUntil);
    }

    private static Point point(Replay replay, double days, @Nullable Double perHour) {
        double hours = replay.awakeSeconds() / 3600.0 / days;
        return new Point(
                replay.timeout(),
                replay.coldStarts() / days,
                hours,
                perHour == null ? null : hours * perHour);
    }

    private Map<String, Activity> spans(String project, Instant from, Deadline deadline) {
        var spans = new HashMap<String, Activity>();
        var rows =
                lakehouse.query(
                        HistoryQueries.ACTIVITY_SPANS,
                        Map.of("project", project),
                        ReadScope.since(from),
                        deadline);
        for (var row : rows.list()) {
            if (row.get("ran_from") instanceof Number a
                    && row.get("ran_until") instanceof Number b) {
                var of =
                        spans.computeIfAbsent(
                                Objects.toString(row.get("branch_id")), _ -> new Activity());
                of.spans.add(new Span(Math.round(a.doubleValue()), Math.round(b.doubleValue())));
                if (row.get("generated_until") instanceof Number until) {
                    of.generated.until(Instant.ofEpochSecond(Math.round(until.doubleValue())));
                }
            }
        }
        return spans;
    }

    private Map<String, Cost> costs(String project, LocalDate from, Deadline deadline) {
        var costs = new HashMap<String, Cost>();
        var rows =
                lakehouse.query(
                        HistoryQueries.COST_COMPUTES,
                        Map.of("project", project, "from", from.toString()),
                        ReadScope.ALL,
                        deadline);
        for (var row : rows.list()) {
            if (row.get("cost") instanceof Number cost && row.get("currency") != null) {
                var first = LocalDate.parse(Objects.toString(row.get("first_day")));
                var last = LocalDate.parse(Objects.toString(row.get("last_day")));
                long days = last.toEpochDay() - first.toEpochDay() + 1;
                costs.put(
                        Objects.toString(row.get("branch_id")),
                        new Cost(
                                cost.doubleValue() / days,
                                Objects.toString(row.get("currency")),
                                generated(row.get("generated_day"))));
            }
        }
        return costs;
    }

    /// The end of the last day whose bill was generated.
    private static @Nullable Instant generated(@Nullable Object day) {
        return day == null
                ? null
                : LocalDate.parse(day.toString())
                        .plusDays(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
    }

    private Waking wake(String project, String branch, Instant from, Deadline deadline) {
        var values =
                Map.of(
                        "project",
                        project,
                        "branch",
                        branch,
                        "metric",
                        MetricName.WAKE_SECONDS.id());
        var generated = new GeneratedRows();
        var rows =
                lakehouse
                        .query(
                                HistoryQueries.METRIC_VALUES,
                                values,
                                ReadScope.since(from),
                                deadline)
                        .list();
        rows.forEach(generated::read);
        var seconds =
                rows.stream()
                        .map(r -> r.get("metric_value"))
                        .filter(Number.class::isInstance)
                        .mapToDouble(n -> ((Number) n).doubleValue())
                        .sorted()
                        .toArray();
        var wake =
                seconds.length == 0
                        ? null
                        : new Wake(
                                seconds[seconds.length / 2],
                                seconds[
                                        Math.min(
                                                seconds.length - 1, (int) (0.95 * seconds.length))],
                                seconds.length);
        return new Waking(wake, generated.until());
    }
}

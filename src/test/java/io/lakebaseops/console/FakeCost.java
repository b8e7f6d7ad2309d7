package io.lakebaseops.console;

import io.lakebaseops.agents.health.operations.ActivityTrace;
import io.lakebaseops.agents.health.operations.Capacity;
import io.lakebaseops.agents.health.operations.CostAnomaly;
import io.lakebaseops.agents.health.operations.CostBoard;
import io.lakebaseops.agents.health.operations.Costs;
import io.lakebaseops.agents.health.operations.SuspendAdvice;
import io.lakebaseops.agents.health.operations.SuspendAdvice.Point;
import io.lakebaseops.agents.health.operations.SuspendAdvisor;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.lakebase.acts.ShapeEndpointAct;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// An invented bill to draw and test the cost screen with.
public final class FakeCost implements CostBoard {
    public volatile boolean billed = true;
    public volatile boolean recorded = true;
    public volatile boolean simulated;
    public volatile @Nullable Instant generatedUntil;
    public volatile @Nullable Point planned;
    public volatile RuntimeException broken;
    public final List<String> asked = new ArrayList<>();

    /// @param odd added on working days since 12 November
    private record Branch(String name, double working, double weekend, double odd, int since) {}

    private static final List<Branch> BRANCHES =
            List.of(
                    new Branch("production", 29.6, 31.2, 0, 90),
                    new Branch("staging", 6.4, 2.1, 0, 90),
                    new Branch("qa-release-4-2", 2.2, 0.4, 13.1, 60),
                    new Branch("dev-anna", 2.9, 0.3, 0, 90),
                    new Branch("ci-pr-71", 1.1, 0.2, 0, 90),
                    new Branch("ci-pr-74", 0.9, 0.1, 0, 90),
                    new Branch("perf-load", 0.8, 0.1, 0, 90),
                    new Branch("dev-omar", 0.7, 0.1, 0, 90));

    @Override
    public boolean billed(TargetId target) {
        if (broken != null) {
            throw broken;
        }
        return billed;
    }

    @Override
    public synchronized Costs costs(
            TargetId target,
            Costs.By by,
            @Nullable String branch,
            LocalDate from,
            LocalDate until) {
        asked.add(by + " " + branch);
        if (!recorded) {
            return new Costs(
                    from,
                    until,
                    null,
                    null,
                    null,
                    false,
                    BigDecimal.ZERO,
                    BigDecimal.ZERO,
                    0,
                    List.of());
        }
        var complete = LocalDate.ofInstant(FakeShop.NOW, ZoneOffset.UTC).minusDays(1);
        var parts = new ArrayList<Costs.Part>();
        var total = BigDecimal.ZERO;
        for (var one : BRANCHES) {
            if (branch != null && !branch.equals(one.name())) {
                continue;
            }
            var days = new TreeMap<LocalDate, BigDecimal>();
            for (var day = from; !day.isAfter(complete); day = day.plusDays(1)) {
                days.put(day, cost(one, day));
            }
            for (var piece : pieces(by, one, days)) {
                merge(parts, piece);
                total = total.add(piece.cost());
            }
        }
        parts.sort((a, b) -> b.cost().compareTo(a.cost()));
        var watermark = complete.plusDays(1).atStartOfDay(ZoneOffset.UTC).plusHours(5).toInstant();
        var other = total.multiply(new BigDecimal("0.11"));
        return new Costs(
                from,
                until,
                "USD",
                watermark,
                simulated ? complete : null,
                false,
                total,
                other,
                0,
                parts);
    }

    private static void merge(List<Costs.Part> parts, Costs.Part piece) {
        for (int i = 0; i < parts.size(); i++) {
            var there = parts.get(i);
            if (there.key().equals(piece.key())) {
                var days = new TreeMap<>(there.days());
                piece.days().forEach((d, c) -> days.merge(d, c, BigDecimal::add));
                parts.set(
                        i,
                        new Costs.Part(
                                there.key(),
                                days,
                                there.cost().add(piece.cost()),
                                BigDecimal.ZERO,
                                null));
                return;
            }
        }
        parts.add(piece);
    }

    private static BigDecimal cost(Branch one, LocalDate day) {
        boolean weekend = day.getDayOfWeek().getValue() > 5;
        double noise = 1 + 0.04 * Math.sin(day.toEpochDay() * 1.7 + one.name().length());
        double cost = noise * (weekend ? one.weekend() : one.working());
        if (!weekend && !day.isBefore(LocalDate.of(2026, 11, 12))) {
            cost += one.odd();
        }
        return BigDecimal.valueOf(cost);
    }

    /// A branch whole, or its cost by who had it.
    private static List<Costs.Part> pieces(
            Costs.By by, Branch one, SortedMap<LocalDate, BigDecimal> days) {
        boolean idle = one.odd() > 0;
        return switch (by) {
            case BRANCH -> List.of(part(one.name(), days, 1, 2.6));
            case ROLE ->
                    List.of(
                            part("app", days, idle ? 0.1 : 0.55, 0),
                            part("etl", days, 0.07, 0),
                            part("(idle)", days, idle ? 0.8 : 0.25, 0),
                            part("(storage)", days, idle ? 0.01 : 0.11, 0),
                            part("(not attributed)", days, 0.02, 0));
            case APPLICATION ->
                    List.of(
                            part("storefront", days, idle ? 0.05 : 0.5, 0),
                            part("pg_restore", days, 0.09, 0),
                            part("autovacuum worker", days, 0.03, 0),
                            part("(idle)", days, idle ? 0.8 : 0.25, 0),
                            part("(storage)", days, idle ? 0.01 : 0.11, 0),
                            part("(not attributed)", days, 0.02, 0));
            case STATEMENT ->
                    List.of(
                            part("8374120938471", days, 0.31, 0),
                            part("-2231094875512", days, 0.2, 0),
                            part("5510928374650", days, 0.1, 0),
                            part("(other statements)", days, 0.08, 0),
                            part("(idle)", days, 0.2, 0),
                            part("(storage)", days, 0.09, 0),
                            part("(not attributed)", days, 0.02, 0));
        };
    }

    private static Costs.Part part(
            String key, SortedMap<LocalDate, BigDecimal> days, double share, double units) {
        var its = new TreeMap<LocalDate, BigDecimal>();
        days.forEach((d, c) -> its.put(d, c.multiply(BigDecimal.valueOf(share))));
        var sum = its.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Costs.Part(
                key,
                its,
                sum,
                sum.multiply(BigDecimal.valueOf(units)),
                sum.multiply(BigDecimal.valueOf(key.startsWith("qa") ? 0.4 : 0.97)));
    }

    @Override
    public List<CostAnomaly> anomalies(Costs byBranch) {
        return byBranch.empty()
                ? List.of()
                : List.of(
                        new CostAnomaly(
                                "qa-release-4-2",
                                LocalDate.of(2026, 11, 12),
                                LocalDate.of(2026, 11, 20),
                                7,
                                107.1,
                                15.4,
                                1.96,
                                2.58,
                                false));
    }

    @Override
    public SuspendAdvisor.Answer advice(TargetId target) {
        return new SuspendAdvisor.Answer(
                List.of(
                        advice("qa-release-4-2", Duration.ofHours(12), 10.03, 3_000),
                        advice("dev-anna", Duration.ofMinutes(10), 2.4, 4_000),
                        advice("production", null, 29.6, 200)),
                List.of("staging: less than 12 hours of activity are recorded"));
    }

    private SuspendAdvice advice(
            String branch, @Nullable Duration current, double costToday, int gap) {
        var spans = new ArrayList<ActivityTrace.Span>();
        long at = 0;
        for (int i = 0; at < 86_400L * 9; i++) {
            spans.add(new ActivityTrace.Span(at, at + 120));
            at += 120 + (i % 9 == 8 ? 40_000L : (long) (gap * (0.05 + 0.2 * (i % 7))));
        }
        var trace = new ActivityTrace(spans, at);
        double days = trace.length() / 86_400.0;
        var today = trace.replay(current);
        double perHour = costToday * days / (today.awakeSeconds() / 3600.0);
        var curve = new ArrayList<Point>();
        var replays = new ArrayList<ActivityTrace.Replay>();
        Stream.of(1, 2, 5, 10, 30, 60, 120, 240, 720)
                .map(Duration::ofMinutes)
                .forEach(t -> replays.add(trace.replay(t)));
        replays.add(trace.replay(null));
        replays.forEach(r -> curve.add(point(r, days, perHour)));
        var best = trace.best(replays, 12);
        return new SuspendAdvice(
                branch,
                "primary",
                current,
                curve,
                point(today, days, perHour),
                point(best.awakeSeconds() < today.awakeSeconds() ? best : today, days, perHour),
                FakeShop.NOW.minus(Duration.ofDays(9)),
                FakeShop.NOW,
                12,
                "USD",
                300,
                branch.startsWith("qa") ? new SuspendAdvice.Wake(0.6, 0.9, 31) : null,
                generatedUntil);
    }

    private static Point point(ActivityTrace.Replay r, double days, double perHour) {
        double hours = r.awakeSeconds() / 3600.0 / days;
        return new Point(r.timeout(), r.coldStarts() / days, hours, hours * perHour);
    }

    @Override
    public List<Capacity> capacity(TargetId target) {
        var today = LocalDate.ofInstant(FakeShop.NOW, ZoneOffset.UTC);
        var storage = new ArrayList<Capacity.Day>();
        var connections = new ArrayList<Capacity.Day>();
        var ids = new ArrayList<Capacity.Day>();
        for (int i = 60; i > 0; i--) {
            var day = today.minusDays(i);
            storage.add(new Capacity.Day(day, 48e9 + (60 - i) * 2.2e8));
            connections.add(new Capacity.Day(day, 0.4 + 0.25 * Math.abs(Math.sin(i * 2.3))));
            ids.add(new Capacity.Day(day, 1.2e8 + (60 - i) % 30 * 2.4e6));
        }
        var ahead = new ArrayList<Capacity.Ahead>();
        for (int i = 0; i < 90; i++) {
            double value = 61e9 + i * 2.2e8;
            ahead.add(
                    new Capacity.Ahead(today.plusDays(i), value, value - i * 2e7, value + i * 2e7));
        }
        return List.of(
                new Capacity(
                        "storage", storage, ahead, 0.03, 80e9, today.plusDays(86), generatedUntil),
                new Capacity(
                        "connections", connections, List.of(), null, 1.0, null, generatedUntil),
                new Capacity("transaction_ids", ids, List.of(), 0.38, 2.1e9, null, generatedUntil));
    }

    @Override
    public ChangePlan plan(TargetId target, SuspendAdvice advice, Point point, Actor by) {
        planned = Objects.requireNonNull(point);
        var timeout = point.timeout();
        return new ChangePlan(
                target,
                "recommend_scale_to_zero_timeout",
                by,
                "Change timeout",
                "Suspend " + advice.branch() + " sooner",
                Subject.branch(advice.branch()),
                "it idles",
                List.of(
                        new Step.ApiStep(
                                "Suspend timeout",
                                new ShapeEndpointAct(
                                        target.project(),
                                        advice.branch(),
                                        advice.endpoint(),
                                        true,
                                        1,
                                        2,
                                        timeout == null ? null : timeout.toSeconds(),
                                        false,
                                        Map.of()),
                                Reversibility.REVERSIBLE)),
                Undo.none("a test"),
                new ExpectedEffect("less", "1 s", null),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                FakeShop.NOW,
                FakeShop.NOW.plus(Duration.ofDays(1)));
    }
}

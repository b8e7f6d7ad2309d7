package io.lakebaseops.agents.health.operations;

import io.lakebaseops.agents.health.operations.Costs.By;
import io.lakebaseops.agents.health.operations.Costs.Part;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlaneAccess;
import io.lakebaseops.lakehouse.GeneratedRows;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.ReadScope;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// The cost board over the history.
public final class StoredCosts implements CostBoard {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int DAYS = 30;
    private static final int COLD_STARTS = 12;
    private static final int CAPACITY_DAYS = 60;

    private final ControlPlaneAccess planes;
    private final Lakehouse lakehouse;
    private final Clock clock;

    public StoredCosts(ControlPlaneAccess planes, Lakehouse lakehouse, Clock clock) {
        this.planes = planes;
        this.lakehouse = lakehouse;
        this.clock = clock;
    }

    @Override
    public boolean billed(TargetId target) {
        return planes.of(target).isPresent();
    }

    @Override
    public Costs costs(
            TargetId target, By by, @Nullable String branch, LocalDate from, LocalDate until) {
        long length = until.toEpochDay() - from.toEpochDay() + 1;
        var begin = from.minusDays(length);
        var values = new HashMap<String, Object>();
        values.put("project", target.project());
        values.put("kind", by.kind());
        values.put("branch", branch == null ? "" : branch);
        values.put("from", begin.toString());
        values.put("until", until.toString());
        var rows =
                lakehouse.query(
                        HistoryQueries.COST_PARTS, values, ReadScope.ALL, Deadline.in(PATIENCE));
        var sums = new Sums(from);
        rows.list().forEach(sums::add);
        return sums.costs(until);
    }

    /// One pass over the days of the parts.
    private static final class Sums {
        private final LocalDate from;
        private final Map<String, SortedMap<LocalDate, BigDecimal>> days = new HashMap<>();
        private final Map<String, BigDecimal> units = new HashMap<>();
        private final Map<String, BigDecimal> before = new HashMap<>();
        private BigDecimal total = BigDecimal.ZERO;
        private BigDecimal other = BigDecimal.ZERO;
        private long unpriced;
        private boolean earlier;
        private boolean negotiated;
        private @Nullable LocalDate generatedUntil;
        private @Nullable String currency;
        private @Nullable Instant watermark;

        Sums(LocalDate from) {
            this.from = from;
        }

        void add(Map<String, @Nullable Object> row) {
            var day = LocalDate.parse(Objects.toString(row.get("usage_date")));
            var part = Objects.toString(row.get("part"));
            var cost = exact(row.get("cost"));
            if (row.get("watermark") instanceof Instant at
                    && (watermark == null || at.isAfter(watermark))) {
                watermark = at;
            }
            if (day.isBefore(from)) {
                earlier = true;
                before.merge(part, cost, BigDecimal::add);
                return;
            }
            days.computeIfAbsent(part, _ -> new TreeMap<>()).merge(day, cost, BigDecimal::add);
            units.merge(part, exact(row.get("quantity")), BigDecimal::add);
            total = total.add(cost);
            other = other.add(exact(row.get("other_cost")));
            unpriced += number(row.get("unpriced"));
            if (number(row.get("simulated")) > 0
                    && (generatedUntil == null || day.isAfter(generatedUntil))) {
                generatedUntil = day;
            }
            negotiated |= number(row.get("negotiated")) > 0;
            if (row.get("currency") != null) {
                currency = Objects.toString(row.get("currency"));
            }
        }

        Costs costs(LocalDate until) {
            var parts = new ArrayList<Part>();
            days.forEach(
                    (key, its) ->
                            parts.add(
                                    new Part(
                                            key,
                                            its,
                                            its.values().stream()
                                                    .reduce(BigDecimal.ZERO, BigDecimal::add),
                                            units.getOrDefault(key, BigDecimal.ZERO),
                                            earlier
                                                    ? before.getOrDefault(key, BigDecimal.ZERO)
                                                    : null)));
            parts.sort(Comparator.comparing(Part::cost).reversed().thenComparing(Part::key));
            return new Costs(
                    from,
                    until,
                    currency,
                    watermark,
                    generatedUntil,
                    negotiated,
                    total,
                    other,
                    unpriced,
                    parts);
        }
    }

    private static BigDecimal exact(@Nullable Object value) {
        return value == null ? BigDecimal.ZERO : new BigDecimal(value.toString());
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number n ? n.longValue() : 0;
    }

    @Override
    public List<CostAnomaly> anomalies(Costs byBranch) {
        var watermark = byBranch.watermark();
        if (watermark == null) {
            return List.of();
        }
        var costs = new HashMap<String, SortedMap<LocalDate, BigDecimal>>();
        byBranch.parts().forEach(p -> costs.put(p.key(), p.days()));
        return CostAnomaly.of(costs, lastDay(watermark));
    }

    /// The last day whose usage is complete.
    public static LocalDate lastDay(Instant watermark) {
        return LocalDate.ofInstant(watermark, ZoneOffset.UTC).minusDays(1);
    }

    @Override
    public SuspendAdvisor.Answer advice(TargetId target) {
        return new SuspendAdvisor(lakehouse)
                .advise(
                        plane(target),
                        target.project(),
                        DAYS,
                        COLD_STARTS,
                        clock.instant(),
                        Deadline.in(PATIENCE));
    }

    private ControlPlane plane(TargetId target) {
        return planes.of(target)
                .orElseThrow(
                        () ->
                                new OpsException(
                                        OpsException.Kind.UNSUPPORTED,
                                        "Asking for computes",
                                        target + " belongs to no Lakebase project",
                                        "choose a branch of a project"));
    }

    @Override
    public List<Capacity> capacity(TargetId target) {
        var by = Map.of("project", target.project(), "branch", target.branch());
        var forecasts = new HashMap<String, List<Map<String, @Nullable Object>>>();
        lakehouse
                .query(HistoryQueries.CAPACITY_LAST, by, ReadScope.ALL, Deadline.in(PATIENCE))
                .list()
                .forEach(
                        r ->
                                forecasts
                                        .computeIfAbsent(
                                                Objects.toString(r.get("resource")),
                                                _ -> new ArrayList<>())
                                        .add(r));
        var past = past(target);
        return List.of(
                capacity("storage", MetricName.DATABASE_SIZE_BYTES, past, forecasts),
                capacity("connections", MetricName.CONNECTION_UTILIZATION, past, forecasts),
                capacity("transaction_ids", MetricName.TXID_AGE, past, forecasts));
    }

    /// The days of one metric.
    private static final class PastDays {
        private final List<Capacity.Day> days = new ArrayList<>();
        private final GeneratedRows generated = new GeneratedRows();
    }

    private Map<String, PastDays> past(TargetId target) {
        var values =
                Map.of(
                        "project", target.project(),
                        "branch", target.branch(),
                        "first", MetricName.DATABASE_SIZE_BYTES.id(),
                        "second", MetricName.CONNECTION_UTILIZATION.id(),
                        "third", MetricName.TXID_AGE.id());
        var past = new HashMap<String, PastDays>();
        var scope = ReadScope.since(clock.instant().minus(Duration.ofDays(CAPACITY_DAYS)));
        lakehouse
                .query(HistoryQueries.METRIC_DAYS, values, scope, Deadline.in(PATIENCE))
                .list()
                .forEach(
                        r -> {
                            if (r.get("metric_day") instanceof LocalDate day
                                    && r.get("highest") instanceof Number value) {
                                var of =
                                        past.computeIfAbsent(
                                                Objects.toString(r.get("metric_name")),
                                                _ -> new PastDays());
                                of.days.add(new Capacity.Day(day, value.doubleValue()));
                                if (r.get("generated_until") instanceof Instant at) {
                                    of.generated.until(at);
                                }
                            }
                        });
        return past;
    }

    private static Capacity capacity(
            String name,
            MetricName metric,
            Map<String, PastDays> past,
            Map<String, List<Map<String, @Nullable Object>>> forecasts) {
        var rows = forecasts.getOrDefault(name, List.of());
        var future = new ArrayList<Capacity.Ahead>();
        for (var row : rows) {
            if (row.get("forecast_for") instanceof Instant at) {
                future.add(
                        new Capacity.Ahead(
                                LocalDate.ofInstant(at, ZoneOffset.UTC),
                                real(row.get("predicted")),
                                real(row.get("lower_bound")),
                                real(row.get("upper_bound"))));
            }
        }
        var before = past.getOrDefault(metric.id(), new PastDays());
        rows.forEach(before.generated::read);
        var first = rows.isEmpty() ? Map.<String, @Nullable Object>of() : rows.getFirst();
        return new Capacity(
                name,
                before.days,
                future,
                first.get("backtest_error") instanceof Number e ? e.doubleValue() : null,
                first.get("capacity_limit") instanceof Number l ? l.doubleValue() : null,
                first.get("limit_reached_at") instanceof Instant at
                        ? LocalDate.ofInstant(at, ZoneOffset.UTC)
                        : null,
                before.generated.until());
    }

    private static double real(@Nullable Object value) {
        return value instanceof Number n ? n.doubleValue() : 0;
    }

    @Override
    public ChangePlan plan(
            TargetId target, SuspendAdvice advice, SuspendAdvice.Point point, Actor by) {
        return new SuspendTimeoutPlan(plane(target), by, clock)
                .of(target, advice, point, Deadline.in(PATIENCE));
    }
}

package io.lakebaseops.agents.performance.optimization;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.agents.SuspendGuard;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.OpsTables;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/// Says when storage, connections, load and transaction ids meet their limits, with an interval and
/// the error the same method made on the past, or that it cannot be said.
public final class ForecastCapacityNeeds
        implements ReadTool<ForecastCapacityNeeds.Input, ForecastCapacityNeeds.Output> {
    private static final Duration HISTORY = Duration.ofDays(90);

    /// The server hands out no more transaction ids from here on.
    private static final double ID_STOP = 2_147_483_648.0 - 3_000_000;

    private final Targets targets;
    private final Lakehouse lakehouse;

    public ForecastCapacityNeeds(Targets targets, Lakehouse lakehouse) {
        this.targets = targets;
        this.lakehouse = lakehouse;
    }

    public record Input(
            @Doc(value = "Days to look ahead", defaultValue = "30") int days,
            @Doc("Bytes the database may grow to; left out: no limit is known")
                    @Nullable Long storageLimitBytes) {
        public Input {
            if (days < 1 || days > 365) {
                throw new OpsException(
                        OpsException.Kind.INVALID_INPUT,
                        "Forecasting capacity",
                        "days is " + days,
                        "give 1 to 365");
            }
        }
    }

    public record Output(List<Resource> resources) {
        public Output {
            resources = List.copyOf(resources);
        }
    }

    /// @param name `storage`, `connections`, `compute` or `transaction_ids`
    /// @param history one point a day
    /// @param forecast one point a day, empty when it abstains
    /// @param abstains why nothing is predicted; null when something is
    /// @param error of the back-test, a share of the mean level; null when it abstains
    /// @param backtest how the interval did on days of the past; null when it abstains
    /// @param levelShifts days from which the series lies higher or lower; taken out before the
    ///     trend is sought
    /// @param limitMet when the limit is met by the expected line; null for not within the days
    /// @param limitEarliest by the upper bound of the interval
    public record Resource(
            String name,
            String unit,
            List<Past> history,
            List<Future> forecast,
            @Nullable String abstains,
            @Nullable Double error,
            @Nullable Double naiveError,
            @Nullable Backtest backtest,
            List<LocalDate> levelShifts,
            @Nullable Double perDay,
            @Nullable Double limit,
            @Nullable LocalDate limitMet,
            @Nullable LocalDate limitEarliest) {
        public Resource {
            history = List.copyOf(history);
            forecast = List.copyOf(forecast);
            levelShifts = List.copyOf(levelShifts);
        }
    }

    /// Each day of the past was set against the 90 % interval of a forecast made a week before it.
    ///
    /// @param inside the interval, of so many `days`
    public record Backtest(int inside, int days) {}

    /// @param simulated some of it was generated, not measured
    public record Past(LocalDate day, double value, boolean simulated) {}

    /// @param low and `high`: nine of ten days are expected between them
    public record Future(LocalDate day, double expected, double low, double high) {}

    /// @param highest of a day counts, not its mean
    private record Series(
            String name, MetricName metric, String unit, boolean highest, @Nullable Double limit) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        ForecastCapacityNeeds.class,
                        "Says when storage, connections, load and transaction ids meet their limits",
                        "B.optimization")
                .appendingHistory()
                .every("0 4 * * 0");
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        var asleep = SuspendGuard.<Output>always(targets, context);
        var limit = input.storageLimitBytes();
        var wanted =
                List.of(
                        new Series(
                                "storage",
                                MetricName.DATABASE_SIZE_BYTES,
                                "bytes",
                                true,
                                limit == null ? null : limit.doubleValue()),
                        new Series(
                                "connections",
                                MetricName.CONNECTION_UTILIZATION,
                                "ratio",
                                true,
                                1.0),
                        new Series("compute", MetricName.TPS, "1/s", true, null),
                        new Series(
                                "transaction_ids",
                                MetricName.TXID_AGE,
                                "transactions",
                                true,
                                ID_STOP));
        var resources = new ArrayList<Resource>();
        for (var series : wanted) {
            context.deadline().check("Forecasting " + series.name());
            resources.add(forecast(series, input.days(), context));
        }
        var caveats = new ArrayList<String>();
        resources.stream()
                .filter(r -> r.abstains() != null)
                .forEach(r -> caveats.add(r.name().replace('_', ' ') + ": " + r.abstains()));
        resources.stream()
                .filter(r -> !r.levelShifts().isEmpty())
                .forEach(
                        r ->
                                caveats.add(
                                        "%s: the level changed at once on %s; the interval knows nothing of a next time"
                                                .formatted(
                                                        r.name().replace('_', ' '),
                                                        r.levelShifts().stream()
                                                                .map(LocalDate::toString)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                " and ")))));
        if (limit == null) {
            caveats.add("no storage limit is known: give one to learn when it is met");
        }
        if (asleep.isPresent()) {
            caveats.add("the compute is suspended; the forecast rests on what was measured before");
        }
        var generated =
                resources.stream()
                        .flatMap(r -> r.history().stream())
                        .filter(Past::simulated)
                        .map(Past::day)
                        .max(Comparator.naturalOrder());
        generated.ifPresent(
                day ->
                        caveats.add(
                                "the history until %s was generated for demonstration, not measured"
                                        .formatted(day)));
        store(resources, generated.isPresent() ? "simulated" : "live", context);
        return new Outcome.Found<>(
                new Output(resources),
                generated.isPresent() ? Source.SIMULATED : Source.STORED,
                List.of(),
                List.of(),
                caveats);
    }

    private Resource forecast(Series series, int days, ToolContext context) {
        var past = daily(series, context);
        var values = past.stream().mapToDouble(Past::value).toArray();
        var answer = SeriesForecast.of(values, days);
        var made = answer.forecast();
        if (made == null) {
            return new Resource(
                    series.name(),
                    series.unit(),
                    past,
                    List.of(),
                    answer.why(),
                    null,
                    null,
                    null,
                    List.of(),
                    null,
                    series.limit(),
                    null,
                    null);
        }
        var last = past.getLast().day();
        var future = new ArrayList<Future>();
        for (int i = 0; i < made.points().size(); i++) {
            var p = made.points().get(i);
            future.add(
                    new Future(
                            last.plusDays(i + 1L),
                            p.expected(),
                            Math.max(0, p.low()),
                            Math.max(0, p.high())));
        }
        var limit = series.limit();
        return new Resource(
                series.name(),
                series.unit(),
                past,
                future,
                null,
                made.error(),
                made.naiveError(),
                new Backtest(made.covered().inside(), made.covered().days()),
                made.shifts().stream().map(s -> past.get(s.day()).day()).sorted().toList(),
                made.perDay(),
                limit,
                limit == null ? null : met(future, limit, false),
                limit == null ? null : met(future, limit, true));
    }

    private static @Nullable LocalDate met(List<Future> future, double limit, boolean upper) {
        return future.stream()
                .filter(f -> (upper ? f.high() : f.expected()) >= limit)
                .map(Future::day)
                .findFirst()
                .orElse(null);
    }

    /// One value a day; a day without measurements has that of the day before it.
    private List<Past> daily(Series series, ToolContext context) {
        var target = context.target();
        var now = context.clock().instant();
        var days = new TreeMap<LocalDate, List<Double>>();
        var simulated = new HashSet<LocalDate>();
        for (var row :
                lakehouse
                        .query(
                                HistoryQueries.METRIC_VALUES,
                                Map.of(
                                        "project", target.project(),
                                        "branch", target.branch(),
                                        "metric", series.metric().id()),
                                ReadScope.since(now.minus(HISTORY)),
                                context.deadline())
                        .list()) {
            if (row.get("recorded_at") instanceof Instant at
                    && row.get("metric_value") instanceof Number value) {
                var day = at.atZone(ZoneOffset.UTC).toLocalDate();
                days.computeIfAbsent(day, _ -> new ArrayList<>()).add(value.doubleValue());
                if ("simulated".equals(row.get("source"))) {
                    simulated.add(day);
                }
            }
        }
        // Today is not over yet.
        days.remove(now.atZone(ZoneOffset.UTC).toLocalDate());
        var past = new ArrayList<Past>();
        if (days.isEmpty()) {
            return past;
        }
        double before = 0;
        for (var day = days.firstKey(); !day.isAfter(days.lastKey()); day = day.plusDays(1)) {
            var values = days.get(day);
            if (values != null) {
                var all = values.stream().mapToDouble(v -> v);
                before = series.highest() ? high(all) : all.average().orElse(before);
            }
            past.add(new Past(day, before, simulated.contains(day)));
        }
        return past;
    }

    /// Of a day nineteen of twenty measurements lie below: a single peak is no need.
    private static double high(DoubleStream values) {
        var sorted = values.sorted().toArray();
        return sorted[Math.min(sorted.length - 1, (int) (0.95 * sorted.length))];
    }

    private void store(List<Resource> resources, String source, ToolContext context) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        var now = context.clock().instant();
        for (var r : resources) {
            for (var f : r.forecast()) {
                var row = HistoryRow.of(context.target(), now, context.runId().toString());
                row.put("source", source);
                row.put("resource", r.name());
                row.put("forecast_for", f.day().atStartOfDay(ZoneOffset.UTC).toInstant());
                row.put("predicted", f.expected());
                row.put("lower_bound", f.low());
                row.put("upper_bound", f.high());
                row.put("confidence_level", SeriesForecast.LEVEL);
                row.put("unit", r.unit());
                row.put(
                        "method",
                        "Theil-Sen trend, weekday medians, level shifts, conformal interval");
                row.put("backtest_error", r.error());
                row.put("capacity_limit", r.limit());
                row.put(
                        "limit_reached_at",
                        r.limitMet() == null
                                ? null
                                : r.limitMet().atStartOfDay(ZoneOffset.UTC).toInstant());
                rows.add(row);
            }
        }
        if (!rows.isEmpty()) {
            lakehouse.append(OpsTables.CAPACITY_FORECAST.name(), rows);
        }
    }
}

package io.lakebaseops.agents.performance.maintenance;

import io.lakebaseops.agents.performance.maintenance.CheckTxidWraparoundRisk.Database;
import io.lakebaseops.agents.performance.maintenance.CheckTxidWraparoundRisk.Ids;
import io.lakebaseops.agents.performance.maintenance.CheckTxidWraparoundRisk.Limit;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.GeneratedRows;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.ReadScope;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How old the transaction and multixact ids of a server are, how fast they are used up by our
/// history, and when each limit is met.
record IdConsumption(List<Database> databases, Rates rates, Instant now, Marks marks) {
    private static final Duration MEASURED = Duration.ofDays(7);

    IdConsumption {
        databases = List.copyOf(databases);
    }

    /// Ages from which it is a warning, and critical.
    record Marks(long warning, long critical) {
        static final Marks STANDARD =
                new Marks(
                        CheckTxidWraparoundRisk.WARNING_AGE, CheckTxidWraparoundRisk.CRITICAL_AGE);
    }

    record Rates(Measured transactions, Measured multixacts) {}

    /// @param rate null where the history is too short to say
    /// @param generatedUntil the newest generated age it rests on; null when all were measured
    record Measured(@Nullable ConsumptionRate rate, @Nullable Instant generatedUntil) {}

    static Rates rates(Lakehouse lakehouse, TargetId target, Instant now, Deadline deadline) {
        return new Rates(
                rate(MetricName.TXID_AGE, lakehouse, target, now, deadline),
                rate(MetricName.MULTIXACT_AGE, lakehouse, target, now, deadline));
    }

    private static Measured rate(
            MetricName metric,
            Lakehouse lakehouse,
            TargetId target,
            Instant now,
            Deadline deadline) {
        var points = new ArrayList<ConsumptionRate.Point>();
        var generated = new GeneratedRows();
        for (var row :
                lakehouse
                        .query(
                                HistoryQueries.METRIC_VALUES,
                                Map.of(
                                        "project", target.project(),
                                        "branch", target.branch(),
                                        "metric", metric.id()),
                                ReadScope.since(now.minus(MEASURED)),
                                deadline)
                        .list()) {
            if (row.get("recorded_at") instanceof Instant at
                    && row.get("metric_value") instanceof Number value) {
                points.add(new ConsumptionRate.Point(at, value.doubleValue()));
                generated.read(row);
            }
        }
        return new Measured(ConsumptionRate.of(points), generated.until());
    }

    Ids transactions() {
        return ids(
                databases.stream().mapToLong(Database::xidAge).max().orElse(0),
                databases.stream().mapToLong(Database::freezeMaxAge).findFirst().orElse(0),
                rates.transactions());
    }

    Ids multixacts() {
        return ids(
                databases.stream().mapToLong(Database::multixactAge).max().orElse(0),
                databases.stream().mapToLong(Database::multixactFreezeMaxAge).findFirst().orElse(0),
                rates.multixacts());
    }

    private Ids ids(long age, long forced, Measured measured) {
        var rate = measured.rate();
        return new Ids(
                age,
                forced,
                rate == null ? null : rate.perHour(),
                limit(rate, age, forced),
                limit(rate, age, marks.warning()),
                limit(rate, age, marks.critical()),
                limit(rate, age, ConsumptionRate.STOP),
                rate == null ? null : measured.generatedUntil());
    }

    /// When a table of this age has that one; null when it has, or nobody knows.
    @Nullable Limit xidsReach(long age, long limit) {
        return limit(rates.transactions().rate(), age, limit);
    }

    private @Nullable Limit limit(@Nullable ConsumptionRate rate, long age, long limit) {
        return rate == null ? null : Limit.of(rate.reaches(age, limit, now));
    }
}

package io.lakebaseops.ask.plan;

import io.lakebaseops.agents.health.monitoring.AlertRule;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.WaitClass;
import io.lakebaseops.lakehouse.HistoryQueries;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.ReadScope;
import io.lakebaseops.lakehouse.history.StatementPlans;
import io.lakebaseops.lakehouse.history.StatementStatistics;
import io.lakebaseops.lakehouse.history.StatementTotals;
import io.lakebaseops.lakehouse.history.TimeRange;
import io.lakebaseops.lakehouse.history.WaitHistory;
import io.lakebaseops.lakehouse.history.WaitShares;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The steps that read the history: what statements cost and how that changed, what was waited
/// for, plans that changed, and metrics over time. None of them touches the watched server.
public final class HistorySteps {
    private static final int LISTED = 12;
    private static final int SLICES = 60;
    private static final Duration OPENING = Duration.ofMinutes(1);

    private final Lakehouse lakehouse;
    private final MetricDefinitions metrics;
    private final StatementStatistics statements;
    private final WaitHistory waits;
    private final StatementPlans plans;

    public HistorySteps(Lakehouse lakehouse, WaitHistory waits, MetricDefinitions metrics) {
        this.lakehouse = lakehouse;
        this.metrics = metrics;
        this.waits = waits;
        statements = new StatementStatistics(lakehouse);
        plans = new StatementPlans(lakehouse);
    }

    /// What steps may name, with `metric/<name>` for each metric.
    public static Set<String> names() {
        return Set.of(
                "statements",
                "roles",
                "databases",
                "slower",
                "statement",
                "waits",
                "wait_sessions",
                "load",
                "plan_changes",
                "plans");
    }

    /// Opened by asking it about a server that is none.
    void open() {
        var nobody = new TargetId("none", "none", "none");
        var now = TimeRange.before(Instant.EPOCH, Duration.ofMinutes(1));
        plans.changes(nobody, now, Deadline.in(OPENING));
    }

    Found read(String name, Asked asked, Deadline deadline) {
        var target = asked.target();
        var range = asked.range();
        if (name.startsWith("metric/")) {
            var metric = MetricName.of(name.substring("metric/".length()));
            return metric(target, metric, range, deadline);
        }
        return switch (name) {
            case "statements" ->
                    totals(target, range, StatementTotals.Dimension.STATEMENT, deadline);
            case "roles" -> totals(target, range, StatementTotals.Dimension.ROLE, deadline);
            case "databases" -> totals(target, range, StatementTotals.Dimension.DATABASE, deadline);
            case "slower" -> slower(target, range, deadline);
            case "statement" -> statement(asked, range, deadline);
            case "waits" -> shares(target, range, WaitShares.Dimension.EVENT, deadline);
            case "wait_sessions" ->
                    shares(target, range, WaitShares.Dimension.APPLICATION, deadline);
            case "load" -> load(target, range, deadline);
            case "plan_changes" -> planChanges(target, range, deadline);
            case "plans" -> plansOf(asked, deadline);
            default ->
                    throw new OpsException(
                            OpsException.Kind.UNSUPPORTED, name, "no such history", "");
        };
    }

    private Found totals(
            TargetId target, TimeRange range, StatementTotals.Dimension by, Deadline deadline) {
        var totals = statements.totals(target, range, by, LISTED, deadline);
        double all = totals.all().execMillis();
        var rows = totals.rows().stream().map(r -> row(r, all)).toList();
        return new Found(rows, facts(totals, all), 2, source(totals));
    }

    private static Map<String, @Nullable Object> facts(StatementTotals totals, double all) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("all_ms", all);
        facts.put("all_calls", Math.round(totals.all().calls()));
        facts.put("all_mean_ms", totals.all().meanMillis());
        facts.put("statements", totals.statements());
        return facts;
    }

    private static Source source(StatementTotals totals) {
        return totals.rows().stream().anyMatch(StatementTotals.Row::simulated)
                ? Source.SIMULATED
                : Source.STORED;
    }

    private static Map<String, @Nullable Object> row(StatementTotals.Row r, double all) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put(r.queryId() == null ? "name" : "queryid", r.key());
        if (r.queryId() != null) {
            row.put("statement", r.query() == null ? "(text not known)" : r.query());
        }
        row.put("calls", Math.round(r.work().calls()));
        row.put("mean_ms", r.work().meanMillis());
        row.put("total_ms", r.work().execMillis());
        row.put("time_share", all > 0 ? r.work().execMillis() / all : null);
        row.put("before_ms", r.change().meanBefore());
        row.put("change", r.change().ratio());
        row.put("blocks_read", Math.round(r.work().blocksRead()));
        row.put("temp_blocks", Math.round(r.work().tempBlocks()));
        return row;
    }

    /// Those that became slower for certain, the most added time first.
    private Found slower(TargetId target, TimeRange range, Deadline deadline) {
        var totals =
                statements.totals(
                        target, range, StatementTotals.Dimension.STATEMENT, 200, deadline);
        double all = totals.all().execMillis();
        record Slower(StatementTotals.Row row, double added) {}
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        totals.rows().stream()
                .filter(r -> r.change().significant() && r.change().meanBefore() != null)
                .map(r -> new Slower(r, added(r)))
                .filter(s -> s.added() > 0)
                .sorted((a, b) -> Double.compare(b.added(), a.added()))
                .limit(LISTED)
                .forEach(
                        s -> {
                            var row = row(s.row(), all);
                            row.put("added_ms", s.added());
                            rows.add(row);
                        });
        return new Found(rows, facts(totals, all), 2, source(totals));
    }

    private static double added(StatementTotals.Row r) {
        var before = r.change().meanBefore();
        return before == null ? 0 : (r.work().meanMillis() - before) * r.work().calls();
    }

    private Found statement(Asked asked, TimeRange range, Deadline deadline) {
        long id = queryId(asked);
        var trends = statements.trends(asked.target(), List.of(id), range, SLICES, deadline);
        var trend = trends.get(id);
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        double calls = 0;
        double millis = 0;
        if (trend != null) {
            for (var slice : trend.slices()) {
                var row = new LinkedHashMap<String, @Nullable Object>();
                row.put("at", slice.until());
                row.put("mean_ms", slice.work().meanMillis());
                row.put("calls", Math.round(slice.work().calls()));
                rows.add(row);
                calls += slice.work().calls();
                millis += slice.work().execMillis();
            }
        }
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("all_calls", Math.round(calls));
        facts.put("all_mean_ms", calls > 0 ? millis / calls : null);
        facts.put("all_ms", millis);
        facts.put("text", statements.texts(asked.target(), List.of(id), deadline).get(id));
        return new Found(rows, facts, 2, Source.STORED);
    }

    private static long queryId(Asked asked) {
        var id = asked.numbers().get("queryid");
        if (id == null) {
            throw new OpsException(
                    OpsException.Kind.INVALID_INPUT,
                    "The statement",
                    "the question names none",
                    "name its query id");
        }
        return Long.parseLong(id);
    }

    private Found shares(
            TargetId target, TimeRange range, WaitShares.Dimension by, Deadline deadline) {
        var shares = waits.shares(target, range, by, LISTED, deadline);
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        double all = shares.total();
        boolean simulated = false;
        for (var share : shares.shares()) {
            if (share.rest()) {
                continue;
            }
            simulated |= share.simulated();
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("name", share.key() == null ? "CPU" : share.key());
            row.put("sessions", shares.sessions(share));
            row.put("time_seconds", share.total());
            row.put("time_share", all > 0 ? share.total() / all : null);
            rows.add(row);
        }
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("all_seconds", all);
        facts.put("sampled_seconds", shares.sampledSeconds());
        facts.put(
                "all_sessions", shares.sampledSeconds() > 0 ? all / shares.sampledSeconds() : null);
        return new Found(rows, facts, 1, simulated ? Source.SIMULATED : Source.STORED);
    }

    private Found load(TargetId target, TimeRange range, Deadline deadline) {
        var load = waits.load(target, range, SLICES, deadline);
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        Instant peakAt = null;
        double peak = 0;
        for (var slice : load.slices()) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("at", slice.until());
            row.put("sessions", slice.sampled() ? slice.total() : null);
            rows.add(row);
            if (slice.sampled() && slice.total() >= peak) {
                peak = slice.total();
                peakAt = slice.until();
            }
        }
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("mean_sessions", peakAt == null ? null : load.mean());
        facts.put("peak_sessions", peakAt == null ? null : peak);
        facts.put("peak_at", peakAt);
        var means = load.means();
        for (var waitClass : WaitClass.values()) {
            facts.put(
                    "of_" + waitClass.name().toLowerCase(java.util.Locale.ROOT),
                    means.getOrDefault(waitClass, 0.0));
        }
        return new Found(rows, facts, 1, Source.STORED);
    }

    private Found planChanges(TargetId target, TimeRange range, Deadline deadline) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        var changes = plans.changes(target, range, deadline);
        var texts =
                statements.texts(
                        target,
                        changes.stream().map(StatementPlans.Change::queryId).distinct().toList(),
                        deadline);
        for (var change : changes.reversed()) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("at", change.at());
            row.put("queryid", String.valueOf(change.queryId()));
            row.put("statement", texts.getOrDefault(change.queryId(), "(text not known)"));
            rows.add(row);
        }
        return Found.stored(rows);
    }

    private Found plansOf(Asked asked, Deadline deadline) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (var plan : plans.of(asked.target(), queryId(asked), deadline).reversed()) {
            var row = new LinkedHashMap<String, @Nullable Object>();
            row.put("at", plan.at());
            row.put("cost", plan.totalCost());
            row.put("mean_ms", plan.meanMillis());
            row.put("changed", plan.changed());
            row.put("captured_by", plan.capturedBy());
            rows.add(row);
        }
        return Found.stored(rows);
    }

    private Found metric(TargetId target, MetricName metric, TimeRange range, Deadline deadline) {
        var values =
                Map.of(
                        "project", target.project(),
                        "branch", target.branch(),
                        "metric", metric.id());
        var points =
                lakehouse
                        .query(
                                HistoryQueries.METRIC_VALUES,
                                values,
                                ReadScope.between(range.from(), range.until()),
                                deadline)
                        .list();
        var found = MetricSeries.of(metric, points);
        var facts = new LinkedHashMap<>(found.facts());
        metrics.watched(target, metric).ifPresent(w -> facts.putAll(limits(w.rule())));
        return new Found(found.rows(), facts, found.queries(), found.source());
    }

    /// When a metric becomes an alert; near is where an alert about it would not yet end.
    private static Map<String, @Nullable Object> limits(AlertRule rule) {
        var limits = new LinkedHashMap<String, @Nullable Object>();
        limits.put("warning", Format.of(rule.metric(), rule.warning()).toString());
        limits.put("warning_value", rule.warning());
        limits.put("critical", Format.of(rule.metric(), rule.critical()).toString());
        limits.put("critical_value", rule.critical());
        limits.put("near_value", rule.endsAt());
        return limits;
    }
}

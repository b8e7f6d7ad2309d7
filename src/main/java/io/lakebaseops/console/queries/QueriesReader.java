package io.lakebaseops.console.queries;

import io.lakebaseops.agents.performance.metrics.WaitSampling;
import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.queries.Look.Grouping;
import io.lakebaseops.console.queries.QueriesSnapshot.Mark;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.WaitClass;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.lakehouse.history.StatementPlans;
import io.lakebaseops.lakehouse.history.StatementStatistics;
import io.lakebaseops.lakehouse.history.StatementTotals;
import io.lakebaseops.lakehouse.history.StatementTrend;
import io.lakebaseops.lakehouse.history.TimeRange;
import io.lakebaseops.lakehouse.history.WaitHistory;
import io.lakebaseops.lakehouse.history.WaitLoad;
import io.lakebaseops.lakehouse.history.WaitShares;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// Reads the load of a server and the statements behind it from history; blocking.
final class QueriesReader {
    private static final int LINES = 200;
    private static final int TRENDS = 60;
    private static final int TREND_POINTS = 40;
    private static final int PLANS = 200;
    private static final int RUNS = 200;
    private static final int MARKS = 30;
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /// Samples are written every ten seconds; shorter holes are none.
    private static final Duration GAP = Duration.ofMinutes(1);

    static final String COLLECTOR = "persist_pg_stat_statements";

    private final StatementStatistics statements;
    private final WaitHistory waits;
    private final StatementPlans plans;
    private final Function<TargetId, WaitSampling> sampling;
    private final Function<TargetId, Optional<GeneratedHistory>> generated;
    private final ApprovalDesk desk;
    private final AgentFramework framework;

    QueriesReader(
            StatementStatistics statements,
            WaitHistory waits,
            StatementPlans plans,
            Function<TargetId, WaitSampling> sampling,
            Function<TargetId, Optional<GeneratedHistory>> generated,
            ApprovalDesk desk,
            AgentFramework framework) {
        this.statements = statements;
        this.waits = waits;
        this.plans = plans;
        this.sampling = sampling;
        this.generated = generated;
        this.desk = desk;
        this.framework = framework;
    }

    QueriesSnapshot read(TargetId target, Look look, Instant now) {
        var deadline = Deadline.in(LONGEST);
        var whole = look.whole(now);
        var range = look.range(now);
        var load = waits.load(target, whole, look.span().slices(), deadline);
        var means =
                look.chosen() == null
                        ? load.means()
                        : waits.load(target, range, 1, deadline).means();
        var before = waits.load(target, range.previous(), 1, deadline);
        boolean sampledBefore = before.slices().stream().anyMatch(WaitLoad.Slice::sampled);
        var shares = waits.shares(target, range, dimension(look.grouping()), LINES, deadline);
        var totals =
                look.grouping() == Grouping.APPLICATION
                        ? new StatementTotals(List.of(), null, 0)
                        : statements.totals(
                                target, range, ofStatements(look.grouping()), LINES, deadline);
        var trends = trends(target, totals, whole, deadline);
        boolean samplesOnly = look.grouping() == Grouping.APPLICATION;
        double all = samplesOnly ? shares.total() : totals.all().execMillis();
        var lines =
                samplesOnly
                        ? lines(shares, range)
                        : lines(totals, shares, trends, range, whole, all);
        double listed = lines.stream().mapToDouble(StatementLine::share).sum();
        var state = sampling.apply(target);
        var vcpus = vcpus(target);
        return new QueriesSnapshot(
                look,
                whole,
                range,
                load,
                means,
                sampledBefore ? before.mean() : null,
                lines,
                totals.rest(),
                lines.isEmpty() ? 0 : Math.max(0, 1 - listed),
                samplesOnly ? lines.size() : totals.statements(),
                waits.gaps(target, whole, gap(look), deadline),
                generated
                        .apply(target)
                        .filter(g -> g.reaches(earliest(whole.from(), range.previous().from())))
                        .orElse(null),
                marks(target, whole, lines, deadline),
                vcpus,
                // One sample is taken every second.
                state.millisPerSample() == null ? null : state.millisPerSample() / 1000,
                missing(target, state));
    }

    /// Changes are against the range before.
    private static Instant earliest(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Duration gap(Look look) {
        var slice = look.span().length().dividedBy(look.span().slices());
        return slice.compareTo(GAP) > 0 ? slice : GAP;
    }

    /// The computes of Local Lakebase have all processors of this machine; of others nobody says.
    private static @Nullable Integer vcpus(TargetId target) {
        return target.profile().equals("local") ? Runtime.getRuntime().availableProcessors() : null;
    }

    private static WaitShares.Dimension dimension(Grouping by) {
        return switch (by) {
            case STATEMENT -> WaitShares.Dimension.STATEMENT;
            case ROLE -> WaitShares.Dimension.ROLE;
            case APPLICATION -> WaitShares.Dimension.APPLICATION;
            case DATABASE -> WaitShares.Dimension.DATABASE;
        };
    }

    private static StatementTotals.Dimension ofStatements(Grouping by) {
        return switch (by) {
            case STATEMENT, APPLICATION -> StatementTotals.Dimension.STATEMENT;
            case ROLE -> StatementTotals.Dimension.ROLE;
            case DATABASE -> StatementTotals.Dimension.DATABASE;
        };
    }

    private Map<Long, StatementTrend> trends(
            TargetId target, StatementTotals totals, TimeRange whole, Deadline deadline) {
        var ids =
                totals.rows().stream()
                        .map(StatementTotals.Row::queryId)
                        .filter(Objects::nonNull)
                        .limit(TRENDS)
                        .toList();
        return statements.trends(target, ids, whole, TREND_POINTS, deadline);
    }

    private static List<StatementLine> lines(
            StatementTotals totals,
            WaitShares shares,
            Map<Long, StatementTrend> trends,
            TimeRange range,
            TimeRange whole,
            double all) {
        var classes = new HashMap<String, Map<WaitClass, Double>>();
        shares.shares().stream()
                .filter(s -> s.key() != null)
                .forEach(s -> classes.put(s.key(), s.seconds()));
        var lines = new ArrayList<StatementLine>();
        for (var row : totals.rows()) {
            var trend = row.queryId() == null ? null : trends.get(row.queryId());
            lines.add(
                    new StatementLine(
                            row.key(),
                            row.queryId(),
                            row.database(),
                            row.role(),
                            text(row),
                            row.query(),
                            all > 0 ? row.work().execMillis() / all : 0,
                            classes.getOrDefault(row.key(), Map.of()),
                            row.work(),
                            range.length(),
                            row.spreadMillis(),
                            row.change(),
                            means(trend, whole),
                            row.reset(),
                            row.simulated() || row.change().simulated()));
        }
        return lines;
    }

    private static String text(StatementTotals.Row row) {
        if (row.queryId() == null) {
            return row.key();
        }
        return row.query() == null
                ? Texts.of("statement %s", row.key())
                : StatementText.folded(row.query());
    }

    private static List<StatementLine> lines(WaitShares shares, TimeRange range) {
        double all = shares.total();
        return shares.shares().stream()
                .filter(s -> !s.rest())
                .map(
                        s ->
                                new StatementLine(
                                        String.valueOf(s.key()),
                                        null,
                                        null,
                                        null,
                                        s.key() == null || s.key().isBlank()
                                                ? Texts.of("(no name)")
                                                : s.key(),
                                        null,
                                        all > 0 ? s.total() / all : 0,
                                        s.seconds(),
                                        null,
                                        range.length(),
                                        null,
                                        null,
                                        List.of(),
                                        false,
                                        s.simulated()))
                .toList();
    }

    /// The mean time of a call in each slice; where it did not run there is none.
    private static List<Double> means(@Nullable StatementTrend trend, TimeRange whole) {
        if (trend == null) {
            return List.of();
        }
        var means = new ArrayList<Double>(Collections.nCopies(TREND_POINTS, Double.NaN));
        double width = whole.length().toMillis() / (double) TREND_POINTS;
        for (var slice : trend.slices()) {
            int at =
                    (int)
                            Math.round(
                                    Duration.between(whole.from(), slice.from()).toMillis()
                                            / width);
            if (at >= 0 && at < TREND_POINTS && slice.work().calls() > 0) {
                means.set(at, slice.work().meanMillis());
            }
        }
        return means;
    }

    /// Plans carried out, and execution plans of the statements listed that changed.
    private List<Mark> marks(
            TargetId target, TimeRange whole, List<StatementLine> lines, Deadline deadline) {
        var marks = new ArrayList<Mark>();
        for (var filed : desk.history(PLANS)) {
            var at = filed.finishedAt();
            boolean ran =
                    filed.state() == FiledPlan.State.DONE
                            || filed.state() == FiledPlan.State.FAILED;
            if (ran
                    && at != null
                    && filed.plan().target().equals(target)
                    && !at.isBefore(whole.from())
                    && !at.isAfter(whole.until())) {
                marks.add(
                        new Mark(
                                at,
                                filed.plan().title(),
                                filed.state() == FiledPlan.State.FAILED,
                                filed.id(),
                                null));
            }
        }
        var listed = lines.stream().limit(TRENDS).map(StatementLine::key).toList();
        for (var change : plans.changes(target, whole, deadline)) {
            var id = Long.toString(change.queryId());
            if (listed.contains(id)) {
                marks.add(
                        new Mark(
                                change.at(),
                                Texts.of("Plan of statement %s changed", StatementText.shortId(id)),
                                false,
                                null,
                                id));
            }
        }
        marks.sort(Comparator.comparing(Mark::at));
        return marks.subList(Math.max(0, marks.size() - MARKS), marks.size());
    }

    /// What the last run of the collector could not do, and what sampling could not see.
    private List<String> missing(TargetId target, WaitSampling state) {
        var missing = new ArrayList<String>();
        framework.recent(RUNS).stream()
                .filter(r -> r.tool().equals(COLLECTOR) && r.target().equals(target))
                .findFirst()
                .ifPresent(
                        r -> {
                            if (r.status() == ToolReport.Status.OK) {
                                missing.addAll(
                                        r.caveats().stream()
                                                .filter(c -> c.contains("hidden"))
                                                .toList());
                            } else if (r.error() != null) {
                                missing.add(r.error());
                            }
                        });
        if (state.missing() != null) {
            missing.add(state.missing());
        }
        if (state.trouble() != null) {
            missing.add(Texts.of("The last sample of waits failed: %s", state.trouble()));
        }
        return missing;
    }
}

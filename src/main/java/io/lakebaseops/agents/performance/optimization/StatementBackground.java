package io.lakebaseops.agents.performance.optimization;

import io.lakebaseops.agents.ExecutionPlanHistory.Kept;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.WaitClass;
import io.lakebaseops.explain.StatementFacts;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.lakehouse.history.StatementPlan;
import io.lakebaseops.lakehouse.history.StatementStatistics;
import io.lakebaseops.lakehouse.history.TimeRange;
import io.lakebaseops.lakehouse.history.WaitHistory;
import io.lakebaseops.lakehouse.history.WaitShares;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What the history knows of slow statements beside their plans: how much they wait for locks, and
/// how fast each was with the plan before.
final class StatementBackground {
    private static final Duration WAITS_BACK = Duration.ofDays(1);
    private static final int STATEMENTS = 200;

    /// Fewer samples than this prove no share.
    private static final double ENOUGH_SECONDS = 10;

    private final StatementStatistics statistics;
    private final ToolContext context;
    private final Map<String, WaitShares.Share> waits = new HashMap<>();
    private boolean simulated;

    StatementBackground(WaitHistory history, StatementStatistics statistics, ToolContext context) {
        this.statistics = statistics;
        this.context = context;
        var range = TimeRange.before(context.clock().instant(), WAITS_BACK);
        history.shares(
                        context.target(),
                        range,
                        WaitShares.Dimension.STATEMENT,
                        STATEMENTS,
                        context.deadline())
                .shares()
                .forEach(
                        share -> {
                            if (share.key() != null) {
                                waits.put(share.key(), share);
                            }
                        });
    }

    /// Some of what was used was generated for demonstration, not measured.
    boolean simulated() {
        return simulated;
    }

    StatementFacts facts(SlowStatement statement, @Nullable Kept kept) {
        var previous = kept == null ? null : kept.previous();
        var difference = kept == null ? null : kept.difference();
        if (kept == null || previous == null || difference == null) {
            return facts(statement, statement.meanMs(), null, 0);
        }
        simulated |= previous.simulated();
        var means = means(statement, kept, previous);
        return facts(statement, means.now(), difference, means.before());
    }

    private StatementFacts facts(
            SlowStatement statement, double mean, @Nullable String difference, double before) {
        return new StatementFacts(
                statement.query(),
                statement.callsPerMinute(),
                mean,
                statement.rowsPerCall(),
                statement.tempBytesPerCall(),
                lockShare(statement.queryid()),
                difference,
                before);
    }

    private double lockShare(long queryId) {
        var share = waits.get(Long.toString(queryId));
        if (share == null || share.total() < ENOUGH_SECONDS) {
            return 0;
        }
        simulated |= share.simulated();
        return share.share(WaitClass.LOCK);
    }

    private record Means(double before, double now) {}

    /// From the history of the statement where it reaches to both sides of the change: the mean the
    /// server tells is over both plans.
    private Means means(SlowStatement statement, Kept kept, StatementPlan previous) {
        var since = kept.since();
        var now = context.clock().instant();
        double before = previous.meanMillis() == null ? 0 : previous.meanMillis();
        if (since == null || !since.at().isBefore(now) || !previous.at().isBefore(since.at())) {
            return new Means(before, statement.meanMs());
        }
        double measuredBefore = mean(statement.queryid(), previous.at(), since.at());
        double measuredNow = mean(statement.queryid(), since.at(), now);
        return new Means(
                measuredBefore > 0 ? measuredBefore : before,
                measuredNow > 0 ? measuredNow : statement.meanMs());
    }

    private double mean(long queryId, Instant from, Instant until) {
        TargetId target = context.target();
        var trend =
                statistics
                        .trends(
                                target,
                                Set.of(queryId),
                                new TimeRange(from, until),
                                1,
                                context.deadline())
                        .get(queryId);
        return trend == null ? 0 : trend.slices().getFirst().work().meanMillis();
    }
}

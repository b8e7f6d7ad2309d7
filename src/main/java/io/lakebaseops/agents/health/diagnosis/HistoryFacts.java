package io.lakebaseops.agents.health.diagnosis;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakehouse.Lakehouse;
import io.lakebaseops.lakehouse.history.StatementPlans;
import io.lakebaseops.lakehouse.history.StatementStatistics;
import io.lakebaseops.lakehouse.history.StatementTotals;
import io.lakebaseops.lakehouse.history.StatementTotals.Row;
import io.lakebaseops.lakehouse.history.TimeRange;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// Facts from the history of statements: which became slower, whose plan changed. Rows that were
/// generated and not measured say nothing.
final class HistoryFacts {
    private static final Duration RANGE = Duration.ofMinutes(15);
    private static final Duration PLANS = Duration.ofHours(1);
    private static final int STATEMENTS = 50;

    /// Below this share of the time a statement is not what makes a server slow.
    private static final double NOTICEABLE = 0.1;

    private final Lakehouse lakehouse;
    private final TargetId target;
    private final Instant now;
    private final Deadline deadline;
    private final Facts facts;

    HistoryFacts(
            Lakehouse lakehouse, TargetId target, Instant now, Deadline deadline, Facts facts) {
        this.lakehouse = lakehouse;
        this.target = target;
        this.now = now;
        this.deadline = deadline;
        this.facts = facts;
    }

    void read() {
        try {
            statements();
            plans();
        } catch (OpsException e) {
            facts.gap("the history of statements could not be read: " + e.why());
        }
    }

    private void statements() {
        var range = TimeRange.before(now, RANGE);
        var totals =
                new StatementStatistics(lakehouse)
                        .totals(
                                target,
                                range,
                                StatementTotals.Dimension.STATEMENT,
                                STATEMENTS,
                                deadline);
        double all = totals.all().execMillis();
        var measured = totals.rows().stream().filter(r -> !r.simulated()).toList();
        var costly =
                measured.stream().filter(r -> r.work().execMillis() >= NOTICEABLE * all).toList();
        slower(costly);
    }

    private void slower(List<Row> costly) {
        costly.stream()
                .filter(r -> r.change().significant() && !r.change().simulated())
                .filter(r -> r.change().ratio() instanceof Double d && d > 0)
                .max(Comparator.comparingDouble(r -> r.work().execMillis()))
                .ifPresent(
                        r ->
                                facts.add(
                                        FactName.SLOWER_STATEMENT,
                                        1 + ratio(r),
                                        "statement %s takes %s times as long as in the quarter of an hour before"
                                                .formatted(r.key(), Format.digits(1 + ratio(r)))));
    }

    private static double ratio(Row row) {
        return row.change().ratio() instanceof Double d ? d : 0;
    }

    private void plans() {
        var changed =
                new StatementPlans(lakehouse)
                        .changes(target, TimeRange.before(now, PLANS), deadline).stream()
                                .filter(c -> !c.simulated())
                                .toList();
        if (changed.isEmpty()) {
            facts.add(FactName.PLAN_CHANGED, 0, "no statement got another plan within an hour");
        } else {
            // When it was captured says little about when it came into use.
            facts.add(
                    FactName.PLAN_CHANGED,
                    1,
                    "statement %s got another plan".formatted(changed.getLast().queryId()));
        }
    }
}

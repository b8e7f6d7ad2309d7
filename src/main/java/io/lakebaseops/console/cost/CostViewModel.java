package io.lakebaseops.console.cost;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.agents.health.operations.CostBoard;
import io.lakebaseops.agents.health.operations.Costs;
import io.lakebaseops.agents.health.operations.MonthEnd;
import io.lakebaseops.agents.health.operations.StoredCosts;
import io.lakebaseops.agents.health.operations.SuspendAdvice;
import io.lakebaseops.agents.health.operations.SuspendAdvisor;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.ScreenModel;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.PlanSubmitter;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.OpsEvent;
import io.lakebaseops.framework.ToolReport;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;

/// The cost of the project looked at, the branch selected, and plans for its suspend timeout.
public final class CostViewModel extends ScreenModel<CostSnapshot> {
    static final String TRACK = "track_cost_attribution";

    /// Of recent runs: the last one of the cost tool is among them.
    private static final int RUNS = 500;

    /// Days that say what is usual.
    private static final int BACK = 60;

    private final CostBoard board;
    private final AgentFramework framework;
    private final PlanSubmitter desk;
    private final ReadOnlyObjectWrapper<@Nullable Selected> selected =
            new ReadOnlyObjectWrapper<>();
    private volatile Costs.By by = Costs.By.BRANCH;
    private volatile Range range = Range.MONTH;
    private boolean chosen;

    /// The days that are shown, up to today.
    enum Range {
        MONTH,
        DAYS_30,
        DAYS_90
    }

    /// The branch in the pane.
    ///
    /// @param roles its cost by role, null until read
    /// @param applications the same by application
    record Selected(
            String branch,
            @Nullable Costs roles,
            @Nullable Costs applications,
            SuspendAdvice.@Nullable Point point) {}

    public CostViewModel(
            ConsoleSession session, CostBoard board, AgentFramework framework, PlanSubmitter desk) {
        super(session);
        this.board = board;
        this.framework = framework;
        this.desk = desk;
    }

    @Override
    protected CostSnapshot read(TargetId target) {
        var today = LocalDate.ofInstant(session.now(), ZoneOffset.UTC);
        var from = from(today);
        var split = by;
        boolean billed = board.billed(target);
        var capacity = board.capacity(target);
        if (!billed) {
            var none = none(from, today);
            return new CostSnapshot(
                    false, today, split, none, none, List.of(), null, List.of(), List.of(),
                    capacity, null);
        }
        var branches = board.costs(target, Costs.By.BRANCH, null, from, today);
        var shown =
                split == Costs.By.BRANCH ? branches : board.costs(target, split, null, from, today);
        var usual = board.costs(target, Costs.By.BRANCH, null, today.minusDays(BACK), today);
        var watermark = usual.watermark();
        var monthEnd =
                watermark == null
                        ? null
                        : MonthEnd.of(usual.daily(), StoredCosts.lastDay(watermark)).orElse(null);
        var advice =
                branches.empty()
                        ? new SuspendAdvisor.Answer(List.of(), List.of())
                        : board.advice(target);
        return new CostSnapshot(
                true,
                today,
                split,
                shown,
                branches,
                board.anomalies(usual),
                monthEnd,
                advice.advice().stream()
                        .sorted(Comparator.comparing(SuspendAdvice::savedHours).reversed())
                        .toList(),
                advice.quiet(),
                capacity,
                refused(target));
    }

    private static Costs none(LocalDate from, LocalDate until) {
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

    private LocalDate from(LocalDate today) {
        return switch (range) {
            case MONTH -> today.withDayOfMonth(1);
            case DAYS_30 -> today.minusDays(29);
            case DAYS_90 -> today.minusDays(89);
        };
    }

    /// What the last run of the cost tool was refused for.
    private @Nullable String refused(TargetId target) {
        return framework.recent(RUNS).stream()
                .filter(r -> r.tool().equals(TRACK))
                .filter(r -> r.target().project().equals(target.project()))
                .findFirst()
                .filter(r -> r.status() == ToolReport.Status.UNAVAILABLE)
                .map(ToolReport::error)
                .orElse(null);
    }

    @Override
    protected boolean isEmpty(CostSnapshot picture) {
        return picture.billed() && picture.branches().empty();
    }

    @Override
    protected boolean concerns(OpsEvent event) {
        return false;
    }

    @Override
    protected boolean concernedByPlans() {
        return true;
    }

    @Override
    protected void shown(CostSnapshot picture) {
        var open = selected.get();
        if (open == null && !chosen) {
            // What costs more than usual is what one came for, then what could cost less.
            picture.anomalies().stream()
                    .map(a -> a.branch())
                    .filter(b -> picture.branch(b).isPresent())
                    .findFirst()
                    .or(
                            () ->
                                    picture.advice().stream()
                                            .filter(SuspendAdvice::worthwhile)
                                            .map(SuspendAdvice::branch)
                                            .findFirst())
                    .ifPresent(this::select);
        } else if (open != null) {
            readShares(open.branch());
        }
    }

    void by(Costs.By next) {
        by = next;
        refresh();
    }

    void range(Range next) {
        range = next;
        refresh();
    }

    Range range() {
        return range;
    }

    void select(String branch) {
        chosen = true;
        var open = selected.get();
        if (open == null || !open.branch().equals(branch)) {
            selected.set(new Selected(branch, null, null, null));
            readShares(branch);
        }
    }

    private void readShares(String branch) {
        var today = LocalDate.ofInstant(session.now(), ZoneOffset.UTC);
        var from = from(today);
        lookUp(
                target ->
                        new Selected(
                                branch,
                                board.costs(target, Costs.By.ROLE, branch, from, today),
                                board.costs(target, Costs.By.APPLICATION, branch, from, today),
                                null),
                read -> {
                    var open = selected.get();
                    if (open != null && open.branch().equals(branch)) {
                        selected.set(
                                new Selected(
                                        branch, read.roles(), read.applications(), open.point()));
                    }
                });
    }

    /// Takes another timeout into the plan.
    void choose(SuspendAdvice.Point point) {
        var open = selected.get();
        if (open != null) {
            selected.set(new Selected(open.branch(), open.roles(), open.applications(), point));
        }
    }

    void close() {
        chosen = true;
        selected.set(null);
    }

    @Override
    protected void targetChanged() {
        chosen = false;
        selected.set(null);
    }

    ReadOnlyObjectProperty<@Nullable Selected> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    /// Files the plan for the point and shows it among the approvals.
    void file(SuspendAdvice advice, SuspendAdvice.Point point) {
        lookUp(
                target -> desk.file(board.plan(target, advice, point, session.actor())),
                filed -> session.goTo(Destination.plan(filed.id())));
    }

    /// Reads the bill now.
    void track() {
        var target = session.target();
        inBackground(
                () ->
                        framework.run(
                                TRACK,
                                JsonNodeFactory.instance.objectNode(),
                                target,
                                session.actor()));
    }
}

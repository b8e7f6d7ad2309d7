package io.lakebaseops.console.overview;

import io.lakebaseops.console.ActivityTimeline;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Alerts.Mute;
import io.lakebaseops.state.Findings;
import io.lakebaseops.state.Findings.StoredFinding;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// The lists of the overview, as they stand in the state database. They are read when something in
/// them changed, not with every round of measuring, and each is bounded.
///
/// @param findings the worst of them
/// @param findingCount of all that are open
record OverviewLists(
        TargetId target,
        Instant readAt,
        List<FiledPlan> waiting,
        Today today,
        List<Alert> alerts,
        List<Mute> mutes,
        List<StoredFinding> findings,
        int findingCount,
        List<ActivityTimeline.Entry> moments) {
    private static final int PLANS = 200;
    private static final int RUNS = 500;
    private static final int ALERTS = 200;
    private static final int FINDINGS = 50;
    private static final int MOMENTS = 60;

    static OverviewLists read(ConsoleServices services, ConsoleSession session, TargetId target) {
        var now = session.now();
        var waiting =
                services.desk().waiting().stream()
                        .filter(p -> p.plan().target().equals(target))
                        .toList();
        var history =
                services.desk().history(PLANS).stream()
                        .filter(p -> p.plan().target().equals(target))
                        .toList();
        var reports =
                services.framework().recent(RUNS).stream()
                        .filter(r -> r.target().equals(target))
                        .toList();
        var alerts =
                services.alerts().active(target).stream()
                        .sorted(
                                Comparator.comparing(Alert::severity)
                                        .reversed()
                                        .thenComparing(Alert::openedAt))
                        .toList();
        return new OverviewLists(
                target,
                now,
                waiting,
                Today.of(
                        history,
                        reports,
                        services.alerts().history(target, ALERTS),
                        now,
                        session.zone()),
                alerts,
                services.alerts().mutes(target, now),
                services.findings().page(Findings.Filter.of(target), 0, FINDINGS),
                services.findings().groups(target).stream().mapToInt(Findings.Group::count).sum(),
                services.timeline().read(target, session.journal().heard(), MOMENTS));
    }
}

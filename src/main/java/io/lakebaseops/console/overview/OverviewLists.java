package io.lakebaseops.console.overview;

import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.change.approval.PlanQueue.Entry;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.HeldBack;
import io.lakebaseops.domain.plan.Trust;
import io.lakebaseops.lakehouse.history.PastDeeds.PastAlerts;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Alerts.Mute;
import io.lakebaseops.state.Findings;
import io.lakebaseops.state.Findings.StoredFinding;
import io.lakebaseops.state.Outbox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The lists of the overview, as they stand in the state database. They are read when something in
/// them changed, not with every round of measuring, and each is bounded.
///
/// @param waiting the first of those that wait on this server, with how many alike ones
/// @param elsewhere the first of those that wait on other servers
/// @param done what was decided lately, for the flags of the charts
/// @param messages about the alerts that are on
/// @param history of alerts, for how long they lasted
/// @param findings the worst of them
/// @param findingCount of all that are open
/// @param plans by the finding, the plan that would mend it
/// @param ignored findings somebody ignores
/// @param merit of the agents within the last seven days
/// @param orphans branches without an expiry that should have one
/// @param trust of each kind of act on this server
/// @param generated alerts of the demo's past, which count in none of the figures; null elsewhere
record OverviewLists(
        TargetId target,
        Instant readAt,
        List<PlanQueue.Group> waiting,
        int waits,
        List<Entry> elsewhere,
        int waitsElsewhere,
        List<Entry> running,
        List<FiledPlan> done,
        Today today,
        List<Alert> alerts,
        List<Alert> history,
        List<Outbox.Entry> messages,
        List<Mute> mutes,
        List<StoredFinding> findings,
        int findingCount,
        Map<String, UUID> plans,
        List<HeldBack> ignored,
        PlanQueue.Merit merit,
        int orphans,
        List<Trust> trust,
        @Nullable PastAlerts generated) {
    /// The finding of `enforce_ttl_policies` about a branch that nobody will delete.
    private static final String ORPHAN = "branch_without_expiry";

    private static final Duration WEEK = Duration.ofDays(7);
    private static final int PLANS = 200;
    private static final int WAITING = 20;
    private static final int ELSEWHERE = 5;
    private static final int RUNS = 500;
    private static final int ALERTS = 200;
    private static final int FINDINGS = 50;
    private static final int IGNORED = 20;

    static OverviewLists read(ConsoleServices services, ConsoleSession session, TargetId target) {
        var now = session.now();
        var queue = services.queue();
        var counts = queue.counts();
        int here =
                counts.stream()
                        .filter(c -> c.target().equals(target))
                        .mapToInt(PlanQueue.Count::plans)
                        .sum();
        int all = counts.stream().mapToInt(PlanQueue.Count::plans).sum();
        var history =
                services.desk().history(PLANS).stream()
                        .filter(p -> p.plan().target().equals(target))
                        .toList();
        var reports =
                services.framework().recent(RUNS).stream()
                        .filter(r -> r.target().equals(target))
                        .toList();
        var alerts =
                services.health().alerts().active(target).stream()
                        .sorted(
                                Comparator.comparing(Alert::severity)
                                        .reversed()
                                        .thenComparing(Alert::openedAt))
                        .toList();
        var findings = services.findings().page(Findings.Filter.of(target), 0, FINDINGS);
        var groups = services.findings().groups(target);
        return new OverviewLists(
                target,
                now,
                queue.waiting(target, Set.of(), WAITING),
                here,
                all == here ? List.of() : elsewhere(queue, target),
                all - here,
                queue.running().stream().filter(r -> r.target().equals(target)).toList(),
                history,
                Today.of(history, reports, now, session.zone()),
                alerts,
                services.health().alerts().history(target, ALERTS),
                services.health().outbox().about(alerts.stream().map(Alert::id).toList()),
                services.health().alerts().mutes(target, now),
                findings,
                groups.stream().mapToInt(Findings.Group::count).sum(),
                queue.waitingFor(findings.stream().map(f -> f.finding().fingerprint()).toList()),
                services.desk().heldBack(target, IGNORED).stream()
                        .filter(h -> h.plan() == null)
                        .toList(),
                queue.merit(target, now.minus(WEEK)),
                groups.stream()
                        .filter(g -> g.kind().equals(ORPHAN))
                        .mapToInt(Findings.Group::count)
                        .sum(),
                queue.trust(target),
                services.health().past().alerts(target).orElse(null));
    }

    private static List<Entry> elsewhere(PlanQueue queue, TargetId target) {
        return queue.waiting(null, Set.of(), WAITING).stream()
                .map(PlanQueue.Group::newest)
                .filter(e -> !e.target().equals(target))
                .limit(ELSEWHERE)
                .toList();
    }
}

package io.lakebaseops.console.overview;

import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.change.approval.PlanQueue.Entry;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.PlanWords;
import io.lakebaseops.console.TargetWords;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowItem;
import io.lakebaseops.console.parts.RowItem.Act;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.HeldBack;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.state.Findings.StoredFinding;

import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// Plans, acts and findings as lines of a card.
final class OverviewRows {
    private final ConsoleSession session;
    private final OverviewViewModel model;

    OverviewRows(ConsoleSession session, OverviewViewModel model) {
        this.session = session;
        this.model = model;
    }

    /// What waits here, what runs here, and what waits on other servers, by name.
    List<RowItem> waiting(OverviewLists lists) {
        var rows = new ArrayList<RowItem>();
        var seen = new HashSet<String>();
        for (var group : lists.waiting()) {
            if (seen.add(group.newest().alike())) {
                rows.add(waiting(group));
            }
        }
        lists.running().forEach(r -> rows.add(running(r)));
        for (var e : lists.elsewhere()) {
            rows.add(
                    plan(e, TargetWords.of(e.target()) + ": " + e.title())
                            .trailing(risk(e), Role.of(e.risk())));
        }
        return rows;
    }

    private RowItem waiting(PlanQueue.Group group) {
        var e = group.newest();
        return plan(e, e.title())
                .times(group.times())
                .sub(ToolWords.title(e.tool()))
                .trailing(risk(e), Role.of(e.risk()))
                .note(PlanWords.left(e.expiresAt(), session.now()), Role.MUTED);
    }

    private RowItem running(Entry e) {
        var since = Duration.between(e.at(), session.now());
        return plan(e, e.title())
                .sub("is being carried out, approved by " + e.decidedBy())
                .trailing(Format.briefly(since), Role.INFO)
                .acts(List.of(Act.link("Watch", () -> session.goTo(Destination.plan(e.id())))));
    }

    private RowItem plan(Entry e, String title) {
        boolean waits = e.state() == FiledPlan.State.WAITING;
        return RowItem.of(
                        e.id().toString(),
                        waits ? Feather.SHIELD : Feather.LOADER,
                        waits ? Role.of(e.risk()) : Role.INFO,
                        title)
                .hint("filed " + Format.utc(e.filedAt()))
                .opens(() -> session.goTo(Destination.plan(e.id())));
    }

    private static String risk(Entry e) {
        return e.risk().name().toLowerCase(Locale.ROOT);
    }

    static String waitingCount(OverviewLists lists) {
        return both(lists.waits(), " here", lists.waitsElsewhere(), " elsewhere");
    }

    static String findingCount(OverviewLists lists) {
        return both(lists.findingCount(), " open", lists.ignored().size(), " ignored");
    }

    private static String both(int one, String oneWord, int other, String otherWord) {
        var parts = new ArrayList<String>();
        if (one > 0) {
            parts.add(Format.grouped(one) + oneWord);
        }
        if (other > 0) {
            parts.add(Format.grouped(other) + otherWord);
        }
        return String.join(", ", parts);
    }

    static String todayCount(Today today) {
        return both(
                Today.acts(today.agents()), " by agents", Today.acts(today.people()), " by people");
    }

    List<RowItem> today(Today today) {
        var rows = new ArrayList<RowItem>();
        if (!today.agents().isEmpty()) {
            rows.add(RowItem.heading("The agents did", ""));
            today.agents().forEach(e -> rows.add(done(e)));
        }
        if (!today.people().isEmpty()) {
            rows.add(RowItem.heading("People decided", ""));
            for (var e : today.people()) {
                var plan = Objects.requireNonNull(e.plan());
                var did = plan.state() == FiledPlan.State.REJECTED ? " kept: " : " approved: ";
                rows.add(act(e, plan, plan.decidedBy() + did + plan.plan().title()));
            }
        }
        return rows;
    }

    private RowItem done(Today.Entry entry) {
        var plan = entry.plan();
        if (plan != null) {
            return act(entry, plan, plan.plan().title());
        }
        var report = Objects.requireNonNull(entry.last());
        boolean ok = report.status() == ToolReport.Status.OK;
        var trouble =
                report.status() == ToolReport.Status.UNAVAILABLE ? Role.UNAVAILABLE : Role.WARNING;
        return RowItem.of(
                        report.tool(),
                        ok ? Feather.SEARCH : trouble.icon(),
                        ok ? Role.INFO : trouble,
                        ToolWords.title(report.tool()))
                .sub(ran(report, entry.times()))
                .trailing(clock(entry.at()), Role.MUTED)
                .hint(Format.utc(entry.at()))
                .opens(() -> session.goTo(Destination.tool(report.tool())));
    }

    private RowItem act(Today.Entry entry, FiledPlan plan, String title) {
        return RowItem.of(plan.id().toString(), PlanWords.icon(plan), PlanWords.role(plan), title)
                .times(entry.times())
                .sub((entry.times() > 1 ? "last: " : "") + PlanWords.outcome(plan))
                .trailing(clock(entry.at()), Role.MUTED)
                .hint(Format.utc(entry.at()))
                .opens(() -> session.goTo(Destination.plan(plan.id())));
    }

    private static String ran(ToolReport report, int runs) {
        var times = runs == 1 ? "ran once" : "ran " + Format.grouped(runs) + " times";
        var error = report.error();
        if (error != null) {
            return times + ", last: " + error;
        }
        var found =
                report.findings().isEmpty()
                        ? ""
                        : ", " + Format.count(report.findings().size(), "finding");
        return times + ", last in " + Format.duration(report.duration()) + found;
    }

    /// The open ones, then those somebody ignores, with reason and date.
    List<RowItem> findings(OverviewLists lists) {
        var rows = new ArrayList<RowItem>();
        lists.findings().forEach(f -> rows.add(finding(f, lists)));
        lists.ignored().forEach(h -> rows.add(ignored(h)));
        return rows;
    }

    private RowItem finding(StoredFinding f, OverviewLists lists) {
        var finding = f.finding();
        var role = Role.of(finding.severity());
        var plan = lists.plans().get(finding.fingerprint());
        var seen = f.timesSeen() == 1 ? "once" : Format.grouped(f.timesSeen()) + " times";
        return RowItem.of(finding.fingerprint(), role.icon(), role, finding.summary())
                .sub(ToolWords.title(finding.kind()) + " · seen " + seen)
                .trailing(clock(f.lastSeen()), Role.MUTED)
                .hint(Format.utc(f.lastSeen()))
                .opens(() -> model.lookAt(new EvidenceContent.Finding(f)))
                .acts(
                        plan == null
                                ? List.of()
                                : List.of(
                                        Act.link(
                                                "Open plan",
                                                () -> session.goTo(Destination.plan(plan)))));
    }

    private RowItem ignored(HeldBack h) {
        var until = h.until();
        var when = until == null ? "until it gets worse" : "until " + clock(until);
        return RowItem.of("ignored " + h.finding(), Feather.EYE_OFF, Role.MUTED, h.title())
                .sub(h.by() + ", " + when + ": " + h.why())
                .hint(h.at() == null ? "" : "ignored " + Format.utc(h.at()))
                .acts(List.of(Act.link("Show again", () -> model.showAgain(h))));
    }

    private String clock(Instant at) {
        return Format.clock(at, session.now(), session.zone());
    }
}

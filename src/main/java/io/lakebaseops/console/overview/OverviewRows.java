package io.lakebaseops.console.overview;

import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.change.approval.PlanQueue.Entry;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.PlanWords;
import io.lakebaseops.console.TargetWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowItem;
import io.lakebaseops.console.parts.RowItem.Act;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.HeldBack;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.state.Findings.StoredFinding;

import org.jspecify.annotations.Nullable;
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
                .sub(Texts.of("is being carried out, approved by %s", who(e.decidedBy())))
                .trailing(Format.briefly(since), Role.INFO)
                .acts(
                        List.of(
                                Act.link(
                                        Texts.of("Watch"),
                                        () -> session.goTo(Destination.plan(e.id())))));
    }

    private RowItem plan(Entry e, String title) {
        boolean waits = e.state() == FiledPlan.State.WAITING;
        return RowItem.of(
                        e.id().toString(),
                        waits ? Feather.SHIELD : Feather.LOADER,
                        waits ? Role.of(e.risk()) : Role.INFO,
                        title)
                .hint(Texts.of("filed %s", Format.utc(e.filedAt())))
                .opens(() -> session.goTo(Destination.plan(e.id())));
    }

    private static String risk(Entry e) {
        return Texts.of(e.risk().name().toLowerCase(Locale.ROOT));
    }

    static String waitingCount(OverviewLists lists) {
        return both(
                lists.waits(), Texts.of(" here"), lists.waitsElsewhere(), Texts.of(" elsewhere"));
    }

    static String findingCount(OverviewLists lists) {
        return both(
                lists.findingCount(),
                Texts.of(" open"),
                lists.ignored().size(),
                Texts.of(" ignored"));
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
                Today.acts(today.agents()),
                Texts.of(" by agents"),
                Today.acts(today.people()),
                Texts.of(" by people"));
    }

    List<RowItem> today(Today today) {
        var rows = new ArrayList<RowItem>();
        if (!today.agents().isEmpty()) {
            rows.add(RowItem.heading(Texts.of("The agents did"), ""));
            today.agents().forEach(e -> rows.add(done(e)));
        }
        if (!today.people().isEmpty()) {
            rows.add(RowItem.heading(Texts.of("People decided"), ""));
            for (var e : today.people()) {
                var plan = Objects.requireNonNull(e.plan());
                var did =
                        plan.state() == FiledPlan.State.REJECTED
                                ? Texts.of(" kept: ")
                                : Texts.of(" approved: ");
                rows.add(act(e, plan, who(plan.decidedBy()) + did + plan.plan().title()));
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
                .sub((entry.times() > 1 ? Texts.of("last: ") : "") + PlanWords.outcome(plan))
                .trailing(clock(entry.at()), Role.MUTED)
                .hint(Format.utc(entry.at()))
                .opens(() -> session.goTo(Destination.plan(plan.id())));
    }

    private static String ran(ToolReport report, int runs) {
        var times =
                runs == 1 ? Texts.of("ran once") : Texts.of("ran %s times", Format.grouped(runs));
        var error = report.error();
        if (error != null) {
            return Texts.of("%s, last: %s", times, error);
        }
        var found =
                report.findings().isEmpty()
                        ? ""
                        : ", " + Texts.count(report.findings().size(), "finding");
        return Texts.of("%s, last in %s%s", times, Format.duration(report.duration()), found);
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
        var seen =
                f.timesSeen() == 1
                        ? Texts.of("once")
                        : Texts.of("%s times", Format.grouped(f.timesSeen()));
        return RowItem.of(finding.fingerprint(), role.icon(), role, finding.summary())
                .sub(Texts.of("%s · seen %s", ToolWords.title(finding.kind()), seen))
                .trailing(clock(f.lastSeen()), Role.MUTED)
                .hint(Format.utc(f.lastSeen()))
                .opens(() -> model.lookAt(new EvidenceContent.Finding(f)))
                .acts(
                        plan == null
                                ? List.of()
                                : List.of(
                                        Act.link(
                                                Texts.of("Open plan"),
                                                () -> session.goTo(Destination.plan(plan)))));
    }

    private String who(@Nullable String name) {
        return name == null ? "" : session.named(name);
    }

    private RowItem ignored(HeldBack h) {
        var until = h.until();
        var when =
                until == null
                        ? Texts.of("until it gets worse")
                        : Texts.of("until %s", clock(until));
        return RowItem.of("ignored " + h.finding(), Feather.EYE_OFF, Role.MUTED, h.title())
                .sub(who(h.by()) + ", " + when + ": " + h.why())
                .hint(h.at() == null ? "" : Texts.of("ignored %s", Format.utc(h.at())))
                .acts(List.of(Act.link(Texts.of("Show again"), () -> model.showAgain(h))));
    }

    private String clock(Instant at) {
        return Texts.clock(at, session.now(), session.zone());
    }
}

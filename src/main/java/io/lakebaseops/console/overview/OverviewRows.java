package io.lakebaseops.console.overview;

import io.lakebaseops.console.ActivityTimeline.Entry;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.PlanWords;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowItem;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.state.Findings.StoredFinding;

import org.kordamp.ikonli.feather.Feather;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Plans, deeds, findings and moments as lines of a card.
final class OverviewRows {
    private final ConsoleSession session;
    private final OverviewViewModel model;

    OverviewRows(ConsoleSession session, OverviewViewModel model) {
        this.session = session;
        this.model = model;
    }

    List<RowItem> waiting(List<FiledPlan> plans) {
        return plans.stream().map(this::waiting).toList();
    }

    private RowItem waiting(FiledPlan p) {
        return RowItem.of(
                        p.id().toString(),
                        Feather.SHIELD,
                        Role.of(p.risk().level()),
                        p.plan().title())
                .sub(p.plan().why())
                .trailing(PlanWords.risk(p), Role.of(p.risk().level()))
                .hint(String.join("\n", p.risk().reasons()))
                .opens(() -> session.goTo(Destination.plan(p.id())));
    }

    List<RowItem> today(Today today) {
        return today.entries().stream().map(this::done).toList();
    }

    private RowItem done(Today.Entry entry) {
        var plan = entry.plan();
        if (plan != null) {
            return RowItem.of(
                            plan.id().toString(),
                            PlanWords.icon(plan),
                            PlanWords.role(plan),
                            plan.plan().title()
                                    + (entry.times() > 1
                                            ? ", %d times".formatted(entry.times())
                                            : ""))
                    .sub((entry.times() > 1 ? "last: " : "") + PlanWords.outcome(plan))
                    .trailing(clock(entry.at()), Role.MUTED)
                    .hint(Format.utc(entry.at()))
                    .opens(() -> session.goTo(Destination.plan(plan.id())));
        }
        var report = java.util.Objects.requireNonNull(entry.last());
        boolean ok = report.status() == ToolReport.Status.OK;
        var trouble =
                report.status() == ToolReport.Status.UNAVAILABLE ? Role.UNAVAILABLE : Role.WARNING;
        return RowItem.of(
                        report.tool(),
                        ok ? Feather.SEARCH : trouble.icon(),
                        ok ? Role.INFO : trouble,
                        sentence(report.tool()))
                .sub(ran(report, entry.times()))
                .trailing(clock(entry.at()), Role.MUTED)
                .hint(Format.utc(entry.at()))
                .opens(() -> session.goTo(Destination.tool(report.tool())));
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

    List<RowItem> findings(List<StoredFinding> findings) {
        return findings.stream().map(this::finding).toList();
    }

    private RowItem finding(StoredFinding f) {
        var role = Role.of(f.finding().severity());
        return RowItem.of(f.finding().fingerprint(), role.icon(), role, f.finding().summary())
                .sub(
                        agent(f)
                                + sentence(f.finding().kind()).toLowerCase(Locale.ENGLISH)
                                + " · seen "
                                + Format.grouped(f.timesSeen())
                                + (f.timesSeen() == 1 ? " time" : " times"))
                .trailing(clock(f.lastSeen()), Role.MUTED)
                .hint(Format.utc(f.lastSeen()))
                .opens(() -> model.lookAt(new EvidenceContent.Finding(f)));
    }

    /// Which agent looks for this: index and vacuum matters are Performance, branches Provisioning.
    private static String agent(StoredFinding f) {
        var kind = f.finding().kind();
        if (kind.contains("index") || kind.contains("vacuum") || kind.contains("bloat")) {
            return "Performance · ";
        }
        return kind.contains("branch") ? "Provisioning · " : "Health · ";
    }

    List<RowItem> moments(List<Entry> moments) {
        var items = new ArrayList<RowItem>();
        for (var m : moments) {
            var goTo = m.goTo();
            items.add(
                    RowItem.of(m.at() + m.title(), m.icon(), m.role(), m.title())
                            .sub(m.sub())
                            .trailing(clock(m.at()), Role.MUTED)
                            .hint(Format.utc(m.at()))
                            .opens(goTo == null ? null : () -> session.goTo(goTo)));
        }
        return items;
    }

    private String clock(Instant at) {
        return Format.clock(at, session.now(), session.zone());
    }

    static String sentence(String snake) {
        var words = snake.replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ENGLISH) + words.substring(1);
    }
}

package io.lakebaseops.console.overview;

import io.lakebaseops.change.approval.PlanQueue.Merit;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.PlanWords;
import io.lakebaseops.console.ReportSource;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.parts.GaugeTile.Reading;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.report.SectionParts;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.plan.Trust;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.report.Block;
import io.lakebaseops.report.Block.Column;
import io.lakebaseops.report.Block.Figure;
import io.lakebaseops.report.Cell;
import io.lakebaseops.report.Section;
import io.lakebaseops.report.Tone;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Findings;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// The overview as a section of a report: thresholds, alerts, findings, what was done today, and
/// what the agents were worth.
public final class OverviewSection {
    private final OverviewSnapshot p;
    private final ConsoleSession session;
    private final SectionParts parts;

    private OverviewSection(OverviewSnapshot p, ConsoleSession session) {
        this.p = p;
        this.session = session;
        parts = new SectionParts(session);
    }

    public static ReportSource of(
            ConsoleSession session, OverviewViewModel model, ConsoleServices services) {
        return target -> {
            var from = session.now().minus(model.rangeProperty().get().back());
            return new OverviewSection(model.read(target), session)
                    .section(
                            services.findings().groups(target),
                            services.generated()
                                    .apply(target)
                                    .filter(g -> g.reaches(from))
                                    .orElse(null));
        };
    }

    /// @param groups all open findings, counted by kind and schema
    private Section section(List<Findings.Group> groups, @Nullable GeneratedHistory generated) {
        var blocks = new ArrayList<Block>();
        blocks.add(thresholds());
        blocks.add(
                new Block.Charts(
                        p.charts().stream()
                                .map(
                                        c ->
                                                SectionParts.chart(
                                                        c.title(), words(c.current()), c.picture()))
                                .toList()));
        blocks.addAll(parts.generated(generated));
        blocks.add(alerts());
        blocks.add(kinds(groups));
        if (!p.findings().isEmpty()) {
            blocks.add(findings());
        }
        blocks.add(today(Texts.of("The agents did today"), p.lists().today().agents()));
        if (!p.lists().today().people().isEmpty()) {
            blocks.add(today(Texts.of("People decided today"), p.lists().today().people()));
        }
        blocks.addAll(measured());
        return new Section(
                "overview",
                Messages.of("screen.overview"),
                SectionParts.tone(p.verdict().role()),
                p.verdict().sentence(),
                blocks);
    }

    /// Of sessions a second figure stands where others have their unit.
    private static String words(Format.Figure current) {
        return current.unit().endsWith(" waiting")
                ? current.number() + ", " + current.unit()
                : current.toString();
    }

    private Block thresholds() {
        var rows = new ArrayList<List<Cell>>();
        for (int i = 0; i < p.standings().size(); i++) {
            rows.add(threshold(p.standings().get(i), p.gauges().get(i)));
        }
        var at = p.measuredAt();
        return Block.Table.of(
                Texts.of(
                        "Thresholds%s",
                        at == null ? "" : Texts.of(", measured %s", parts.when(at))),
                List.of(
                        Column.text(Texts.of("Measure"), 26),
                        Column.number(Texts.of("Now"), 12),
                        Column.text(Texts.of("Limits"), 34),
                        Column.text(Texts.of("State"), 28)),
                rows,
                Texts.of("Nothing is measured yet."));
    }

    private static List<Cell> threshold(Standing s, Reading r) {
        var metric = s.metric();
        boolean made = metric != null && metric.value().source() == Source.SIMULATED;
        var now =
                r.available()
                        ? Cell.of(r.unit().isEmpty() ? r.text() : r.text() + " " + r.unit())
                                .simulated(made)
                        : Cell.of("–", Tone.UNAVAILABLE);
        var why = !r.available() && !r.detail().isEmpty() ? r.detail() : r.verdict();
        return List.of(
                Cell.of(s.gauge().title()).sub(r.available() ? r.detail() : ""),
                now,
                Cell.of(s.gauge().limits()),
                Cell.of(why, SectionParts.tone(r.role())));
    }

    private Block alerts() {
        var rows = p.alerts().stream().limit(SectionParts.MOST_ROWS).map(this::alert).toList();
        return Block.Table.of(
                        Messages.of("overview.alerts"),
                        List.of(
                                Column.text(Texts.of("Severity"), 10),
                                Column.text(Texts.of("Alert"), 48),
                                Column.text(Texts.of("Since"), 14),
                                Column.text(Texts.of("Who knows of it"), 28)),
                        rows,
                        Messages.of("overview.alerts.empty"))
                .more(p.alerts().size() - rows.size());
    }

    private List<Cell> alert(Alert a) {
        var mute = p.lists().mutes().stream().filter(m -> m.covers(a)).findFirst();
        var role = Role.of(a.severity());
        var told = AlertMessages.line(p.lists().messages(), a, parts::when);
        var seen =
                a.acknowledgedBy() == null
                        ? Texts.of("nobody acknowledged it")
                        : Texts.of("acknowledged by %s", a.acknowledgedBy());
        return List.of(
                Cell.of(role.word(), SectionParts.tone(role)),
                Cell.of(a.message())
                        .sub(Texts.of("limit %s", Format.of(a.metric(), a.threshold()))),
                Cell.of(parts.when(a.openedAt())),
                Cell.of(seen)
                        .sub(
                                mute.map(
                                                m ->
                                                        Texts.of(
                                                                "muted by %s until %s: %s",
                                                                m.by(),
                                                                parts.when(m.until()),
                                                                m.reason()))
                                        .orElse(told)));
    }

    private Block kinds(List<Findings.Group> groups) {
        record Kind(int count, Role worst, java.time.Instant first) {}
        var kinds = new LinkedHashMap<String, Kind>();
        for (var g : groups) {
            kinds.merge(
                    g.kind(),
                    new Kind(g.count(), Role.of(g.worst()), g.firstSeen()),
                    (a, b) ->
                            new Kind(
                                    a.count() + b.count(),
                                    a.worst().compareTo(b.worst()) >= 0 ? a.worst() : b.worst(),
                                    a.first().isBefore(b.first()) ? a.first() : b.first()));
        }
        var rows =
                kinds.entrySet().stream()
                        .sorted(
                                Comparator.comparing(
                                                (java.util.Map.Entry<String, Kind> e) ->
                                                        e.getValue().worst())
                                        .reversed())
                        .limit(SectionParts.MOST_ROWS)
                        .map(
                                e ->
                                        List.of(
                                                Cell.of(
                                                        e.getValue().worst().word(),
                                                        SectionParts.tone(e.getValue().worst())),
                                                Cell.of(ToolWords.title(e.getKey())),
                                                Cell.of(Format.grouped(e.getValue().count())),
                                                Cell.of(parts.when(e.getValue().first()))))
                        .toList();
        return Block.Table.of(
                        Texts.of("Open findings by kind"),
                        List.of(
                                Column.text(Texts.of("Worst"), 10),
                                Column.text(Texts.of("Kind"), 58),
                                Column.number(Texts.of("Findings"), 12),
                                Column.text(Texts.of("First seen"), 20)),
                        rows,
                        Texts.of("No open finding."))
                .more(kinds.size() - rows.size());
    }

    private Block findings() {
        var rows =
                p.findings().stream()
                        .limit(SectionParts.MOST_ROWS)
                        .map(
                                f -> {
                                    var finding = f.finding();
                                    var role = Role.of(finding.severity());
                                    var plan = p.lists().plans().get(finding.fingerprint());
                                    return List.of(
                                            Cell.of(role.word(), SectionParts.tone(role)),
                                            Cell.of(finding.summary())
                                                    .sub(
                                                            Texts.of(
                                                                    "%s · seen since %s%s",
                                                                    ToolWords.title(finding.kind()),
                                                                    parts.when(f.firstSeen()),
                                                                    plan == null
                                                                            ? ""
                                                                            : Texts.of(
                                                                                    " · a plan waits"))),
                                            Cell.of("").sub(parts.evidence(finding)));
                                })
                        .toList();
        return Block.Table.of(
                        Texts.of("The worst findings and their evidence"),
                        List.of(
                                Column.text(Texts.of("Severity"), 10),
                                Column.text(Texts.of("Finding"), 45),
                                Column.text(Texts.of("Evidence"), 45)),
                        rows,
                        "")
                .more(p.lists().findingCount() - rows.size());
    }

    private Block today(String title, List<Today.Entry> entries) {
        var rows = entries.stream().limit(SectionParts.MOST_ROWS).map(this::done).toList();
        return Block.Table.of(
                        title,
                        List.of(
                                Column.text(Texts.of("When"), 14),
                                Column.text(Texts.of("What"), 43),
                                Column.text(Texts.of("Result"), 43)),
                        rows,
                        Messages.of("overview.today.empty"))
                .more(entries.size() - rows.size());
    }

    private List<Cell> done(Today.Entry e) {
        var times = e.times() == 1 ? "" : Texts.of(", %s times", Format.grouped(e.times()));
        var plan = e.plan();
        if (plan != null) {
            return List.of(
                    Cell.of(parts.when(e.at())),
                    Cell.of(plan.plan().title() + times),
                    Cell.of(PlanWords.outcome(plan), SectionParts.tone(PlanWords.role(plan))));
        }
        ToolReport report = Objects.requireNonNull(e.last());
        var error = report.error();
        return List.of(
                Cell.of(parts.when(e.at())),
                Cell.of(ToolWords.title(report.tool()) + times),
                error == null
                        ? Cell.of(
                                Texts.of(
                                        "%s in %s",
                                        Texts.count(report.findings().size(), "finding"),
                                        Format.duration(report.duration())))
                        : Cell.of(ToolWords.brief(error), Tone.WARNING));
    }

    /// What the product is measured by, each figure with how it comes about.
    private List<Block> measured() {
        var lists = p.lists();
        var figures = new ArrayList<Figure>();
        var alerts = Texts.count(lists.history().size(), "alert");
        figures.add(
                figure(
                        AlertDurations.found(lists.history())
                                .map(AlertDurations::words)
                                .orElse(null),
                        Texts.of("to detect (MTTD)"),
                        Texts.of(
                                "median, from the first reading beyond the limit until the alert was raised; the last %s",
                                alerts)));
        var solved = AlertDurations.solved(lists.history()).orElse(null);
        figures.add(
                figure(
                        solved == null ? null : AlertDurations.words(solved.median()),
                        Texts.of("to recover (MTTR)"),
                        solved == null
                                ? Texts.of("no alert has ended yet")
                                : Texts.of(
                                        "median, from the alert until the figure was back within its limit; %s that ended",
                                        Texts.count(solved.alerts(), "alert"))));
        figures.add(
                figure(
                        solved == null ? null : solved.share(),
                        Texts.of("repaired by the agents"),
                        solved == null
                                ? Texts.of("no alert has ended yet")
                                : Texts.of(
                                        "%d of %d alerts that ended: a repair ran by itself and was verified",
                                        solved.agents(), solved.alerts())));
        var merit = lists.merit();
        int decided = merit.accepted() + merit.refused();
        figures.add(
                figure(
                        decided == 0 ? null : Format.percent((double) merit.accepted() / decided),
                        Texts.of("advice accepted"),
                        decided == 0
                                ? Texts.of("nobody decided about a proposal within 7 days")
                                : Texts.of(
                                        "%d of %d proposals that a person decided within 7 days",
                                        merit.accepted(), decided)));
        figures.add(
                new Figure(
                        String.format(Locale.ROOT, "%.1f h", merit.saved().toMinutes() / 60.0),
                        Texts.of("DBA hours saved in 7 days"),
                        Texts.of(
                                "%d verified repairs without a person × %d min + %d accepted changes × %d min. The minutes are our estimate.",
                                merit.repaired(),
                                Merit.REPAIR.toMinutes(),
                                merit.accepted(),
                                Merit.PREPARED.toMinutes()),
                        true,
                        Tone.PLAIN));
        figures.add(
                Figure.measured(
                        Integer.toString(lists.orphans()),
                        Texts.of("branches without expiry"),
                        Texts.of("that the branch policy wants to end")));
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Heading(Texts.of("What the product is measured by")));
        blocks.add(new Block.Figures(figures));
        var before = lists.generated();
        if (before != null) {
            blocks.add(new Block.Note(Tone.SIMULATED, before.words(parts.when(before.since()))));
        }
        if (!lists.trust().isEmpty()) {
            blocks.add(
                    new Block.Facts(
                            Texts.of("How far each kind of act is trusted on this server"),
                            lists.trust().stream()
                                    .map(t -> new Block.Fact(t.verb(), trust(t)))
                                    .toList()));
        }
        return blocks;
    }

    private static Cell trust(Trust t) {
        return Cell.of(t.words(), t.lost() ? Tone.WARNING : Tone.PLAIN);
    }

    private static Figure figure(@Nullable String value, String label, String how) {
        return new Figure(
                value == null ? "–" : value,
                label,
                how,
                false,
                value == null ? Tone.UNAVAILABLE : Tone.PLAIN);
    }
}

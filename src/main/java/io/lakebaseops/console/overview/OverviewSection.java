package io.lakebaseops.console.overview;

import io.lakebaseops.change.approval.PlanQueue.Merit;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.PlanWords;
import io.lakebaseops.console.ReportSource;
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
        blocks.add(today("The agents did today", p.lists().today().agents()));
        if (!p.lists().today().people().isEmpty()) {
            blocks.add(today("People decided today", p.lists().today().people()));
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
                "Thresholds" + (at == null ? "" : ", measured " + parts.when(at)),
                List.of(
                        Column.text("Measure", 26),
                        Column.number("Now", 12),
                        Column.text("Limits", 34),
                        Column.text("State", 28)),
                rows,
                "Nothing is measured yet.");
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
                                Column.text("Severity", 10),
                                Column.text("Alert", 48),
                                Column.text("Since", 14),
                                Column.text("Who knows of it", 28)),
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
                        ? "nobody acknowledged it"
                        : "acknowledged by " + a.acknowledgedBy();
        return List.of(
                Cell.of(role.word(), SectionParts.tone(role)),
                Cell.of(a.message()).sub("limit " + Format.of(a.metric(), a.threshold())),
                Cell.of(parts.when(a.openedAt())),
                Cell.of(seen)
                        .sub(
                                mute.map(
                                                m ->
                                                        "muted by %s until %s: %s"
                                                                .formatted(
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
                        "Open findings by kind",
                        List.of(
                                Column.text("Worst", 10),
                                Column.text("Kind", 58),
                                Column.number("Findings", 12),
                                Column.text("First seen", 20)),
                        rows,
                        "No open finding.")
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
                                                            ToolWords.title(finding.kind())
                                                                    + " · seen since "
                                                                    + parts.when(f.firstSeen())
                                                                    + (plan == null
                                                                            ? ""
                                                                            : " · a plan waits")),
                                            Cell.of("").sub(parts.evidence(finding)));
                                })
                        .toList();
        return Block.Table.of(
                        "The worst findings and their evidence",
                        List.of(
                                Column.text("Severity", 10),
                                Column.text("Finding", 45),
                                Column.text("Evidence", 45)),
                        rows,
                        "")
                .more(p.lists().findingCount() - rows.size());
    }

    private Block today(String title, List<Today.Entry> entries) {
        var rows = entries.stream().limit(SectionParts.MOST_ROWS).map(this::done).toList();
        return Block.Table.of(
                        title,
                        List.of(
                                Column.text("When", 14),
                                Column.text("What", 43),
                                Column.text("Result", 43)),
                        rows,
                        Messages.of("overview.today.empty"))
                .more(entries.size() - rows.size());
    }

    private List<Cell> done(Today.Entry e) {
        var times = e.times() == 1 ? "" : ", %s times".formatted(Format.grouped(e.times()));
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
                                "%s in %s"
                                        .formatted(
                                                Format.count(report.findings().size(), "finding"),
                                                Format.duration(report.duration())))
                        : Cell.of(ToolWords.brief(error), Tone.WARNING));
    }

    /// What the product is measured by, each figure with how it comes about.
    private List<Block> measured() {
        var lists = p.lists();
        var figures = new ArrayList<Figure>();
        var alerts = Format.count(lists.history().size(), "alert");
        figures.add(
                figure(
                        AlertDurations.found(lists.history())
                                .map(AlertDurations::words)
                                .orElse(null),
                        "to detect (MTTD)",
                        "median, from the first reading beyond the limit until the alert was raised; the last "
                                + alerts));
        var solved = AlertDurations.solved(lists.history()).orElse(null);
        figures.add(
                figure(
                        solved == null ? null : AlertDurations.words(solved.median()),
                        "to recover (MTTR)",
                        solved == null
                                ? "no alert has ended yet"
                                : "median, from the alert until the figure was back within its limit; "
                                        + Format.count(solved.alerts(), "alert")
                                        + " that ended"));
        figures.add(
                figure(
                        solved == null ? null : solved.share(),
                        "repaired by the agents",
                        solved == null
                                ? "no alert has ended yet"
                                : "%d of %d alerts that ended: a repair ran by itself and was verified"
                                        .formatted(solved.agents(), solved.alerts())));
        var merit = lists.merit();
        int decided = merit.accepted() + merit.refused();
        figures.add(
                figure(
                        decided == 0 ? null : Format.percent((double) merit.accepted() / decided),
                        "advice accepted",
                        decided == 0
                                ? "nobody decided about a proposal within 7 days"
                                : "%d of %d proposals that a person decided within 7 days"
                                        .formatted(merit.accepted(), decided)));
        figures.add(
                new Figure(
                        String.format(Locale.ROOT, "%.1f h", merit.saved().toMinutes() / 60.0),
                        "DBA hours saved in 7 days",
                        "%d verified repairs without a person × %d min + %d accepted changes × %d min. The minutes are our estimate."
                                .formatted(
                                        merit.repaired(),
                                        Merit.REPAIR.toMinutes(),
                                        merit.accepted(),
                                        Merit.PREPARED.toMinutes()),
                        true,
                        Tone.PLAIN));
        figures.add(
                Figure.measured(
                        Integer.toString(lists.orphans()),
                        "branches without expiry",
                        "that the branch policy wants to end"));
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Heading("What the product is measured by"));
        blocks.add(new Block.Figures(figures));
        var before = lists.generated();
        if (before != null) {
            blocks.add(new Block.Note(Tone.SIMULATED, before.words(parts.when(before.since()))));
        }
        if (!lists.trust().isEmpty()) {
            blocks.add(
                    new Block.Facts(
                            "How far each kind of act is trusted on this server",
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

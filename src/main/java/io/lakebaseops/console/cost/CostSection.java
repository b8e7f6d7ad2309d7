package io.lakebaseops.console.cost;

import io.lakebaseops.agents.health.operations.Costs;
import io.lakebaseops.agents.health.operations.StoredCosts;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ReportSource;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.report.SectionParts;
import io.lakebaseops.report.Block;
import io.lakebaseops.report.Block.Column;
import io.lakebaseops.report.Cell;
import io.lakebaseops.report.Chart;
import io.lakebaseops.report.Section;
import io.lakebaseops.report.Tone;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// The bill and the capacity forecast as a section of a report.
public final class CostSection {
    private final CostSnapshot p;
    private final SectionParts parts;
    private final ConsoleSession session;

    private CostSection(CostSnapshot p, ConsoleSession session) {
        this.p = p;
        this.session = session;
        parts = new SectionParts(session);
    }

    public static ReportSource of(ConsoleSession session, CostViewModel model) {
        return target -> new CostSection(model.read(target), session).section();
    }

    private Section section() {
        var said = CostVerdict.of(p);
        var blocks = new ArrayList<Block>();
        if (!p.shown().empty()) {
            bill(blocks);
        } else if (p.refused() != null) {
            blocks.add(new Block.Note(Tone.UNAVAILABLE, p.refused()));
        }
        blocks.add(
                new Block.Heading(
                        Texts.of("Capacity: sixty days back, the forecast and its band")));
        blocks.add(
                new Block.Charts(
                        p.capacity().stream()
                                .map(
                                        c -> {
                                            var o = CapacityOutlook.of(c, session.now());
                                            var error = o.error();
                                            return SectionParts.chart(
                                                    Messages.of("cost.capacity." + c.name()),
                                                    o.sentence()
                                                            + (error.isEmpty()
                                                                    ? ""
                                                                    : " (" + error + ")"),
                                                    o.picture());
                                        })
                                .toList()));
        p.capacity().stream()
                .map(c -> c.generatedUntil())
                .filter(java.util.Objects::nonNull)
                .max(Instant::compareTo)
                .ifPresent(until -> blocks.addAll(parts.generated(until)));
        return new Section(
                "cost",
                Messages.of("screen.cost"),
                SectionParts.tone(said.role()),
                said.sentence(),
                blocks);
    }

    private void bill(List<Block> blocks) {
        var costs = p.shown();
        var currency = costs.currency();
        var drawn = PartColors.of(costs);
        blocks.add(new Block.Charts(List.of(days(costs, drawn))));
        var cents = Money.cents(drawn.stream().map(x -> x.part().cost()).toList());
        boolean branches = p.by() == Costs.By.BRANCH;
        var rows = new ArrayList<List<Cell>>();
        for (int i = 0; i < drawn.size(); i++) {
            var part = drawn.get(i).part();
            var advice = branches ? p.advice(part.key()).orElse(null) : null;
            rows.add(
                    List.of(
                            Cell.of(drawn.get(i).name()),
                            Cell.of(branches ? PartsTable.hours(part.computeUnits()) : "–"),
                            Cell.of(Money.of(cents.get(i), currency)),
                            Cell.of(PartsTable.share(part.cost(), costs.total())),
                            Cell.of(PartsTable.change(part)),
                            Cell.of(PartsTable.sleeps(advice))
                                    .sub(
                                            advice != null && advice.worthwhile()
                                                    ? Texts.of(
                                                            "saves %.1f h a day, estimated",
                                                            advice.savedHours())
                                                    : "")));
        }
        var sum = cents.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        rows.add(
                List.of(
                        Cell.of(Texts.of("Sum = bill")),
                        Cell.of(""),
                        Cell.of(Money.of(sum, currency)),
                        Cell.of("100 %"),
                        Cell.of(""),
                        Cell.of("")));
        blocks.add(
                Block.Table.of(
                        Texts.of("The bill from %s to %s", costs.from(), costs.until()),
                        List.of(
                                Column.text(PartsTable.what(p.by()), 28),
                                Column.number(Texts.of("CU h"), 10),
                                Column.number(Texts.of("Cost"), 14),
                                Column.number(Texts.of("Share"), 12),
                                Column.number(Texts.of("vs before"), 14),
                                Column.text(Texts.of("Suspends after → best"), 22)),
                        rows,
                        ""));
        var watermark = costs.watermark();
        if (watermark != null) {
            blocks.add(
                    new Block.Note(
                            Tone.PLAIN,
                            Texts.of(
                                    "Usage is complete up to %s; prices are %s%s.",
                                    StoredCosts.lastDay(watermark),
                                    costs.negotiated()
                                            ? Texts.of("negotiated")
                                            : Texts.of("list prices"),
                                    costs.unpriced() == 0
                                            ? ""
                                            : Texts.of(
                                                    "; %s without a price",
                                                    Texts.count(costs.unpriced(), "line")))));
        }
        var made = costs.generatedUntil();
        if (made != null) {
            blocks.addAll(parts.generated(at(made)));
        }
        for (var a : p.anomalies().stream().limit(5).toList()) {
            blocks.add(
                    new Block.Note(
                            Tone.WARNING,
                            a.fresh()
                                    ? Texts.of(
                                            "%s is new and cost %s in %d days.",
                                            a.branch(), Money.of(a.cost(), currency), a.days())
                                    : Texts.of(
                                            "%s cost %s more than usual from %s to %s.",
                                            a.branch(),
                                            Money.of(a.more(), currency),
                                            a.from(),
                                            a.until())));
        }
    }

    private static Chart days(Costs costs, List<PartColors> drawn) {
        var lines = new ArrayList<Chart.Line>();
        for (var part : drawn) {
            var days = part.days();
            var points = new ArrayList<Chart.Point>();
            for (var day = costs.from(); !day.isAfter(costs.until()); day = day.plusDays(1)) {
                points.add(new Chart.Point(at(day), days.getOrDefault(day, 0.0)));
            }
            var style = part.style();
            int color = style.startsWith("series-") ? style.charAt(style.length() - 1) - '0' : 8;
            lines.add(new Chart.Line(part.name(), color, true, points));
        }
        var made = costs.generatedUntil();
        return new Chart(
                Messages.of("cost.day"),
                "",
                at(costs.from()),
                at(costs.until().plusDays(1)),
                Chart.Form.BARS,
                lines,
                List.of(),
                List.of(),
                made == null ? null : at(made.plusDays(1)),
                null,
                v -> Money.of(v, costs.currency()),
                Messages.of("cost.empty"));
    }

    private static Instant at(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}

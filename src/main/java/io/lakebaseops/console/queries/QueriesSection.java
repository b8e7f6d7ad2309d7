package io.lakebaseops.console.queries;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ReportSource;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.report.SectionParts;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.report.Block;
import io.lakebaseops.report.Block.Column;
import io.lakebaseops.report.Cell;
import io.lakebaseops.report.Section;
import io.lakebaseops.report.Tone;

import java.util.ArrayList;
import java.util.List;

/// The load of a server and its statements as a section of a report.
public final class QueriesSection implements ReportSource {
    private static final int STATEMENTS = 10;

    private final ConsoleSession session;
    private final QueriesViewModel model;

    public QueriesSection(ConsoleSession session, QueriesViewModel model) {
        this.session = session;
        this.model = model;
    }

    @Override
    public Section section(TargetId target) {
        return of(model.read(target), session);
    }

    private static Section of(QueriesSnapshot p, ConsoleSession session) {
        var parts = new SectionParts(session);
        var said = QueriesVerdict.of(p, session.zone());
        var range =
                p.look().chosen() == null
                        ? Texts.of("the last %s", p.look().span().words())
                        : Texts.of(
                                "%s to %s",
                                parts.when(p.range().from()), parts.when(p.range().until()));
        var blocks = new ArrayList<Block>();
        blocks.add(
                new Block.Charts(
                        List.of(
                                SectionParts.chart(
                                        Texts.of("Average active sessions by what they wait for"),
                                        p.sampled()
                                                ? Texts.of("%s on average", Format.digits(p.mean()))
                                                : "",
                                        LoadChart.of(p, null, session)))));
        blocks.addAll(parts.generated(p.generated()));
        p.missing().forEach(m -> blocks.add(new Block.Note(Tone.UNAVAILABLE, m)));
        var rows = p.lines().stream().limit(STATEMENTS).map(QueriesSection::row).toList();
        blocks.add(
                Block.Table.of(
                                Texts.of(
                                        "%ss with the most time in %s; change of the mean against the same time before, where it is significant",
                                        p.look().grouping().words(), range),
                                List.of(
                                        Column.number(Texts.of("Share"), 13),
                                        Column.text(p.look().grouping().words(), 41),
                                        Column.number(Texts.of("Calls/s"), 9),
                                        Column.number(Texts.of("Mean"), 11),
                                        Column.number(Texts.of("Change"), 16),
                                        Column.number(Texts.of("Rows/call"), 10)),
                                rows,
                                Messages.of("queries.empty.filter"))
                        .more(p.keys() - rows.size()));
        return new Section(
                "queries",
                Messages.of("screen.queries"),
                SectionParts.tone(said.role()),
                said.sentence(),
                blocks);
    }

    private static List<Cell> row(StatementLine l) {
        var work = l.work();
        var query = l.query();
        var change = StatementColumns.changeWords(l);
        var who = new ArrayList<String>();
        if (l.role() != null) {
            who.add(Texts.of("role %s", l.role()));
        }
        if (l.database() != null) {
            who.add(Texts.of("database %s", l.database()));
        }
        if (l.queryId() != null) {
            who.add(Texts.of("queryid %s", l.queryId()));
        }
        return List.of(
                Cell.of(Format.percent(l.share())).share(l.share()).simulated(l.simulated()),
                (query == null ? Cell.of(l.text()) : Cell.code(SectionParts.query(query)))
                        .sub(String.join(" · ", who)),
                Cell.of(work == null ? "–" : StatementColumns.rate(StatementColumns.rate(l))),
                Cell.of(work == null ? "–" : StatementColumns.millis(work.meanMillis())),
                Cell.of(StatementColumns.change(l), tone(l)).sub(change == null ? "" : change),
                Cell.of(
                        work == null || work.calls() <= 0
                                ? "–"
                                : Format.digits(work.rows() / work.calls())));
    }

    private static Tone tone(StatementLine l) {
        return SectionParts.tone(StatementColumns.changeRole(l));
    }
}

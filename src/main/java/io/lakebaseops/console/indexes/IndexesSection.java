package io.lakebaseops.console.indexes;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ReportSource;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.report.SectionParts;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.report.Block;
import io.lakebaseops.report.Block.Column;
import io.lakebaseops.report.Block.Fact;
import io.lakebaseops.report.Cell;
import io.lakebaseops.report.Section;
import io.lakebaseops.report.Tone;

import java.util.ArrayList;
import java.util.List;

/// The findings about indexes as a section of a report.
public final class IndexesSection implements ReportSource {
    private static final int MOST_TABLES = 10;

    private final ConsoleSession session;
    private final IndexesViewModel model;

    public IndexesSection(ConsoleSession session, IndexesViewModel model) {
        this.session = session;
        this.model = model;
    }

    @Override
    public Section section(TargetId target) {
        return of(model.read(target), session);
    }

    private static Section of(IndexesSnapshot p, ConsoleSession session) {
        var parts = new SectionParts(session);
        var said = IndexesVerdict.of(p, session);
        var blocks = new ArrayList<Block>();
        var summary = p.summary();
        if (summary != null) {
            blocks.add(
                    new Block.Facts(
                            "",
                            List.of(
                                    new Fact(
                                            Texts.of("Analysed"),
                                            Cell.of(parts.when(summary.at()))),
                                    new Fact(
                                            Texts.of("Indexes"),
                                            Cell.of(
                                                    Messages.of(
                                                            "indexes.storage.total",
                                                            Format.size(summary.indexBytes()),
                                                            Format.grouped(summary.indexes())))),
                                    new Fact(
                                            Texts.of("Not needed"),
                                            Cell.of(Format.size(p.bytes(FindingGroup.NOT_NEEDED)))),
                                    new Fact(
                                            Texts.of("Bloat"),
                                            Cell.of(Format.size(p.bytes(FindingGroup.BLOATED)))),
                                    new Fact(
                                            Texts.of("Set aside"),
                                            Cell.of(Texts.count(p.ignored(), "finding"))))));
            summary.failed()
                    .forEach(
                            f ->
                                    blocks.add(
                                            new Block.Note(
                                                    Tone.UNAVAILABLE,
                                                    Messages.of(
                                                            "indexes.check.failed",
                                                            ToolWords.title(f.kind()),
                                                            f.why()))));
            summary.caveats().forEach(c -> blocks.add(new Block.Note(Tone.INFO, c)));
        }
        blocks.add(findings(p));
        blocks.add(tables(p));
        return new Section(
                "indexes",
                Messages.of("screen.indexes"),
                SectionParts.tone(said.role()),
                said.sentence(),
                blocks);
    }

    private static Block findings(IndexesSnapshot p) {
        var rows =
                p.lines().stream()
                        .limit(SectionParts.MOST_ROWS)
                        .map(
                                l ->
                                        List.of(
                                                Cell.of(l.kind(), SectionParts.tone(l.role()))
                                                        .simulated(l.unchecked()),
                                                Cell.of(l.object()).sub(l.finding().summary()),
                                                Cell.of(l.storage()),
                                                Cell.of(l.time()),
                                                Cell.of(l.confidence()),
                                                Cell.of(
                                                        p.plans().containsKey(l.fingerprint())
                                                                ? Texts.of("waits")
                                                                : "–")))
                        .toList();
        return Block.Table.of(
                        Texts.of("Findings; storage and execution time if mended"),
                        List.of(
                                Column.text(Texts.of("Kind"), 11),
                                Column.text(Texts.of("Index or columns"), 43),
                                Column.number(Texts.of("Storage"), 15),
                                Column.number(Texts.of("Time"), 11),
                                Column.text(Texts.of("Confidence"), 11),
                                Column.text(Texts.of("Plan"), 9)),
                        rows,
                        Messages.of("indexes.findings.none"))
                .more(p.count(p.group()) - rows.size());
    }

    private static Block tables(IndexesSnapshot p) {
        var rows =
                p.tables().stream()
                        .filter(t -> t.bytesFreed() > 0)
                        .limit(MOST_TABLES)
                        .map(
                                t ->
                                        List.of(
                                                Cell.of(t.schema() + "." + t.table())
                                                        .sub(t.database()),
                                                Cell.of(Format.grouped(t.count())),
                                                Cell.of(Format.size(t.bytesFreed()))))
                        .toList();
        return Block.Table.of(
                Messages.of("indexes.storage.tables"),
                List.of(
                        Column.text(Texts.of("Table"), 60),
                        Column.number(Texts.of("Findings"), 20),
                        Column.number(Texts.of("Would be free"), 20)),
                rows,
                Texts.of("No finding would free storage."));
    }
}

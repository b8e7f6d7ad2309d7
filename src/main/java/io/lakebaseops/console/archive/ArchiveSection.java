package io.lakebaseops.console.archive;

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

/// Cold rows and archivals as a section of a report.
public final class ArchiveSection implements ReportSource {
    private final ConsoleSession session;
    private final ArchiveViewModel model;

    public ArchiveSection(ConsoleSession session, ArchiveViewModel model) {
        this.session = session;
        this.model = model;
    }

    @Override
    public Section section(TargetId target) {
        return of(model.read(target), session);
    }

    private static Section of(ArchiveSnapshot p, ConsoleSession session) {
        var parts = new SectionParts(session);
        var said = ArchiveVerdict.of(p);
        var look = p.look();
        var blocks = new ArrayList<Block>();
        var cold =
                p.candidates().stream()
                        .limit(SectionParts.MOST_ROWS)
                        .map(
                                c ->
                                        List.of(
                                                Cell.of(c.name())
                                                        .sub(Texts.of("by %s", c.timeColumn())),
                                                Cell.of(Format.grouped(c.coldRows()))
                                                        .sub(
                                                                Texts.of(
                                                                        "of %s",
                                                                        Format.grouped(c.rows())))
                                                        .share(
                                                                c.rows() == 0
                                                                        ? 0
                                                                        : (double) c.coldRows()
                                                                                / c.rows()),
                                                Cell.of(Format.size(c.freedBytes()))
                                                        .sub(
                                                                c.partitions() == 0
                                                                        ? Texts.of("estimated")
                                                                        : Texts.count(
                                                                                c.partitions(),
                                                                                "partition")),
                                                c.ready()
                                                        ? Cell.of(Texts.of("ready"), Tone.OK)
                                                        : Cell.of(
                                                                        Texts.of("not as it is"),
                                                                        Tone.WARNING)
                                                                .sub(
                                                                        String.join(
                                                                                "; ",
                                                                                c.obstacles()))))
                        .toList();
        blocks.add(
                Block.Table.of(
                                look == null
                                        ? Texts.of("Cold rows")
                                        : Texts.of(
                                                "Rows older than %d days, counted %s",
                                                look.days(), parts.when(look.at())),
                                List.of(
                                        Column.text(Texts.of("Table"), 30),
                                        Column.number(Texts.of("Cold rows"), 18),
                                        Column.number(Texts.of("Would be free"), 16),
                                        Column.text(Texts.of("Can move"), 36)),
                                cold,
                                look == null
                                        ? Messages.of("archive.uncounted")
                                        : Messages.of("archive.nothing", look.days()))
                        .more(p.candidates().size() - cold.size()));
        var rows =
                p.archivals().stream()
                        .limit(SectionParts.MOST_ROWS)
                        .map(
                                a ->
                                        List.of(
                                                Cell.of(Texts.of("archival %s", a.number()))
                                                        .sub(parts.when(a.startedAt())),
                                                Cell.of(a.schema() + "." + a.table()),
                                                Cell.of(Format.grouped(a.rowsDeleted())),
                                                Cell.of(
                                                        a.bytesFreed() == null
                                                                ? "–"
                                                                : Format.size(a.bytesFreed())),
                                                Cell.of(
                                                                ArchivalsTable.state(a, p),
                                                                SectionParts.tone(
                                                                        ArchivalsTable.role(a, p)))
                                                        .sub(a.error() == null ? "" : a.error())))
                        .toList();
        blocks.add(
                Block.Table.of(
                                Messages.of("archive.archivals"),
                                List.of(
                                        Column.text(Texts.of("Archival"), 18),
                                        Column.text(Texts.of("Table"), 30),
                                        Column.number(Texts.of("Rows moved"), 14),
                                        Column.number(Texts.of("Freed"), 12),
                                        Column.text(Texts.of("State"), 26)),
                                rows,
                                Messages.of("archive.none"))
                        .more(p.archivals().size() - rows.size()));
        return new Section(
                "archive",
                Messages.of("screen.archive"),
                SectionParts.tone(said.role()),
                said.sentence(),
                blocks);
    }
}

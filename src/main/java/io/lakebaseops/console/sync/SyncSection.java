package io.lakebaseops.console.sync;

import io.lakebaseops.agents.health.sync.PairResult;
import io.lakebaseops.agents.health.sync.SyncMonitor.Pair;
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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The copies in Delta as a section of a report.
public final class SyncSection implements ReportSource {
    private final ConsoleSession session;
    private final SyncViewModel model;

    public SyncSection(ConsoleSession session, SyncViewModel model) {
        this.session = session;
        this.model = model;
    }

    @Override
    public Section section(TargetId target) {
        return of(model.read(target), session);
    }

    private static Section of(SyncSnapshot p, ConsoleSession session) {
        var parts = new SectionParts(session);
        var said = SyncVerdict.of(p);
        var blocks = new ArrayList<Block>();
        var rows =
                p.pairs().stream()
                        .sorted(
                                Comparator.comparing(
                                                (Pair q) -> PairsTable.severity(SyncWords.role(q)))
                                        .thenComparing(Pair::name))
                        .limit(SectionParts.MOST_ROWS)
                        .map(q -> row(q, parts))
                        .toList();
        blocks.add(
                Block.Table.of(
                                Texts.of(
                                        "%s, copies in %s",
                                        Messages.of("sync.pairs"), p.round().catalog()),
                                List.of(
                                        Column.text(Texts.of("State"), 13),
                                        Column.text(Texts.of("Table"), 30),
                                        Column.number(Texts.of("Rows"), 13),
                                        Column.number(Texts.of("In Delta"), 13),
                                        Column.number(Texts.of("Differing"), 11),
                                        Column.number(Texts.of("Lag"), 9),
                                        Column.number(Texts.of("Checked"), 11)),
                                rows,
                                Texts.of("No pair is watched."))
                        .more(p.pairs().size() - rows.size()));
        blocks.addAll(parts.generated(p.round().generatedUntil()));
        return new Section(
                "sync",
                Messages.of("screen.sync"),
                SectionParts.tone(said.role()),
                said.sentence(),
                blocks);
    }

    private static List<Cell> row(Pair q, SectionParts parts) {
        var result = q.result();
        var check = result.map(PairResult::check);
        var error = result.map(PairResult::error).orElse("");
        var lag = result.map(PairResult::lagSeconds);
        return List.of(
                Cell.of(SyncWords.state(q), SectionParts.tone(SyncWords.role(q))),
                Cell.of(q.name()).sub(error),
                Cell.of(check.map(c -> Format.grouped(c.sourceRows())).orElse("–")),
                Cell.of(check.map(c -> Format.grouped(c.deltaRows())).orElse("–")),
                Cell.of(check.map(c -> Format.grouped(c.differing())).orElse("–")),
                Cell.of(lag.map(SyncWords::lag).orElse("–")),
                Cell.of(parts.when(result.map(PairResult::checkedAt).orElse(null))));
    }
}

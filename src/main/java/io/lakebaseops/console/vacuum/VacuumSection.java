package io.lakebaseops.console.vacuum;

import io.lakebaseops.agents.performance.maintenance.CheckTxidWraparoundRisk;
import io.lakebaseops.agents.performance.maintenance.CheckTxidWraparoundRisk.Ids;
import io.lakebaseops.agents.performance.maintenance.VacuumRound;
import io.lakebaseops.agents.performance.maintenance.VacuumTable;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ReportSource;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.report.SectionParts;
import io.lakebaseops.domain.Format;
import io.lakebaseops.report.Block;
import io.lakebaseops.report.Block.Column;
import io.lakebaseops.report.Block.Fact;
import io.lakebaseops.report.Cell;
import io.lakebaseops.report.Section;
import io.lakebaseops.report.Tone;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Vacuum, the horizon, the ages of ids and the largest tables as a section of a report.
public final class VacuumSection {
    private static final int LARGEST = 10;
    private static final int HOLDERS = 6;

    private final VacuumSnapshot p;
    private final ConsoleSession session;
    private final SectionParts parts;

    private VacuumSection(VacuumSnapshot p, ConsoleSession session) {
        this.p = p;
        this.session = session;
        parts = new SectionParts(session);
    }

    public static ReportSource of(ConsoleSession session, VacuumViewModel model) {
        return target -> new VacuumSection(model.read(target), session).section();
    }

    private Section section() {
        var said = VacuumVerdict.of(p, session.zone());
        var round = p.round();
        var blocks = new ArrayList<Block>();
        var facts = new ArrayList<Fact>();
        facts.add(
                new Fact(
                        Texts.of("Read"),
                        Cell.of(
                                Texts.of(
                                        "%s, database %s",
                                        parts.when(round.at()), round.database()))));
        facts.add(
                new Fact(
                        Texts.of("XID age"), part(round.wraparound(), w -> age(w.transactions()))));
        facts.add(
                new Fact(
                        Texts.of("Multixact age"),
                        part(round.wraparound(), w -> age(w.multixacts()))));
        facts.add(new Fact(Texts.of("Workers"), part(round.running(), VacuumSection::workers)));
        var quiet = p.quiet();
        facts.add(
                new Fact(
                        Texts.of("Quiet hours"),
                        quiet == null
                                ? Cell.none(Texts.of("the history could not be read"))
                                : quiet.known()
                                        ? Cell.of(quiet.words(p.now()))
                                        : Cell.none(Texts.of("the history is too short to say"))));
        facts.add(
                new Fact(
                        Texts.of("Postponed"),
                        Cell.of(
                                Texts.of(
                                        "%s to the quiet hours",
                                        Texts.count(p.postponed().size(), "vacuum")))));
        blocks.add(new Block.Facts("", facts));
        blocks.add(horizon(round));
        blocks.add(tables(round));
        blocks.add(largest());
        return new Section(
                "vacuum",
                Messages.of("screen.vacuum"),
                SectionParts.tone(said.role()),
                said.sentence(),
                blocks);
    }

    private static <T> Cell part(VacuumRound.Part<T> part, Function<T, Cell> says) {
        T value = part.value();
        return value == null ? Cell.none(String.valueOf(part.problem())) : says.apply(value);
    }

    private Cell age(Ids ids) {
        var tone =
                ids.age() >= CheckTxidWraparoundRisk.CRITICAL_AGE
                        ? Tone.CRITICAL
                        : ids.age() >= CheckTxidWraparoundRisk.WARNING_AGE
                                ? Tone.WARNING
                                : Tone.PLAIN;
        var rate = ids.perHour();
        var warning = ids.warning();
        var meets =
                rate == null
                        ? Texts.of(
                                "how fast ids are used up is not known yet: the history needs six hours")
                        : Texts.of(
                                "+%s a day; without freezing %s",
                                Format.large(rate * 24),
                                warning == null
                                        ? Texts.of("the warning is not met")
                                        : Texts.of(
                                                "the warning at %s is met %s",
                                                Format.large(CheckTxidWraparoundRisk.WARNING_AGE),
                                                VacuumWords.roughly(
                                                        warning.expected(),
                                                        p.now(),
                                                        session.zone())));
        return Cell.of(Format.large(ids.age()).toString(), tone)
                .sub(
                        Texts.of(
                                "autovacuum freezes from %s on; %s",
                                Format.large(ids.autovacuumFrom()), meets))
                .simulated(ids.generatedUntil() != null);
    }

    private static Cell workers(VacuumRound.Running r) {
        return Cell.of(Texts.of("%d of %d busy", r.workersBusy(), r.workers()))
                .sub(r.autovacuumOn() ? "" : Texts.of("autovacuum is switched off"))
                .tone(r.autovacuumOn() ? Tone.PLAIN : Tone.CRITICAL);
    }

    private Block horizon(VacuumRound round) {
        var horizon = round.horizon().value();
        var holders =
                horizon == null
                        ? List.<io.lakebaseops.agents.performance.maintenance.HorizonHolder>of()
                        : horizon.holders();
        var rows =
                holders.stream()
                        .limit(HOLDERS)
                        .map(
                                h ->
                                        List.of(
                                                Cell.of(h.words()).sub(h.detail()),
                                                Cell.of(parts.when(h.since())),
                                                Cell.of(Format.grouped(h.xminAge())),
                                                Cell.of(VacuumWords.releases(h))))
                        .toList();
        return Block.Table.of(
                        Texts.of("Horizon: %s", Messages.of("vacuum.horizon.note")),
                        List.of(
                                Column.text(Texts.of("Who"), 46),
                                Column.text(Texts.of("Since"), 16),
                                Column.number(Texts.of("XIDs"), 14),
                                Column.text(Texts.of("Ending it releases"), 24)),
                        rows,
                        horizon == null
                                ? Texts.of("Could not be read: %s", round.horizon().problem())
                                : Texts.of("Nothing holds the horizon back."))
                .more(holders.size() - rows.size());
    }

    private Block tables(VacuumRound round) {
        var tables = round.tables().value();
        var notable = tables == null ? List.<VacuumTable>of() : tables.notable();
        var rows =
                notable.stream().limit(SectionParts.MOST_ROWS).map(t -> row(t, p.now())).toList();
        return Block.Table.of(
                        Texts.of("Tables on the way to a limit of their own"),
                        List.of(
                                Column.text(Texts.of("Table"), 28),
                                Column.number(Texts.of("Dead rows of limit"), 22),
                                Column.number(Texts.of("Late"), 14),
                                Column.number(Texts.of("Bloat"), 12),
                                Column.number(Texts.of("Last run"), 12),
                                Column.number(Texts.of("Next run"), 12)),
                        rows,
                        tables == null
                                ? Texts.of("Could not be read: %s", round.tables().problem())
                                : Texts.of("No table is near a limit."))
                .more(notable.size() - rows.size());
    }

    private List<Cell> row(VacuumTable t, Instant now) {
        var tone = SectionParts.tone(VacuumWords.role(t, now));
        var late = t.late(now);
        boolean over = t.overVacuumLimit() && t.overFloor();
        var stops = t.stops();
        return List.of(
                Cell.of(t.name()).sub(stops == null ? "" : stops),
                t.unknown()
                        ? Cell.none(Texts.of("unknown since %s", parts.when(t.unknownSince())))
                        : Cell.of(
                                        Texts.of(
                                                "%s of %s",
                                                VacuumWords.rows(t.dead()),
                                                VacuumWords.rows(t.deadLimit())))
                                .share(t.dead() / Math.max(1, t.deadLimit())),
                over && late != null
                        ? Cell.of(VacuumWords.late(late), tone)
                        : Cell.of(over ? Texts.of("late") : "–"),
                Cell.of(VacuumWords.bloat(t)),
                Cell.of(VacuumWords.when(t.lastVacuum(), now, session.zone())),
                Cell.of(VacuumWords.next(t, now, session.zone())));
    }

    private Block largest() {
        var rows =
                p.tables().stream()
                        .filter(t -> !t.toast())
                        .sorted(Comparator.comparingLong(VacuumTable::bytes).reversed())
                        .limit(LARGEST)
                        .map(
                                t ->
                                        List.of(
                                                Cell.of(t.name()),
                                                Cell.of(Format.size(t.bytes())),
                                                Cell.of(VacuumWords.rows(t.live())),
                                                Cell.of(VacuumWords.bloat(t))))
                        .toList();
        return Block.Table.of(
                Texts.of("The largest tables, without their indexes"),
                List.of(
                        Column.text(Texts.of("Table"), 46),
                        Column.number(Texts.of("Size"), 18),
                        Column.number(Texts.of("Live rows"), 18),
                        Column.number(Texts.of("Bloat"), 18)),
                rows,
                Texts.of("No table was read."));
    }
}

package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.branching.BranchLife;
import io.lakebaseops.agents.provisioning.branching.BranchPolicy;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ReportSource;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.report.SectionParts;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.report.Block;
import io.lakebaseops.report.Block.Column;
import io.lakebaseops.report.Cell;
import io.lakebaseops.report.Section;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The branches of a project as a section of a report.
public final class BranchesSection implements ReportSource {
    private static final int EVENTS = 10;

    private final ConsoleSession session;
    private final BranchesViewModel model;
    private final Function<TargetId, Optional<GeneratedHistory>> generated;

    /// @param generated which part of a server's history was generated and not measured
    public BranchesSection(
            ConsoleSession session,
            BranchesViewModel model,
            Function<TargetId, Optional<GeneratedHistory>> generated) {
        this.session = session;
        this.model = model;
        this.generated = generated;
    }

    @Override
    public Section section(TargetId target) {
        return of(
                model.read(target),
                model.board().policy().limits(),
                generated.apply(target).map(GeneratedHistory::until).orElse(null),
                session);
    }

    private static Section of(
            BranchesSnapshot p,
            BranchPolicy.Limits limits,
            @Nullable Instant madeUntil,
            ConsoleSession session) {
        var parts = new SectionParts(session);
        var said = BranchesVerdict.of(p, limits);
        var blocks = new ArrayList<Block>();
        var project = p.project();
        if (project != null) {
            var rows =
                    p.branches().stream()
                            .limit(SectionParts.MOST_ROWS)
                            .map(b -> row(b, p, parts))
                            .toList();
            blocks.add(
                    Block.Table.of(
                                    "",
                                    List.of(
                                            Column.text(Texts.of("Branch"), 28),
                                            Column.text(Texts.of("State"), 16),
                                            Column.text(Texts.of("From"), 18),
                                            Column.text(Texts.of("Owner"), 14),
                                            Column.number(Texts.of("Age"), 10),
                                            Column.number(Texts.of("Ends"), 14)),
                                    rows,
                                    Texts.of("No branch."))
                            .more(p.branches().size() - rows.size()));
            var events = project.events();
            boolean made =
                    madeUntil != null
                            && events.stream()
                                    .limit(EVENTS)
                                    .anyMatch(e -> e.at().isBefore(madeUntil));
            var last =
                    events.stream()
                            .limit(EVENTS)
                            .map(
                                    e ->
                                            List.of(
                                                    Cell.of(parts.when(e.at()))
                                                            .simulated(
                                                                    madeUntil != null
                                                                            && e.at().isBefore(
                                                                                            madeUntil)),
                                                    Cell.of(e.branch()),
                                                    Cell.of(e.kind()),
                                                    Cell.of(e.actor()),
                                                    Cell.of("").sub(e.reason())))
                            .toList();
            blocks.add(
                    Block.Table.of(
                                    Texts.of("Events of the last 30 days"),
                                    List.of(
                                            Column.text(Texts.of("When"), 17),
                                            Column.text(Texts.of("Branch"), 22),
                                            Column.text(Texts.of("Event"), 12),
                                            Column.text(Texts.of("By"), 16),
                                            Column.text(Texts.of("Reason"), 33)),
                                    last,
                                    Texts.of("Nothing happened to a branch."))
                            .more(events.size() - last.size()));
            blocks.addAll(parts.generated(made ? madeUntil : (Instant) null));
        }
        return new Section(
                "branches",
                Messages.of("screen.branches"),
                SectionParts.tone(said.role()),
                said.sentence(),
                blocks);
    }

    private static List<Cell> row(BranchLife b, BranchesSnapshot p, SectionParts parts) {
        var branch = b.branch();
        var source = branch.source();
        var ends = branch.expiresAt();
        return List.of(
                Cell.of(b.id()).sub(b.type()),
                Cell.of(branch.state()).sub(branch.isProtected() ? Texts.of("protected") : ""),
                source == null ? Cell.of("–") : Cell.of(source).sub(parts.when(b.forkedAt())),
                Cell.of(BranchLook.ownerWord(b)),
                Cell.of(Format.briefly(Duration.between(branch.createdAt(), p.now()))),
                ends == null
                        ? Cell.of(Texts.of("stays"))
                        : Cell.of(parts.when(ends))
                                .sub(
                                        ends.isAfter(p.now())
                                                ? Texts.of(
                                                        "%s left",
                                                        Format.briefly(
                                                                Duration.between(p.now(), ends)))
                                                : Texts.of("expired")));
    }
}

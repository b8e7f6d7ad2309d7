package io.lakebaseops.console.approvals;

import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.change.approval.PlanQueue.Group;
import io.lakebaseops.change.approval.PlanQueue.Who;
import io.lakebaseops.change.audit.AuditLog;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.PlanWords;
import io.lakebaseops.console.ReportSource;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.report.SectionParts;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.HeldBack;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.report.Block;
import io.lakebaseops.report.Block.Column;
import io.lakebaseops.report.Block.Fact;
import io.lakebaseops.report.Cell;
import io.lakebaseops.report.Section;
import io.lakebaseops.report.Tone;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Plans of one server that wait, that were decided and that are held back, and the state of the
/// audit chain, as a section of a report; blocking.
public final class ApprovalsSection implements ReportSource {
    /// Plans that wait and are told in full.
    private static final int IN_FULL = 8;

    private static final int MEASURED = 3;

    private final ApprovalDesk desk;
    private final PlanQueue queue;
    private final AuditLog audit;
    private final ConsoleSession session;
    private final SectionParts parts;

    public ApprovalsSection(
            ConsoleSession session, ApprovalDesk desk, PlanQueue queue, AuditLog audit) {
        this.desk = desk;
        this.queue = queue;
        this.audit = audit;
        this.session = session;
        parts = new SectionParts(session);
    }

    @Override
    public Section section(TargetId target) {
        var waiting = queue.waiting(target, Set.of(), SectionParts.MOST_ROWS);
        int all =
                queue.counts().stream()
                        .filter(c -> c.target().equals(target))
                        .mapToInt(PlanQueue.Count::plans)
                        .sum();
        var high =
                queue.counts().stream()
                        .filter(c -> c.target().equals(target) && c.risk() == RiskLevel.HIGH)
                        .mapToInt(PlanQueue.Count::plans)
                        .sum();
        var blocks = new ArrayList<Block>();
        int told = 0;
        for (var group : waiting) {
            if (told < IN_FULL) {
                var filed = desk.find(group.newest().id());
                if (filed.isPresent()) {
                    blocks.add(inFull(filed.get()));
                    told++;
                }
            }
        }
        if (all > told) {
            blocks.add(
                    new Block.Note(
                            Tone.PLAIN, Texts.of("and %s more wait", Format.grouped(all - told))));
        }
        blocks.add(decided(queue.decided(target, Who.ALL, session.user(), SectionParts.MOST_ROWS)));
        var held = desk.heldBack(target, SectionParts.MOST_ROWS);
        if (!held.isEmpty()) {
            blocks.add(held(held));
        }
        blocks.add(
                new Block.Facts(Texts.of("Audit"), List.of(new Fact(Texts.of("Chain"), chain()))));
        var tone = all == 0 ? Tone.OK : high > 0 ? Tone.CRITICAL : Tone.WARNING;
        return new Section(
                "approvals", Messages.of("screen.approvals"), tone, verdict(all, high), blocks);
    }

    private static String verdict(int all, int high) {
        if (all == 0) {
            return Texts.of("No plan waits.");
        }
        return Texts.of(
                "%s for a decision%s.",
                all == 1
                        ? Texts.of("One plan waits")
                        : Texts.of("%s wait", Texts.count(all, "plan")),
                high == 0 ? "" : Texts.of(", %s of high risk", Format.grouped(high)));
    }

    private Block inFull(FiledPlan filed) {
        var plan = filed.plan();
        var level = filed.risk().level();
        var facts = new ArrayList<Fact>();
        facts.add(new Fact(Texts.of("Why"), Cell.of(plan.why())));
        facts.add(
                new Fact(
                        Texts.of("Risk"),
                        Cell.of(
                                        level.name().toLowerCase(Locale.ROOT),
                                        SectionParts.tone(Role.of(level)))
                                .sub(String.join("; ", filed.risk().reasons()))));
        facts.add(
                new Fact(
                        Texts.of("Exactly this runs"),
                        Cell.code(SectionParts.statements(plan.steps()))));
        var wait = plan.effect().wouldWait();
        facts.add(
                new Fact(
                        Texts.of("Lock"),
                        Cell.of(PlanText.lockWords(PlanText.strongestLock(plan.steps())))
                                .sub(wait == null ? "" : wait)));
        var duration = plan.effect().duration();
        facts.add(
                new Fact(
                        Texts.of("Expected"),
                        Cell.of(plan.effect().summary())
                                .sub(
                                        duration == null
                                                ? ""
                                                : Texts.of("takes %s, estimated", duration))));
        facts.add(new Fact(Texts.of("Undo"), undo(filed)));
        facts.add(
                new Fact(
                        Texts.of("Filed"),
                        Cell.of(
                                Texts.of(
                                        "%s by %s, %s",
                                        parts.when(filed.filedAt()),
                                        ToolWords.title(plan.tool()),
                                        PlanWords.left(plan.expiresAt(), session.now())))));
        return new Block.Facts(Texts.of("Waits: %s", plan.title()), facts);
    }

    private static Cell undo(FiledPlan filed) {
        var undo = filed.plan().undo();
        return undo.possible()
                ? Cell.code(SectionParts.statements(undo.steps())).sub(undo.note())
                : Cell.of(Messages.of("plan.undo.no")).sub(undo.note());
    }

    private Block decided(List<Group> groups) {
        var rows = groups.stream().map(this::row).toList();
        return Block.Table.of(
                Texts.of("Decided and carried out, newest first"),
                List.of(
                        Column.text(Texts.of("When"), 15),
                        Column.text(Texts.of("Plan"), 29),
                        Column.text(Texts.of("Decided by"), 12),
                        Column.text(Texts.of("Result and verification"), 28),
                        Column.text(Texts.of("Undo"), 16)),
                rows,
                Messages.of("approvals.decided.empty"));
    }

    private List<Cell> row(Group group) {
        var e = group.newest();
        var times =
                group.times() == 1 ? "" : Texts.of(" (%s times)", Format.grouped(group.times()));
        var verification = e.verification();
        var measured =
                verification == null
                        ? ""
                        : String.join(
                                "; ", verification.measured().stream().limit(MEASURED).toList());
        return List.of(
                Cell.of(parts.when(e.at())),
                Cell.of(e.title() + times)
                        .sub(Texts.of("risk %s", e.risk().name().toLowerCase(Locale.ROOT))),
                Cell.of(e.decidedBy() == null ? "–" : e.decidedBy()),
                Cell.of(
                                state(
                                        e.state(),
                                        PlanWords.outcome(e.state(), null, null, verification)),
                                SectionParts.tone(
                                        PlanWords.role(e.state(), e.risk(), verification)))
                        .sub(measured.isEmpty() && e.reason() != null ? e.reason() : measured),
                wayBack(e));
    }

    /// Of a plan that was done the verification; of others what they are.
    private static String state(FiledPlan.State state, String outcome) {
        int colon = outcome.indexOf(':');
        return state == FiledPlan.State.DONE && colon > 0 ? outcome.substring(0, colon) : outcome;
    }

    private Cell wayBack(PlanQueue.Entry e) {
        if (e.state() == FiledPlan.State.UNDONE) {
            return Cell.of(Texts.of("undone"));
        }
        if (e.state() != FiledPlan.State.DONE) {
            return Cell.of("–");
        }
        return desk.find(e.id())
                .map(f -> f.plan().undo())
                .map(
                        u ->
                                u.possible()
                                        ? Cell.of(Texts.of("possible"))
                                        : Cell.of(Texts.of("none")).sub(u.note()))
                .orElseGet(() -> Cell.of("–"));
    }

    private Block held(List<HeldBack> held) {
        return Block.Table.of(
                Texts.of("Kept as it is"),
                List.of(
                        Column.text(Texts.of("What"), 44),
                        Column.text(Texts.of("By"), 14),
                        Column.text(Texts.of("Until"), 16),
                        Column.text(Texts.of("Why"), 26)),
                held.stream()
                        .map(
                                h ->
                                        List.of(
                                                Cell.of(h.title()),
                                                Cell.of(h.by()),
                                                Cell.of(
                                                        h.until() == null
                                                                ? Texts.of("it gets worse")
                                                                : parts.when(h.until())),
                                                Cell.of(h.why())))
                        .toList(),
                "");
    }

    private Cell chain() {
        return switch (audit.verify()) {
            case AuditLog.ChainState.Intact ok ->
                    Cell.of(
                                    Messages.of(
                                            "approvals.chain.intact", Format.grouped(ok.entries())),
                                    Tone.OK)
                            .sub(String.join(" ", head(ok.head()), String.join(" ", ok.notes())));
            case AuditLog.ChainState.Broken(var seq, var why) ->
                    Cell.of(
                            Messages.of("approvals.chain.broken", Format.grouped(seq), why),
                            Tone.CRITICAL);
        };
    }

    private static String head(@Nullable String head) {
        return head == null || head.isEmpty()
                ? ""
                : "head %s.".formatted(head.substring(0, Math.min(12, head.length())));
    }
}

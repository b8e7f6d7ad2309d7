package io.lakebaseops.console.approvals;

import io.lakebaseops.change.approval.PlanQueue.Group;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.PlanWords;
import io.lakebaseops.console.TargetWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowItem;
import io.lakebaseops.console.parts.RowItem.Act;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.plan.HeldBack;

import org.kordamp.ikonli.feather.Feather;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Decided plans as lines, alike ones as one with their number; and what is kept: refusals that
/// hold and ignored findings, with reason and date, each to be taken up again.
final class DecidedRows {
    private final ConsoleSession session;
    private final ApprovalsViewModel model;

    DecidedRows(ConsoleSession session, ApprovalsViewModel model) {
        this.session = session;
        this.model = model;
    }

    List<RowItem> of(ApprovalsSnapshot p) {
        if (model.listing().who() == null) {
            return p.held().stream().map(this::kept).toList();
        }
        var rows = p.decided().stream().map(this::decided).collect(Collectors.toList());
        if (rows.size() >= model.listing().decided()) {
            rows.add(
                    RowItem.of(
                                    "more",
                                    Feather.CHEVRON_DOWN,
                                    Role.MUTED,
                                    Messages.of("approvals.more.decided"))
                            .opens(() -> model.list(model.listing().moreDecided())));
        }
        return List.copyOf(rows);
    }

    private RowItem decided(Group group) {
        var p = group.newest();
        var role = PlanWords.role(p.state(), p.risk(), p.verification());
        return RowItem.of(
                        p.id().toString(),
                        PlanWords.icon(p.state(), p.verification()),
                        role,
                        p.title())
                .times(group.times())
                .sub(
                        PlanWords.outcome(
                                p.state(),
                                p.decidedBy() == null ? null : session.named(p.decidedBy()),
                                p.reason(),
                                p.verification()))
                .trailing(clock(p.at()), Role.MUTED)
                .hint(TargetWords.of(p.target()) + " · " + Format.utc(p.at()))
                .opens(() -> model.look(p.id()));
    }

    private RowItem kept(HeldBack h) {
        var until = h.until();
        var words = new ArrayList<String>();
        words.add(session.named(h.by()));
        words.add(
                until == null
                        ? Texts.of("until it gets worse")
                        : Texts.of("until %s", clock(until)));
        var plan = h.plan();
        return RowItem.of(
                        "kept " + (plan == null ? h.finding() : plan.toString()),
                        plan == null ? Feather.EYE_OFF : Feather.SHIELD,
                        Role.MUTED,
                        h.title())
                .sub(String.join(", ", words) + ": " + h.why())
                .trailing(h.at() == null ? "" : clock(h.at()), Role.MUTED)
                .hint(
                        Messages.of(plan == null ? "approvals.kept.finding" : "approvals.kept.plan")
                                + (h.at() == null ? "" : " · " + Format.utc(h.at())))
                .opens(
                        plan == null
                                ? () -> session.goTo(Destination.overview())
                                : () -> model.look(plan))
                .acts(
                        List.of(
                                Act.link(
                                        Messages.of("approvals.ask.again"),
                                        () -> model.askAgain(h))));
    }

    private String clock(Instant at) {
        return Texts.clock(at, session.now(), session.zone());
    }
}

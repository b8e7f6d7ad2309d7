package io.lakebaseops.console.approvals;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.PlanWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SmallTable;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.RiskLevel;
import io.lakebaseops.state.IndexAdvice;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.List;
import java.util.Locale;

/// One plan in full: what it is about, exactly what runs, why and how risky, what to expect, and
/// the way back. What cannot be taken back stands first, because that is what one signs.
final class PlanDetail extends VBox {
    private static final double WIDE = 940;

    private final ConsoleSession session;
    private final ApprovalsViewModel model;
    private final PlanCertificate certificate;
    private final VBox content = new VBox(12);
    private final GridPane grid = new GridPane(12, 12);
    private List<Node> cards = List.of();

    PlanDetail(ConsoleSession session, ApprovalsViewModel model, IndexAdvice advice) {
        super(12);
        certificate = new PlanCertificate(session, advice);
        this.session = session;
        this.model = model;
        setId("plan");
        getStyleClass().add("plan-detail");
        content.getStyleClass().add("side-pane-content");
        var scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        widthProperty().addListener((_, _, _) -> arrange());
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren()
                .addAll(new OutcomeBar(session, model), scroll, new DecisionBar(session, model));
        model.shownProperty().addListener((_, _, p) -> show(p));
        model.dataProperty().addListener((_, _, _) -> show(model.shownProperty().get()));
        session.targetProperty().addListener((_, _, _) -> show(model.shownProperty().get()));
        show(model.shownProperty().get());
    }

    private @Nullable FiledPlan drawn;
    private boolean drawnElsewhere;

    /// Draws anew only what changed: a scroll position and a selection survive a refresh.
    private void show(@Nullable FiledPlan filed) {
        boolean elsewhere = filed != null && model.elsewhere(filed);
        if (filed != null && filed.equals(drawn) && elsewhere == drawnElsewhere) {
            return;
        }
        drawn = filed;
        drawnElsewhere = elsewhere;
        content.getChildren().clear();
        if (filed == null) {
            // Before the first read nobody knows whether something waits.
            boolean read = model.dataProperty().get() != null;
            content.getChildren()
                    .add(
                            Nodes.wrapped(
                                    Messages.of(
                                            read ? "approvals.none.shown" : "approvals.reading"),
                                    "placeholder"));
            if (read) {
                content.getChildren().add(whatWaits());
            }
            return;
        }
        cards =
                List.of(
                        what(filed),
                        risk(filed),
                        why(filed),
                        PlanProofs.of(filed, card(Messages.of("plan.proof"))),
                        expect(filed));
        content.getChildren().addAll(head(filed), origin(filed, elsewhere));
        if (filed.risk().level() == RiskLevel.HIGH) {
            content.getChildren().add(loss(filed));
        }
        certificate.show(filed);
        content.getChildren().addAll(certificate, grid);
        arrange();
    }

    /// Where no plan is shown there is room for the rule by which one would be.
    private static GridPane whatWaits() {
        var rules = new GridPane(16, 12);
        rules.getStyleClass().addAll("card", "chart-card");
        rules.setMaxWidth(620);
        var roles = List.of(Role.OK, Role.WARNING, Role.CRITICAL);
        var levels = RiskLevel.values();
        for (int i = 0; i < levels.length; i++) {
            var level = levels[i].name().toLowerCase(Locale.ROOT);
            rules.addRow(
                    i,
                    Nodes.pill(level, roles.get(i)),
                    Nodes.wrapped(Messages.of("approvals.rule." + level)));
        }
        return rules;
    }

    /// Statements beside the risk and three cards below where there is room; else the statements
    /// first, then two columns.
    private void arrange() {
        boolean wide = getWidth() > WIDE;
        grid.getChildren().clear();
        grid.getColumnConstraints().clear();
        int count = wide ? 3 : 2;
        for (int i = 0; i < count; i++) {
            var column = new ColumnConstraints();
            column.setPercentWidth(100.0 / count);
            grid.getColumnConstraints().add(column);
        }
        if (cards.isEmpty()) {
            return;
        }
        // column, row, span of: statements, risk, why, proofs, expectation
        int[][] places =
                wide
                        ? new int[][] {{0, 0, 2}, {2, 0, 1}, {0, 1, 1}, {1, 1, 1}, {2, 1, 1}}
                        : new int[][] {{0, 0, 2}, {0, 1, 1}, {0, 2, 1}, {1, 1, 1}, {1, 2, 1}};
        for (int i = 0; i < cards.size(); i++) {
            grid.add(cards.get(i), places[i][0], places[i][1], places[i][2], 1);
        }
    }

    private Node head(FiledPlan filed) {
        var waiting = filed.state() == FiledPlan.State.WAITING;
        var chip = new TargetChip(session, filed.plan().target());
        chip.setMinWidth(USE_PREF_SIZE);
        var title = Nodes.wrapped(filed.plan().title() + (waiting ? "?" : ""), "screen-title");
        title.setId("plan-title");
        HBox.setHgrow(title, Priority.ALWAYS);
        title.setMaxWidth(Double.MAX_VALUE);
        return Nodes.row(
                chip,
                title,
                Nodes.pill(
                        Texts.of("%s risk", PlanWords.risk(filed)), Role.of(filed.risk().level())));
    }

    private Node origin(FiledPlan filed, boolean elsewhere) {
        var p = filed.plan();
        var line = new HBox(8);
        line.setAlignment(Pos.CENTER_LEFT);
        if (elsewhere) {
            var warning =
                    Nodes.label(Messages.of("plan.elsewhere"), "notice-text", Role.WARNING.css());
            warning.setMinWidth(USE_PREF_SIZE);
            warning.setId("elsewhere");
            var go =
                    Nodes.button(
                            Messages.of("plan.elsewhere.go"),
                            () -> session.lookAt(p.target()),
                            "link");
            go.setId("switch-to-it");
            line.getChildren().addAll(warning, go);
        }
        var label =
                Nodes.label(
                        Messages.of(
                                "plan.origin",
                                Texts.clock(filed.filedAt(), session.now(), session.zone()),
                                p.proposedBy().name(),
                                filed.state() == FiledPlan.State.WAITING
                                        ? PlanWords.expiry(filed, session.now())
                                        : decided(filed)),
                        "row-sub");
        label.setMinWidth(0);
        Nodes.tip(label, Format.utc(filed.filedAt()) + ", " + p.tool());
        var print =
                Nodes.label(
                        Messages.of("plan.fingerprint", filed.fingerprint().brief()), "row-sub");
        print.setId("fingerprint");
        print.setMinWidth(USE_PREF_SIZE);
        Nodes.tip(print, filed.fingerprint().hex());
        line.getChildren().addAll(label, Nodes.spacer(), print);
        return line;
    }

    private String decided(FiledPlan filed) {
        var at = filed.decidedAt() == null ? filed.finishedAt() : filed.decidedAt();
        var by = filed.decidedBy();
        return (by == null ? Texts.of("closed") : Texts.of("decided by %s", by))
                + (at == null ? "" : " " + Texts.clock(at, session.now(), session.zone()));
    }

    /// What is lost, before the statements that lose it.
    private static Node loss(FiledPlan filed) {
        var reasons = filed.risk().reasons();
        var title =
                Nodes.wrapped(
                        Texts.begin(
                                reasons.isEmpty()
                                        ? filed.plan().effect().summary()
                                        : reasons.getFirst()),
                        "row-title",
                        "strong");
        var undo = filed.plan().undo();
        var sub =
                Nodes.wrapped(
                        (undo.possible() ? "" : Messages.of("plan.undo.no") + ": ") + undo.note(),
                        "row-sub");
        var text = new VBox(2, title, sub);
        HBox.setHgrow(text, Priority.ALWAYS);
        var banner = new HBox(12, Nodes.icon(Role.CRITICAL.icon(), Role.CRITICAL), text);
        banner.setId("loss");
        banner.getStyleClass().addAll("banner", Role.CRITICAL.css());
        return banner;
    }

    private static VBox card(String title) {
        var card = new VBox(8, Nodes.label(title, "card-title"));
        card.getStyleClass().addAll("card", "detail-card");
        card.setMinWidth(0);
        GridPane.setVgrow(card, Priority.ALWAYS);
        return card;
    }

    private static Node why(FiledPlan filed) {
        var card = card(Messages.of("plan.why"));
        card.getChildren().add(Nodes.wrapped(filed.plan().why(), "row-title"));
        for (var evidence : filed.plan().evidence()) {
            card.getChildren().add(new SmallTable(evidence.rows(), 6));
            card.getChildren()
                    .add(
                            Nodes.wrapped(
                                    Messages.of(
                                            "plan.evidence",
                                            evidence.query(),
                                            Format.utc(evidence.at())),
                                    "small-head"));
        }
        return card;
    }

    /// The deciding reason first and marked.
    private static Node risk(FiledPlan filed) {
        var level = PlanWords.risk(filed);
        var card = card(Messages.of("plan.risk", level));
        var reasons = filed.risk().reasons();
        for (int i = 0; i < reasons.size(); i++) {
            var text = Nodes.wrapped(Texts.begin(reasons.get(i)), "row-title");
            HBox.setHgrow(text, Priority.ALWAYS);
            text.setMaxWidth(Double.MAX_VALUE);
            var line = new HBox(8, text);
            line.getStyleClass().add("reason");
            if (i == 0) {
                line.getChildren().addFirst(Nodes.pill(level, Role.of(filed.risk().level())));
                var decides = Nodes.label(Messages.of("plan.risk.decides"), "row-sub");
                decides.setMinWidth(USE_PREF_SIZE);
                line.getChildren().add(decides);
            }
            card.getChildren().add(line);
        }
        return card;
    }

    private static Node what(FiledPlan filed) {
        var card = card(Messages.of(tense(filed)));
        card.getChildren().add(PlanSteps.of(filed.plan().steps()));
        var undo = filed.plan().undo();
        if (undo.possible()) {
            card.getChildren().add(Nodes.label(Messages.of("plan.undo"), "section"));
            card.getChildren().add(new SqlView(PlanText.of(undo.steps())));
            card.getChildren().add(Nodes.wrapped(undo.note(), "row-sub"));
        }
        return card;
    }

    /// A decided plan does not say that it will run.
    private static String tense(FiledPlan filed) {
        return switch (filed.state()) {
            case WAITING -> "plan.what";
            case RUNNING -> "plan.what.now";
            case DONE, UNDONE -> "plan.what.ran";
            case FAILED -> "plan.what.failed";
            case REJECTED, EXPIRED, SUPERSEDED, HELD_BACK -> "plan.what.not";
        };
    }

    private static Node expect(FiledPlan filed) {
        var plan = filed.plan();
        var card = card(Messages.of("plan.expect"));
        var lock = PlanText.strongestLock(plan.steps());
        var wait = plan.effect().wouldWait();
        card.getChildren()
                .add(
                        fact(
                                Feather.LOCK,
                                lockRole(lock),
                                PlanText.lockWords(lock),
                                Texts.of(
                                        "%s on %s%s",
                                        PlanText.lockName(lock),
                                        table(plan.subject()),
                                        wait == null ? "" : Texts.of("; would wait: %s", wait))));
        var duration = plan.effect().duration();
        if (duration != null) {
            card.getChildren()
                    .add(fact(Feather.CLOCK, Role.INFO, duration, Messages.of("plan.duration")));
        }
        card.getChildren()
                .add(
                        fact(
                                Feather.TRENDING_UP,
                                Role.OK,
                                plan.effect().summary(),
                                Messages.of("plan.effect")));
        card.getChildren()
                .add(
                        fact(
                                Feather.ROTATE_CCW,
                                plan.undo().possible() ? Role.OK : Role.MUTED,
                                plan.undo().possible()
                                        ? Messages.of("plan.undo.yes")
                                        : Messages.of("plan.undo.no"),
                                plan.undo().note()));
        return card;
    }

    /// Locks are taken on tables, also when the plan is about an index of it.
    private static String table(Subject subject) {
        return subject.table() == null || subject.schema() == null
                ? subject.display()
                : subject.schema() + "." + subject.table();
    }

    private static Role lockRole(LockLevel lock) {
        if (lock == LockLevel.ACCESS_EXCLUSIVE) {
            return Role.CRITICAL;
        }
        return lock.blocksWrites() ? Role.WARNING : Role.OK;
    }

    private static Node fact(Feather icon, Role role, String title, String sub) {
        var text = new VBox(1, Nodes.wrapped(title, "row-title"), Nodes.wrapped(sub, "row-sub"));
        HBox.setHgrow(text, Priority.ALWAYS);
        var row = new HBox(12, Nodes.icon(icon, role), text);
        row.getStyleClass().add("fact");
        return row;
    }
}

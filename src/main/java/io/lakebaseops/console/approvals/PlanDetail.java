package io.lakebaseops.console.approvals;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.PlanWords;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SmallTable;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;

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

/// One plan in full: why, exactly what, what to expect, and the way back.
final class PlanDetail extends VBox {
    private final ConsoleSession session;
    private final VBox content = new VBox(12);
    private final DecisionBar bar;
    private final OutcomeBar outcome;
    private final GridPane grid = new GridPane(12, 12);
    private List<Node> cards = List.of();

    PlanDetail(ConsoleSession session, ApprovalsViewModel model) {
        super(12);
        this.session = session;
        setId("plan");
        getStyleClass().add("plan-detail");
        bar = new DecisionBar(session, model);
        outcome = new OutcomeBar(session, model);
        var scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        widthProperty().addListener((_, _, _) -> arrange());
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(outcome, scroll, bar);
        model.shownProperty().addListener((_, _, p) -> show(p));
        show(model.shownProperty().get());
    }

    private void show(@Nullable FiledPlan filed) {
        content.getChildren().clear();
        bar.setVisible(filed != null);
        if (filed == null) {
            content.getChildren()
                    .add(Nodes.wrapped(Messages.of("approvals.none.shown"), "placeholder"));
            return;
        }
        cards = List.of(why(filed), what(filed), proofs(filed), expect(filed));
        content.getChildren().addAll(head(filed), origin(filed), grid);
        arrange();
    }

    /// Two columns where there is room, one where evidence and statements would be squeezed.
    private void arrange() {
        boolean wide = getWidth() > 860;
        grid.getChildren().clear();
        grid.getColumnConstraints().clear();
        for (int i = 0; i < (wide ? 2 : 1); i++) {
            var column = new ColumnConstraints();
            column.setPercentWidth(wide ? 50 : 100);
            grid.getColumnConstraints().add(column);
        }
        for (int i = 0; i < cards.size(); i++) {
            grid.add(cards.get(i), wide ? i % 2 : 0, wide ? i / 2 : i);
        }
    }

    private static Node head(FiledPlan filed) {
        var waiting = filed.state() == FiledPlan.State.WAITING;
        var title = Nodes.wrapped(filed.plan().title() + (waiting ? "?" : ""), "screen-title");
        title.setId("plan-title");
        HBox.setHgrow(title, Priority.ALWAYS);
        title.setMaxWidth(Double.MAX_VALUE);
        return Nodes.row(
                title, Nodes.pill(PlanWords.risk(filed) + " risk", Role.of(filed.risk().level())));
    }

    private Node origin(FiledPlan filed) {
        var p = filed.plan();
        var label =
                Nodes.wrapped(
                        QueueCell.agent(filed)
                                + " · found "
                                + Format.clock(p.createdAt(), session.now(), session.zone())
                                + " · branch "
                                + p.target().branch()
                                + " · "
                                + PlanWords.expiry(filed, session.now()),
                        "row-sub");
        Nodes.tip(label, Format.utc(p.createdAt()) + ", by " + p.tool());
        return label;
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
            card.getChildren().add(Nodes.label("from " + evidence.query(), "small-head"));
        }
        card.getChildren().add(Nodes.label(Messages.of("plan.risk"), "section"));
        filed.risk()
                .reasons()
                .forEach(r -> card.getChildren().add(Nodes.wrapped("· " + r, "row-sub")));
        return card;
    }

    private static Node what(FiledPlan filed) {
        var card = card(Messages.of("plan.what"));
        card.getChildren().add(new SqlView(PlanText.of(filed.plan().steps())));
        var undo = filed.plan().undo();
        card.getChildren().add(Nodes.label(Messages.of("plan.undo"), "section"));
        if (undo.possible()) {
            card.getChildren().add(new SqlView(PlanText.of(undo.steps())));
        }
        card.getChildren().add(Nodes.wrapped(undo.note(), "row-sub"));
        return card;
    }

    private static Node proofs(FiledPlan filed) {
        var card = card(Messages.of("plan.proof"));
        card.getChildren().add(Nodes.label(Messages.of("plan.proof.before"), "section"));
        var before = filed.plan().preconditions().stream().map(Precondition::description).toList();
        before.forEach(t -> card.getChildren().add(point(Feather.CHECK, t)));
        card.getChildren().add(Nodes.label(Messages.of("plan.proof.after"), "section"));
        var after = filed.plan().proofs().stream().map(Postcondition::description).toList();
        after.forEach(t -> card.getChildren().add(point(Feather.TARGET, t)));
        if (before.isEmpty() && after.isEmpty()) {
            card.getChildren().add(Nodes.wrapped(Messages.of("plan.proof.none"), "row-sub"));
        }
        return card;
    }

    private static Node point(Feather icon, String text) {
        var label = Nodes.wrapped(text, "row-title");
        HBox.setHgrow(label, Priority.ALWAYS);
        return new HBox(10, Nodes.icon(icon, Role.INFO), label);
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
                                PlanText.lockName(lock)
                                        + " on "
                                        + table(plan.subject())
                                        + (wait == null ? "" : "; would wait: " + wait)));
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

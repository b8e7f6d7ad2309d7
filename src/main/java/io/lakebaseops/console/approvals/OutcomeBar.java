package io.lakebaseops.console.approvals;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.PlanWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Verification;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.javafx.FontIcon;

/// The outcome of a decided plan: running, verified, kept; with the undo where there is one.
final class OutcomeBar extends HBox {
    private final ConsoleSession session;
    private final ApprovalsViewModel model;
    private final FontIcon icon = Nodes.icon(Role.INFO.icon(), Role.INFO);
    private final Label title = Nodes.wrapped("", "row-title");
    private final Label sub = Nodes.wrapped("", "row-sub");
    private final ProgressBar progress = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
    private final Button undo;
    private final Button again;

    OutcomeBar(ConsoleSession session, ApprovalsViewModel model) {
        super(12);
        this.session = session;
        this.model = model;
        setId("outcome");
        getStyleClass().add("banner");
        undo = Nodes.button(Messages.of("plan.undo.act"), model::undo, "small");
        undo.setId("undo");
        again = Nodes.button(Messages.of("plan.again.act"), this::planAgain, "small");
        again.setId("plan-again");
        Nodes.tip(again, Messages.of("plan.again.tip"));
        title.setId("outcome-title");
        progress.setPrefWidth(160);
        var text = new VBox(1, title, sub);
        HBox.setHgrow(text, Priority.ALWAYS);
        getChildren().addAll(icon, text, progress, again, undo);
        model.shownProperty().addListener((_, _, _) -> show());
        model.gateProperty().addListener((_, _, _) -> show());
        model.answerProperty().addListener((_, _, _) -> show());
        show();
    }

    private void show() {
        var plan = model.shownProperty().get();
        var answer = model.answerProperty().get();
        boolean working = model.gateProperty().get() == ApprovalState.WORKING;
        boolean on =
                plan != null
                        && (answer != null || working || plan.state() != FiledPlan.State.WAITING);
        setVisible(on);
        setManaged(on);
        if (plan == null || !on) {
            return;
        }
        progress.setVisible(working);
        progress.setManaged(working);
        undo.setVisible(model.undoable());
        undo.setManaged(model.undoable());
        again.setVisible(!working && outdated(plan));
        again.setManaged(again.isVisible());
        sub.setText("");
        if (answer != null) {
            say(answer.role(), answer.text());
        } else if (working) {
            say(Role.INFO, Messages.of("plan.running", plan.plan().verb()));
        } else {
            say(PlanWords.role(plan), decided(plan));
            sub.setText(measured(plan));
        }
        sub.setVisible(!sub.getText().isEmpty());
        sub.setManaged(!sub.getText().isEmpty());
        if (!working && answer == null) {
            icon.setIconCode(PlanWords.icon(plan));
        }
    }

    /// Nothing of it ran, because its time was over or its target had changed; no newer plan for
    /// the same finding waits in its place.
    static boolean outdated(FiledPlan plan) {
        return plan.state() == FiledPlan.State.EXPIRED
                || plan.state() == FiledPlan.State.SUPERSEDED && plan.decidedBy() != null;
    }

    /// The tool that proposed it looks again and proposes what fits now.
    private void planAgain() {
        var plan = model.shownProperty().get();
        if (plan != null) {
            session.goTo(Destination.tool(plan.plan().tool()));
        }
    }

    private void say(Role role, String text) {
        Nodes.role(this, role);
        Nodes.role(icon, role);
        icon.setIconCode(role.icon());
        title.setText(text);
    }

    private String decided(FiledPlan plan) {
        return Texts.begin(PlanWords.outcome(plan));
    }

    private String measured(FiledPlan plan) {
        var who = plan.decidedBy() == null ? "" : Texts.of("decided by %s", plan.decidedBy());
        var at = plan.decidedAt();
        var when = at == null ? "" : ", " + Texts.clock(at, session.now(), session.zone());
        Verification v = plan.verification();
        var more =
                v == null || v.measured().size() < 2
                        ? ""
                        : " · " + String.join(" · ", v.measured().subList(1, v.measured().size()));
        return who + when + more;
    }
}

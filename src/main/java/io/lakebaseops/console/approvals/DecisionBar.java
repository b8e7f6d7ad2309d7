package io.lakebaseops.console.approvals;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.PlanWords;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

/// The bottom of the plan: its fingerprint, what HIGH asks for, and the two buttons. Enter does the
/// safe one.
final class DecisionBar extends VBox {
    private final ApprovalsViewModel model;
    private final Label fingerprint = Nodes.label("", "row-sub");
    private final TextField name = new TextField();
    private final TextField reason = new TextField();
    private final Button keep =
            Nodes.button(Messages.of("plan.keep"), this::keep, "keep", "decide");
    private final Button act = Nodes.button("", this::act, "accent", "decide");

    private final HBox fields = new HBox(8);
    private final HBox buttons = new HBox(8);

    DecisionBar(ConsoleSession session, ApprovalsViewModel model) {
        super(10);
        this.model = model;
        getStyleClass().add("decision-bar");
        name.setId("typed-name");
        reason.setId("reason");
        keep.setId("keep");
        act.setId("approve");
        keep.setDefaultButton(true);
        HBox.setHgrow(name, Priority.ALWAYS);
        HBox.setHgrow(reason, Priority.ALWAYS);
        name.textProperty().bindBidirectional(model.typedNameProperty());
        reason.textProperty().bindBidirectional(model.reasonProperty());
        fingerprint.setId("fingerprint");
        fingerprint.setMinWidth(USE_PREF_SIZE);
        buttons.setAlignment(Pos.CENTER_LEFT);
        buttons.getChildren().setAll(fingerprint, Nodes.spacer(), keep, act);
        getChildren().setAll(fields, buttons);
        model.shownProperty().addListener((_, _, _) -> show());
        model.gateProperty().addListener((_, _, _) -> show());
        session.age().textProperty().addListener((_, _, _) -> model.judge());
        show();
    }

    private void show() {
        var plan = model.shownProperty().get();
        var gate = model.gateProperty().get();
        if (plan == null) {
            return;
        }
        boolean waiting = plan.state() == FiledPlan.State.WAITING;
        boolean high = plan.risk().level() == RiskLevel.HIGH;
        place(high);
        name.setPromptText(Messages.of("plan.type.name", plan.plan().subject().name()));
        reason.setPromptText(Messages.of(high ? "plan.reason.high" : "plan.reason"));
        fields.setVisible(waiting && high);
        fields.setManaged(waiting && high);
        reason.setVisible(waiting);
        keep.setVisible(waiting);
        keep.setManaged(waiting);
        keep.setDisable(gate == ApprovalState.WORKING);
        act.setVisible(waiting);
        act.setManaged(waiting);
        act.setText(
                switch (gate) {
                    case OPEN, NAME_MISSING, REASON_MISSING -> plan.plan().verb();
                    case WORKING -> Messages.of("plan.working");
                    case CHANGED -> Messages.of("plan.changed");
                    case EXPIRED -> Messages.of("plan.expired");
                    case DECIDED -> Messages.of("plan.decided");
                });
        act.setDisable(gate != ApprovalState.OPEN && gate != ApprovalState.CHANGED);
        fingerprint.setText(
                Messages.of(
                        "plan.fingerprint",
                        plan.fingerprint().brief(),
                        fingerprintWords(plan, gate)));
    }

    /// HIGH asks for two things and gets a row for them; else the reason stands beside the buttons.
    private void place(boolean high) {
        if (high != fields.getChildren().contains(reason)) {
            fields.getChildren().clear();
            buttons.getChildren().remove(reason);
            if (high) {
                fields.getChildren().setAll(name, reason);
            }
        }
        if (!high && !buttons.getChildren().contains(reason)) {
            buttons.getChildren().add(buttons.getChildren().indexOf(keep), reason);
        }
        reason.setMaxWidth(high ? Double.MAX_VALUE : 360);
    }

    private String fingerprintWords(FiledPlan plan, @Nullable ApprovalState gate) {
        if (gate == ApprovalState.CHANGED) {
            return Messages.of("plan.fingerprint.changed");
        }
        return plan.state() == FiledPlan.State.WAITING
                ? Messages.of("plan.fingerprint.same")
                : PlanWords.outcome(plan).split(":", 2)[0];
    }

    private void act() {
        if (model.gateProperty().get() == ApprovalState.CHANGED) {
            model.showAgain();
        } else {
            model.approve();
        }
    }

    private void keep() {
        if (model.reasonProperty().get().isBlank()) {
            reason.setPromptText(Messages.of("plan.reason.missing"));
            reason.requestFocus();
        } else {
            model.reject();
        }
    }
}

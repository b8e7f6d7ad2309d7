package io.lakebaseops.console.approvals;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.RiskLevel;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/// The foot of the plan: on the left keeping things as they are, with a reason and until when; on
/// the right carrying the plan out, with what its risk asks for. Enter does the safe one; a field
/// never does what belongs to the other side.
final class DecisionBar extends HBox {
    private static final PseudoClass READY = PseudoClass.getPseudoClass("ready");

    private final ApprovalsViewModel model;
    private final TextField keepReason = new TextField();
    private final DatePicker until = new DatePicker();
    private final Button keep =
            Nodes.button(Messages.of("plan.keep.act"), this::keep, "accent", "decide");
    private final VBox keepBox;
    private final Label actTitle = Nodes.label("", "card-title");
    private final Label actHint = Nodes.label("", "row-sub");
    private final TextField name = new TextField();
    private final TextField actReason = new TextField();
    private final Button act = Nodes.button("", this::act, "decide", "act");
    private final Label missing = Nodes.label("", "row-sub");
    private final VBox actBox;

    DecisionBar(ConsoleSession session, ApprovalsViewModel model) {
        super(12);
        this.model = model;
        getStyleClass().add("decision-bar");
        keepReason.setId("keep-reason");
        until.setId("keep-until");
        until.setAccessibleText(Messages.of("plan.keep.until"));
        keep.setId("keep");
        name.setId("typed-name");
        actReason.setId("act-reason");
        act.setId("approve");
        missing.setId("missing");
        keep.setDefaultButton(true);
        until.setPrefWidth(146);
        until.setMinWidth(142);
        until.setConverter(new DayText());
        keepReason.setPromptText(Messages.of("plan.keep.reason"));
        keepReason.textProperty().bindBidirectional(model.keepReasonProperty());
        until.valueProperty().bindBidirectional(model.keepUntilProperty());
        name.textProperty().bindBidirectional(model.typedNameProperty());
        actReason.textProperty().bindBidirectional(model.actReasonProperty());
        // Enter belongs to the default button, which keeps; not from fields about doing it.
        for (var field : new TextField[] {name, actReason}) {
            field.addEventFilter(KeyEvent.KEY_PRESSED, this::onEnterWhileFilling);
        }
        keepBox =
                box(
                        Nodes.label(Messages.of("plan.keep"), "card-title"),
                        Nodes.label(Messages.of("plan.keep.hint"), "row-sub"),
                        Nodes.label("", "row-sub"),
                        keepReason,
                        until,
                        keep);
        actBox = box(actTitle, actHint, missing, name, actReason, act);
        HBox.setHgrow(keepReason, Priority.ALWAYS);
        HBox.setHgrow(name, Priority.ALWAYS);
        HBox.setHgrow(actReason, Priority.ALWAYS);
        keepBox.prefWidthProperty().bind(widthProperty().multiply(0.48));
        actBox.prefWidthProperty().bind(widthProperty().multiply(0.52));
        getChildren().setAll(keepBox, actBox);
        model.shownProperty().addListener((_, _, _) -> show());
        model.gateProperty().addListener((_, _, _) -> show());
        model.missingProperty().addListener((_, _, _) -> show());
        session.age().textProperty().addListener((_, _, _) -> model.tick());
        show();
    }

    private static VBox box(Label title, Label hint, Label right, Region... fields) {
        hint.setMinWidth(0);
        right.setMinWidth(USE_PREF_SIZE);
        title.setMinWidth(USE_PREF_SIZE);
        var head = Nodes.row(title, hint, Nodes.spacer(), right);
        var line = new HBox(8, fields);
        line.setAlignment(Pos.CENTER_LEFT);
        var box = new VBox(8, head, line);
        box.getStyleClass().addAll("card", "decision-box");
        box.setMinWidth(0);
        return box;
    }

    private void show() {
        var plan = model.shownProperty().get();
        boolean on = plan != null && plan.state() == FiledPlan.State.WAITING;
        setVisible(on);
        setManaged(on);
        if (plan == null || !on) {
            return;
        }
        var gate = model.gateProperty().get();
        boolean high = plan.risk().level() == RiskLevel.HIGH;
        boolean low = plan.risk().level() == RiskLevel.LOW;
        set(name, high);
        set(actReason, !low);
        name.setPromptText(plan.plan().subject().display());
        Nodes.tip(name, Messages.of("plan.type.name", plan.plan().subject().display()));
        actReason.setPromptText(Messages.of(high ? "plan.reason.high" : "plan.reason.optional"));
        actTitle.setText(plan.plan().verb());
        actHint.setText(Messages.of(high ? "plan.act.hint.high" : "plan.act.hint"));
        keep.setDisable(gate == ApprovalState.WORKING);
        keep.getStyleClass().removeAll("accent", "keep");
        keep.getStyleClass().add(high ? "accent" : "keep");
        act.setText(
                switch (gate) {
                    case OPEN, INCOMPLETE -> plan.plan().verb();
                    case WORKING -> Messages.of("plan.working");
                    case CHANGED -> Messages.of("plan.changed");
                    case EXPIRED -> Messages.of("plan.expired");
                    case DECIDED -> Messages.of("plan.decided");
                });
        boolean ready = gate == ApprovalState.OPEN || gate == ApprovalState.CHANGED;
        act.setDisable(!ready);
        act.pseudoClassStateChanged(READY, ready);
        // Side by side there is room for one of them.
        actHint.setVisible(gate != ApprovalState.INCOMPLETE);
        actHint.setManaged(actHint.isVisible());
        missing.setText(
                gate == ApprovalState.INCOMPLETE
                        ? needs(model.missingProperty().get(), plan.plan().subject().display())
                        : Messages.of(high ? "plan.no.key" : "plan.key"));
        Nodes.role(missing, gate == ApprovalState.INCOMPLETE ? Role.CRITICAL : Role.MUTED);
        Nodes.role(actBox, high ? Role.CRITICAL : Role.INFO);
        Nodes.role(act, high ? Role.CRITICAL : Role.INFO);
    }

    /// What the desk says is missing, without the risk that stands beside it.
    private static String needs(String missing, String subject) {
        if (missing.endsWith("the name typed exactly: " + subject)) {
            return Texts.of("needs the name typed exactly: %s", subject);
        }
        return missing.endsWith("needs a reason") ? Texts.of("needs a reason") : missing;
    }

    private static void set(Region node, boolean on) {
        node.setVisible(on);
        node.setManaged(on);
    }

    private void onEnterWhileFilling(KeyEvent e) {
        if (e.getCode() == KeyCode.ENTER && !e.isShortcutDown()) {
            e.consume();
            act.requestFocus();
        }
    }

    /// Ctrl+Enter: keeps when there is a reason to keep or the focus is on that side; carries out
    /// only with the focus on the very button, and never what is of high risk.
    void onShortcutEnter() {
        var plan = model.shownProperty().get();
        boolean keeping =
                !model.keepReasonProperty().get().isBlank()
                        || keepReason.isFocused()
                        || until.getEditor().isFocused()
                        || until.isFocused()
                        || keep.isFocused();
        if (keeping) {
            keep();
        } else if (plan != null && act.isFocused() && plan.risk().level() != RiskLevel.HIGH) {
            act();
        }
    }

    private void act() {
        if (model.gateProperty().get() == ApprovalState.CHANGED) {
            model.showAgain();
        } else {
            model.approve();
        }
    }

    private void keep() {
        if (model.keepReasonProperty().get().isBlank()) {
            keepReason.setPromptText(Messages.of("plan.reason.missing"));
            keepReason.requestFocus();
        } else {
            model.reject();
        }
    }

    /// `until 4 Dec 2026`, and what a person types back.
    private static final class DayText extends StringConverter<LocalDate> {
        private static final DateTimeFormatter DAY = Texts.dates(Texts.of("d MMM uuuu"));

        @Override
        public String toString(@Nullable LocalDate day) {
            return day == null ? "" : DAY.format(day);
        }

        @Override
        public LocalDate fromString(String text) {
            return LocalDate.parse(text.strip(), DAY);
        }
    }
}

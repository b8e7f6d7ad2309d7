package io.lakebaseops.console.branches;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The form of a new branch: a name by the policy, a life by its type, and the moment of the past
/// to copy, by a slider over the history that is kept or typed. It is checked as one types.
final class DraftForm {
    private static final String BY_TYPE = Texts.of("by type");
    private static final List<String> LIVES =
            List.of(BY_TYPE, "1 h", "4 h", "24 h", "7 d", "30 d", BranchDraft.NO_END);

    /// Of the slider, within which it jumps to something that happened.
    private static final double SNAP = 0.008;

    private final ConsoleSession session;
    private final BranchesViewModel model;
    private final VBox box = new VBox(8);
    private final Label title = Nodes.label("", "row-title");
    private final TextField name = field("branch-name", Texts.of("Name, such as hotfix-8841"));
    private final ComboBox<String> life = new ComboBox<>();
    private final TextField at =
            field("branch-at", Texts.of("now, 2 h ago, 09:10, 2026-11-27 09:10"));
    private final TextField reason =
            field("branch-reason", Texts.of("Why it is needed (kept in its life cycle)"));
    private final Slider slider = new Slider(0, 1, 1);
    private final Label nameSays = Nodes.wrapped("", "row-sub");
    private final Label atSays = Nodes.wrapped("", "row-sub");
    private final Label problem = Nodes.wrapped("", "problem");
    private final Label from = Nodes.label("", "chart-tick");
    private final Button create;
    private boolean filling;

    DraftForm(ConsoleSession session, BranchesViewModel model) {
        this.session = session;
        this.model = model;
        box.setId("branch-form");
        box.getStyleClass().add("branch-form");
        life.setId("branch-life");
        life.setEditable(true);
        life.getItems().setAll(LIVES);
        life.setPrefWidth(124);
        life.setMinWidth(124);
        life.setAccessibleText(Texts.of("Life"));
        slider.setId("branch-slider");
        slider.setAccessibleText(Texts.of("Moment of the past to copy"));
        HBox.setHgrow(name, Priority.ALWAYS);
        HBox.setHgrow(at, Priority.ALWAYS);
        nameSays.setId("branch-name-says");
        atSays.setId("branch-at-says");
        problem.setId("branch-problem");
        problem.managedProperty().bind(problem.visibleProperty());
        create = Nodes.button(Texts.of("Plan: create branch"), model::create, "accent");
        create.setId("create-branch");
        box.getChildren()
                .addAll(
                        Nodes.row(title, Nodes.spacer(), Nodes.pill(Texts.of("low"), Role.OK)),
                        new HBox(8, name, life),
                        nameSays,
                        slider,
                        Nodes.row(from, Nodes.spacer(), Nodes.label(Texts.of("now"), "chart-tick")),
                        at,
                        atSays,
                        reason,
                        problem);
        name.textProperty().addListener((_, _, text) -> typed(d -> d.wish(text)));
        reason.textProperty().addListener((_, _, text) -> typed(d -> d.reason(text)));
        at.textProperty()
                .addListener(
                        (_, _, text) -> {
                            typed(d -> d.at(text));
                            moveSlider();
                        });
        life.getEditor()
                .textProperty()
                .addListener((_, _, text) -> typed(d -> d.life(text.equals(BY_TYPE) ? "" : text)));
        slider.valueProperty().addListener((_, _, v) -> slid(v.doubleValue()));
        for (var one : List.of(name, at, reason)) {
            one.setOnAction(_ -> create.fire());
        }
    }

    private static TextField field(String id, String prompt) {
        var field = new TextField();
        field.setId(id);
        field.setPromptText(prompt);
        field.setAccessibleText(prompt);
        return field;
    }

    private interface Change {
        BranchDraft of(BranchDraft draft);
    }

    private void typed(Change change) {
        var draft = model.draftProperty().get();
        if (!filling && draft != null) {
            model.draft(change.of(draft));
            check();
        }
    }

    Button create() {
        return create;
    }

    /// The same node for good: a field that is typed into keeps the focus.
    Node node(BranchDraft draft) {
        filling = true;
        title.setText(Texts.of("Create a branch from %s", draft.source()));
        set(name, draft.wish());
        set(at, draft.at());
        set(reason, draft.reason());
        var text = draft.life().isEmpty() ? BY_TYPE : draft.life();
        if (!text.equals(life.getEditor().getText()) && !life.isFocused()) {
            life.setValue(text);
        }
        var begin = begin();
        slider.setDisable(begin == null);
        from.setText(
                begin == null
                        ? Texts.of("no history is kept")
                        : BranchDraft.moment(begin, session.zone()).substring(0, 16));
        filling = false;
        moveSlider();
        check();
        return box;
    }

    private static void set(TextField field, String text) {
        if (!field.getText().equals(text)) {
            field.setText(text);
        }
    }

    void focus() {
        name.requestFocus();
    }

    private void check() {
        var checked = model.checked().orElse(null);
        if (checked == null) {
            return;
        }
        boolean named = !checked.name().isEmpty() && checked.nameProblem().isEmpty();
        var ttl = checked.ttl();
        nameSays.setText(
                named
                        ? Texts.of(
                                "%s · type %s · %s",
                                checked.name(),
                                checked.type(),
                                ttl == null
                                        ? Texts.of("no expiry")
                                        : Texts.of("lives %s", Format.duration(ttl)))
                        : checked.nameProblem());
        var moment = checked.at();
        atSays.setText(
                moment == null
                        ? Texts.of("as it is when the plan runs")
                        : "%s, %s"
                                .formatted(
                                        BranchDraft.moment(moment, session.zone()),
                                        Texts.ago(moment, session.now())));
        var wrong = checked.lifeProblem() + checked.atProblem() + checked.problem();
        problem.setText(wrong);
        problem.setVisible(!wrong.isEmpty());
        create.setDisable(!checked.good() || model.workingProperty().get());
    }

    /// Since when the past of this branch can be copied.
    private @Nullable Instant begin() {
        var rules = model.rules().orElse(null);
        var life = model.life().orElse(null);
        if (rules == null || life == null) {
            return null;
        }
        var kept = rules.known().project().historyRetention();
        if (kept.isZero()) {
            return null;
        }
        var oldest = session.now().minus(kept);
        var made = life.branch().createdAt();
        return made.isAfter(oldest) ? made : oldest;
    }

    private void slid(double value) {
        var begin = begin();
        if (filling || begin == null) {
            return;
        }
        var now = session.now();
        double all = Duration.between(begin, now).toMillis();
        double snapped = value;
        for (var mark : marks(begin, now).keySet()) {
            double at = Duration.between(begin, mark).toMillis() / all;
            if (Math.abs(at - value) < SNAP) {
                snapped = at;
            }
        }
        filling = true;
        at.setText(
                snapped >= 0.999
                        ? ""
                        : BranchDraft.moment(
                                begin.plusMillis((long) (snapped * all)), session.zone()));
        filling = false;
        typed(d -> d.at(at.getText()));
    }

    /// What happened to the branch within its history: where one often wants to go back to.
    private Map<Instant, String> marks(Instant begin, Instant now) {
        var marks = new TreeMap<Instant, String>();
        var rules = model.rules().orElse(null);
        var life = model.life().orElse(null);
        if (rules != null && life != null) {
            for (var e : rules.known().events()) {
                if (e.branch().equals(life.id()) && e.at().isAfter(begin) && e.at().isBefore(now)) {
                    marks.put(e.at(), e.kind());
                }
            }
        }
        return marks;
    }

    private void moveSlider() {
        var begin = begin();
        var checked = model.checked().orElse(null);
        if (begin == null || checked == null || filling) {
            return;
        }
        var now = session.now();
        double all = Math.max(1, Duration.between(begin, now).toMillis());
        var moment = checked.at();
        filling = true;
        slider.setValue(
                moment == null
                        ? 1
                        : Math.clamp(Duration.between(begin, moment).toMillis() / all, 0, 1));
        filling = false;
    }
}

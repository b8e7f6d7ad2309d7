package io.lakebaseops.console.approvals;

import io.lakebaseops.change.approval.PlanQueue.Entry;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.plan.RunningPlan;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// The plans being carried out right now, above the queue: whose they are, their step, for how long
/// they have run, whom they wait for, and the way to cancel. Gone while nothing runs.
final class RunningStrip extends VBox {
    private final ConsoleSession session;
    private final ApprovalsViewModel model;

    RunningStrip(ConsoleSession session, ApprovalsViewModel model) {
        super(6);
        this.session = session;
        this.model = model;
        setId("running");
        model.dataProperty().addListener((_, _, _) -> show());
        model.watchedProperty().addListener((_, _, _) -> show());
        show();
    }

    private void show() {
        var picture = model.dataProperty().get();
        List<Entry> running = picture == null ? List.of() : picture.running();
        setVisible(!running.isEmpty());
        setManaged(!running.isEmpty());
        getChildren().setAll(running.stream().map(this::line).toList());
    }

    private Node line(Entry plan) {
        var now =
                model.watchedProperty().get().stream()
                        .filter(w -> w.plan().id().equals(plan.id()))
                        .findFirst()
                        .orElse(null);
        var title = Nodes.label(plan.title(), "row-title");
        title.setMinWidth(0);
        Nodes.tipWhenCut(title);
        var head = new HBox(8, new TargetChip(session, plan.target()), title, by(plan));
        head.setAlignment(Pos.CENTER_LEFT);
        var text = new VBox(3, head);
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        if (now != null) {
            text.getChildren().add(step(now));
            now.waitsFor().forEach(b -> text.getChildren().add(blocker(b)));
        }
        var elapsed = Nodes.label(elapsed(plan), "row-title", "elapsed");
        elapsed.setMinWidth(USE_PREF_SIZE);
        var open =
                Nodes.button(
                        Messages.of("approvals.running.open"),
                        () -> model.look(plan.id()),
                        "small");
        var cancel =
                Nodes.button(
                        Messages.of("approvals.running.cancel"),
                        () -> model.cancelRun(plan.id()),
                        "small",
                        "danger");
        cancel.setId("cancel-run");
        var line = new HBox(12, text, elapsed, open, cancel);
        line.setAlignment(Pos.CENTER_LEFT);
        line.getStyleClass()
                .addAll(
                        "card",
                        "running-card",
                        now != null && !now.waitsFor().isEmpty()
                                ? Role.WARNING.css()
                                : Role.INFO.css());
        return line;
    }

    private String elapsed(Entry plan) {
        long s = Math.max(0, Duration.between(plan.at(), session.now()).toSeconds());
        return s >= 3600
                ? Format.briefly(Duration.ofSeconds(s))
                : s / 60 + ":" + (s % 60 < 10 ? "0" : "") + s % 60;
    }

    private Label by(Entry plan) {
        var by = plan.decidedBy();
        var label =
                Nodes.label(
                        by == null
                                ? ""
                                : Messages.of(
                                        "approvals.running.by",
                                        by,
                                        Format.clock(plan.at(), session.now(), session.zone())),
                        "row-sub");
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    private static Label step(RunningPlan now) {
        var title = now.title();
        var label =
                Nodes.label(
                        title == null
                                ? Messages.of("approvals.running.begins")
                                : Messages.of(
                                        "approvals.running.step",
                                        now.step(),
                                        now.steps(),
                                        title,
                                        Format.briefly(now.elapsed())),
                        "row-sub");
        label.setMinWidth(0);
        return label;
    }

    private static Label blocker(RunningPlan.Blocker b) {
        @Nullable String user = b.userName();
        var label =
                Nodes.label(
                        Messages.of(
                                "approvals.running.waits",
                                Integer.toString(b.pid()),
                                user == null ? "unknown role" : user,
                                b.application().isBlank() ? "" : ", " + b.application(),
                                b.state(),
                                Format.briefly(b.waited()),
                                b.query()),
                        "notice-text",
                        Role.WARNING.css());
        label.setMinWidth(0);
        Nodes.tip(label, label.getText());
        return label;
    }
}

package io.lakebaseops.console.approvals;

import io.lakebaseops.change.approval.PlanQueue.Entry;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// The plans being carried out right now, above the queue: whose they are and for how long they
/// have run. Gone while nothing runs.
final class RunningStrip extends VBox {
    private final ConsoleSession session;
    private final ApprovalsViewModel model;

    RunningStrip(ConsoleSession session, ApprovalsViewModel model) {
        super(6);
        this.session = session;
        this.model = model;
        setId("running");
        model.dataProperty().addListener((_, _, p) -> show(p));
        // The elapsed time counts up with the age of the data, each second.
        session.age().textProperty().addListener((_, _, _) -> show(model.dataProperty().get()));
        show(model.dataProperty().get());
    }

    private void show(@Nullable ApprovalsSnapshot picture) {
        List<Entry> running = picture == null ? List.of() : picture.running();
        setVisible(!running.isEmpty());
        setManaged(!running.isEmpty());
        getChildren().setAll(running.stream().map(this::line).toList());
    }

    private Node line(Entry plan) {
        var title = Nodes.label(plan.title(), "row-title");
        title.setMinWidth(0);
        HBox.setHgrow(title, Priority.ALWAYS);
        var since = plan.decidedAt() == null ? plan.filedAt() : plan.decidedAt();
        var elapsed =
                Nodes.label(Format.briefly(Duration.between(since, session.now())), "row-title");
        elapsed.setMinWidth(USE_PREF_SIZE);
        var by =
                Nodes.label(
                        plan.decidedBy() == null
                                ? ""
                                : Messages.of(
                                        "approvals.running.by",
                                        plan.decidedBy(),
                                        Format.clock(since, session.now(), session.zone())),
                        "row-sub");
        var open = Nodes.button(Messages.of("approvals.running.open"), () -> model.look(plan.id()));
        open.getStyleClass().add("small");
        var line =
                new HBox(
                        12,
                        new TargetChip(session, plan.target()),
                        title,
                        by,
                        Nodes.spacer(),
                        elapsed,
                        open);
        line.setAlignment(Pos.CENTER_LEFT);
        line.getStyleClass().addAll("card", "running-card", Role.INFO.css());
        return line;
    }
}

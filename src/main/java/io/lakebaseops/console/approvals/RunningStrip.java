package io.lakebaseops.console.approvals;

import io.lakebaseops.change.approval.PlanQueue.Entry;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.LimitBar;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.Steps;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.plan.RunningPlan;
import io.lakebaseops.domain.plan.Step;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The plans being carried out right now, above the queue: whose they are, their steps, whom they
/// wait for, how long they may still wait, and the way to cancel. Two have a card each, more a
/// line. Gone while nothing runs.
final class RunningStrip extends VBox {
    private static final int CARDS = 2;

    /// More steps than these do not fit beside each other.
    private static final int MOST_STEPS = 5;

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
        if (running.size() > CARDS) {
            getChildren().setAll(running.stream().map(this::line).toList());
            return;
        }
        var cards = new HBox(8);
        for (var plan : running) {
            var card = card(plan);
            HBox.setHgrow(card, Priority.ALWAYS);
            card.setMaxWidth(Double.MAX_VALUE);
            card.setPrefWidth(400);
            cards.getChildren().add(card);
        }
        getChildren().setAll(cards);
    }

    private @Nullable RunningPlan watched(Entry plan) {
        return model.watchedProperty().get().stream()
                .filter(w -> w.plan().id().equals(plan.id()))
                .findFirst()
                .orElse(null);
    }

    private static Role role(@Nullable RunningPlan now) {
        return now != null && !now.waitsFor().isEmpty() ? Role.WARNING : Role.INFO;
    }

    private Region card(Entry plan) {
        var now = watched(plan);
        var columns = new HBox(20, what(plan));
        columns.setAlignment(Pos.TOP_LEFT);
        if (now != null) {
            var steps = steps(now);
            HBox.setHgrow(steps, Priority.SOMETIMES);
            columns.getChildren().add(steps);
            if (!now.waitsFor().isEmpty()) {
                var waits = waits(now);
                HBox.setHgrow(waits, Priority.ALWAYS);
                columns.getChildren().add(waits);
            }
        }
        columns.getChildren().addAll(Nodes.spacer(), end(plan, now));
        columns.getStyleClass().addAll("card", "running-card", role(now).css());
        return columns;
    }

    private Node what(Entry plan) {
        var by = plan.decidedBy();
        var approved =
                by == null
                        ? ""
                        : Messages.of(
                                "approvals.running.by",
                                by,
                                Texts.clock(plan.at(), session.now(), session.zone()));
        var title = Nodes.wrapped(plan.title(), "row-title", "strong-quiet");
        var what =
                new VBox(
                        4,
                        new TargetChip(session, plan.target()),
                        title,
                        Nodes.label(approved, "row-sub"));
        what.setMinWidth(180);
        what.setPrefWidth(220);
        what.setOnMouseClicked(_ -> model.look(plan.id()));
        what.getStyleClass().add("clickable");
        return what;
    }

    private Node steps(RunningPlan now) {
        var all = now.plan().plan().steps();
        var head =
                Nodes.row(
                        Nodes.label(
                                now.title() == null
                                        ? Messages.of("approvals.running.begins")
                                        : Messages.of(
                                                "approvals.running.step",
                                                Integer.toString(now.step()),
                                                Integer.toString(now.steps())),
                                "row-title"),
                        Nodes.spacer(),
                        Nodes.label(elapsed(now.elapsed()), "elapsed", role(now).css()));
        if (all.size() > MOST_STEPS) {
            var title = now.title();
            return new VBox(4, head, Nodes.wrapped(title == null ? "" : title, "row-sub"));
        }
        var list = new ArrayList<Steps.Step>();
        for (int i = 0; i < all.size(); i++) {
            boolean running = i + 1 == now.step();
            list.add(
                    new Steps.Step(
                            all.get(i).title(),
                            running ? elapsed(now.elapsed()) : "",
                            i + 1 < now.step()
                                    ? Steps.State.DONE
                                    : running ? Steps.State.RUNNING : Steps.State.COMING));
        }
        list.add(new Steps.Step(Messages.of("approvals.running.verify"), "", Steps.State.COMING));
        var steps = new Steps();
        steps.show(list);
        var box = new VBox(4, head, steps);
        box.setMinWidth(150);
        box.setPrefWidth(260);
        return box;
    }

    private static Node waits(RunningPlan now) {
        var b = now.waitsFor().getFirst();
        var user = b.userName();
        var more =
                now.waitsFor().size() > 1
                        ? Texts.of(" and %s more", now.waitsFor().size() - 1)
                        : "";
        var title =
                Nodes.label(
                        Messages.of(
                                "approvals.running.waits",
                                Integer.toString(b.pid()) + more,
                                Format.briefly(b.waited())),
                        "row-title",
                        "waits-for");
        var query = Nodes.label(b.query(), "sql-line");
        Nodes.tip(query, b.query());
        var who =
                Nodes.label(
                        (user == null ? Texts.of("unknown role") : user)
                                + ", "
                                + b.state()
                                + (b.application().isBlank() ? "" : " · " + b.application()),
                        "row-sub");
        for (var label : List.of(title, query, who)) {
            label.setMinWidth(0);
        }
        var box = new VBox(3, title, query, who);
        box.setMinWidth(120);
        box.setPrefWidth(280);
        return box;
    }

    /// How long the step may still wait for its lock, and the way to cancel.
    private Node end(Entry plan, @Nullable RunningPlan now) {
        var cancel =
                Nodes.button(
                        Messages.of("approvals.running.cancel"),
                        () -> model.cancelRun(plan.id()),
                        "small",
                        "danger");
        cancel.setId("cancel-run");
        var acts = new HBox(8, cancel);
        acts.setAlignment(Pos.CENTER_RIGHT);
        var end = new VBox(6);
        end.setMinWidth(150);
        var limit = now == null || now.waitsFor().isEmpty() ? null : lockTimeout(now);
        if (now != null && limit != null) {
            var waited = now.waitsFor().getFirst().waited();
            var left = limit.minus(waited);
            end.getChildren()
                    .add(
                            Nodes.row(
                                    Nodes.label(
                                            Texts.of("Lock timeout %s", Format.briefly(limit)),
                                            "row-sub"),
                                    Nodes.spacer(),
                                    Nodes.label(
                                            left.isNegative()
                                                    ? Texts.of("now")
                                                    : Texts.of("%s left", elapsed(left)),
                                            "row-title")));
            var bar = new LimitBar();
            bar.show(
                    limit.toMillis(),
                    List.of(LimitBar.Part.of(Texts.of("waited"), waited.toMillis(), Role.WARNING)),
                    List.of());
            end.getChildren().add(bar);
        } else {
            var total = Duration.between(plan.at(), session.now());
            end.getChildren()
                    .add(Nodes.row(Nodes.spacer(), Nodes.label(elapsed(total), "elapsed")));
        }
        end.getChildren().add(acts);
        return end;
    }

    private static @Nullable Duration lockTimeout(RunningPlan now) {
        var steps = now.plan().plan().steps();
        if (now.step() < 1 || now.step() > steps.size()) {
            return null;
        }
        return switch (steps.get(now.step() - 1)) {
            case Step.SqlStep s -> s.lockTimeout();
            case Step.ScriptStep s -> s.lockTimeout();
            case Step.ApiStep _, Step.ArchiveStep _ -> null;
        };
    }

    private Node line(Entry plan) {
        var now = watched(plan);
        var title = Nodes.label(plan.title(), "row-title");
        title.setMinWidth(0);
        var words = Nodes.label(now == null || now.title() == null ? "" : now.title(), "row-sub");
        words.setMinWidth(0);
        var elapsed =
                Nodes.label(
                        elapsed(Duration.between(plan.at(), session.now())),
                        "elapsed",
                        role(now).css());
        elapsed.setMinWidth(USE_PREF_SIZE);
        var cancel =
                Nodes.button(
                        Messages.of("approvals.running.cancel"),
                        () -> model.cancelRun(plan.id()),
                        "small",
                        "danger");
        var line =
                new HBox(
                        12,
                        new TargetChip(session, plan.target()),
                        title,
                        words,
                        Nodes.spacer(),
                        elapsed,
                        cancel);
        line.setAlignment(Pos.CENTER_LEFT);
        line.setOnMouseClicked(_ -> model.look(plan.id()));
        line.getStyleClass().addAll("card", "running-line", role(now).css());
        return line;
    }

    /// `1:04`, `2 h`.
    static String elapsed(Duration d) {
        long s = Math.max(0, d.toSeconds());
        return s >= 3600
                ? Format.briefly(Duration.ofSeconds(s))
                : s / 60 + ":" + (s % 60 < 10 ? "0" : "") + s % 60;
    }
}

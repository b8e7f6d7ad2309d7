package io.lakebaseops.console.approvals;

import io.lakebaseops.change.approval.PlanQueue.Entry;
import io.lakebaseops.change.approval.PlanQueue.Group;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.PlanWords;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// A line of the queue: a waiting plan as a card, decided ones of one kind as one line.
final class QueueCell extends ListCell<QueueItem> {
    private final ConsoleSession session;
    private final Tooltip tip = Nodes.tooltip("");

    QueueCell(ConsoleSession session) {
        this.session = session;
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable QueueItem item, boolean empty) {
        super.updateItem(item, empty);
        getStyleClass().removeAll("card-cell", "heading-cell");
        setTooltip(null);
        if (empty || item == null) {
            setGraphic(null);
            return;
        }
        setGraphic(
                switch (item) {
                    case QueueItem.Waiting w -> card(w.plan());
                    case QueueItem.Heading h -> heading(h);
                    case QueueItem.Done d -> line(d.plans());
                    case QueueItem.More m -> more(m);
                });
    }

    private Node heading(QueueItem.Heading h) {
        getStyleClass().add("heading-cell");
        return Nodes.row(
                Nodes.label(h.text(), "card-title"),
                Nodes.spacer(),
                Nodes.label(h.note(), "row-sub"));
    }

    private Node more(QueueItem.More m) {
        getStyleClass().add("heading-cell");
        return Nodes.label(m.text(), "link");
    }

    private Node card(Entry p) {
        getStyleClass().add("card-cell");
        var now = session.now();
        var left = Nodes.label(PlanWords.left(p.expiresAt(), now), "row-sub");
        left.setMinWidth(USE_PREF_SIZE);
        var top = Nodes.row(new TargetChip(session, p.target()), Nodes.spacer(), left);
        var by = Format.clock(p.filedAt(), now, session.zone()) + ", " + p.tool().replace('_', ' ');
        var title = Nodes.label(p.title(), "row-title");
        var card =
                new VBox(
                        6,
                        top,
                        title,
                        Nodes.row(
                                Nodes.pill(
                                        p.risk().name().toLowerCase(Locale.ROOT),
                                        Role.of(p.risk())),
                                Nodes.label(by, "row-sub")));
        card.getStyleClass().addAll("card", "plan-card");
        tip(p.title(), Messages.of("approvals.filed", Format.utc(p.filedAt()), p.tool()));
        return card;
    }

    private Node line(Group group) {
        var p = group.newest();
        var title = Nodes.label(p.title(), "row-title");
        title.setMinWidth(0);
        var head = new HBox(6, title);
        if (group.times() > 1) {
            var times =
                    Nodes.label(
                            Messages.of("approvals.times", Format.grouped(group.times())),
                            "row-sub",
                            "times");
            times.setMinWidth(USE_PREF_SIZE);
            head.getChildren().add(times);
        }
        head.setAlignment(Pos.CENTER_LEFT);
        var outcome = PlanWords.outcome(p.state(), p.decidedBy(), p.reason(), p.verification());
        var text = new VBox(1, head, Nodes.label(outcome, "row-sub"));
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        var at = Format.clock(p.at(), session.now(), session.zone());
        var when = Nodes.label(group.times() > 1 ? "last " + at : at, "row-sub");
        when.setMinWidth(USE_PREF_SIZE);
        var role = PlanWords.role(p.state(), p.risk(), p.verification());
        var line =
                new HBox(
                        10,
                        Nodes.icon(PlanWords.icon(p.state(), p.verification()), role),
                        text,
                        when);
        line.setAlignment(Pos.CENTER_LEFT);
        tip(
                p.title(),
                outcome,
                new TargetChip(session, p.target()).getText() + " · " + Format.utc(p.at()));
        return line;
    }

    private void tip(String... lines) {
        tip.setText(String.join("\n", lines));
        setTooltip(tip);
    }
}

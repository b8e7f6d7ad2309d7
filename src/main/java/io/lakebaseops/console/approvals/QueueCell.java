package io.lakebaseops.console.approvals;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.PlanWords;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.plan.FiledPlan;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.util.Locale;

/// Draws a waiting plan as a card, a decided one as a line.
final class QueueCell extends ListCell<QueueItem> {
    private final ConsoleSession session;

    QueueCell(ConsoleSession session) {
        this.session = session;
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(QueueItem item, boolean empty) {
        super.updateItem(item, empty);
        getStyleClass().removeAll("card-cell", "heading-cell");
        if (empty || item == null) {
            setGraphic(null);
            return;
        }
        setGraphic(
                switch (item) {
                    case QueueItem.Waiting w -> card(w.plan());
                    case QueueItem.Heading h -> heading(h.text());
                    case QueueItem.Done d -> line(d.plan());
                });
    }

    private Node heading(String text) {
        getStyleClass().add("heading-cell");
        return Nodes.label(text, "row-sub");
    }

    private Node card(FiledPlan p) {
        getStyleClass().add("card-cell");
        var now = session.now();
        var top =
                Nodes.row(
                        Nodes.pill(PlanWords.risk(p), Role.of(p.risk().level())),
                        Nodes.spacer(),
                        Nodes.label(PlanWords.expiry(p, now), "row-sub"));
        var by =
                agent(p)
                        + " · "
                        + Format.clock(p.filedAt(), now, session.zone())
                        + " · "
                        + p.plan().target().branch();
        var card =
                new VBox(
                        6,
                        top,
                        Nodes.label(p.plan().title(), "row-title"),
                        Nodes.label(by, "row-sub"));
        card.getStyleClass().addAll("card", "plan-card");
        return card;
    }

    static String agent(FiledPlan p) {
        var name = p.plan().proposedBy().name();
        var shown = name.substring(0, 1).toUpperCase(Locale.ENGLISH) + name.substring(1);
        return p.plan().proposedBy().kind() == io.lakebaseops.domain.Actor.Kind.AGENT
                ? shown + " agent"
                : shown;
    }

    private Node line(FiledPlan p) {
        var text =
                new VBox(
                        1,
                        Nodes.label(p.plan().title(), "row-title"),
                        Nodes.label(PlanWords.outcome(p), "row-sub"));
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        var at = p.decidedAt() == null ? p.filedAt() : p.decidedAt();
        var when = Nodes.label(Format.clock(at, session.now(), session.zone()), "row-sub");
        when.setMinWidth(USE_PREF_SIZE);
        var line = new HBox(10, Nodes.icon(PlanWords.icon(p), PlanWords.role(p)), text, when);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }
}

package io.lakebaseops.console.approvals;

import io.lakebaseops.change.approval.PlanQueue.Entry;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.PlanWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;

import javafx.scene.Node;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// A waiting plan as a card: its server first, what it does, how risky it is and until when.
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
                    case QueueItem.Alike a -> more(a.text());
                    case QueueItem.More m -> more(m.text());
                });
    }

    private Node more(String text) {
        getStyleClass().add("heading-cell");
        return Nodes.label(text, "link");
    }

    private Node card(Entry p) {
        getStyleClass().add("card-cell");
        var now = session.now();
        var left = Nodes.label(PlanWords.left(p.expiresAt(), now), "row-sub");
        left.setMinWidth(USE_PREF_SIZE);
        var by = Nodes.label(ToolWords.title(p.tool()), "row-sub");
        by.setMinWidth(0);
        var title = Nodes.wrapped(p.title(), "row-title");
        title.getStyleClass().add("two-lines");
        var risk = Texts.of(p.risk().name().toLowerCase(Locale.ROOT));
        var card =
                new VBox(
                        6,
                        // Alone in its line: whose plan it is must never be cut.
                        new TargetChip(session, p.target()),
                        title,
                        Nodes.row(Nodes.pill(risk, Role.of(p.risk())), by, Nodes.spacer(), left));
        card.getStyleClass().addAll("card", "plan-card");
        tip.setText(
                p.title()
                        + "\n"
                        + Messages.of(
                                "approvals.filed",
                                Format.utc(p.filedAt()),
                                ToolWords.title(p.tool())));
        setTooltip(tip);
        return card;
    }
}

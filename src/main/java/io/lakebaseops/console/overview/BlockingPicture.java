package io.lakebaseops.console.overview;

import io.lakebaseops.agents.health.connections.BlockingTree;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Format;

import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The tree of sessions that wait for each other's locks: whom nobody holds up stands at the left,
/// who waits stands below, one step to the right, with a line to the session waited for.
final class BlockingPicture extends VBox {
    static final double STEP = 18;

    /// A pane is no place to read hundreds; those at the top are what must be ended.
    private static final int MOST = 30;

    /// Deeper than this a queue is drawn as if it were as deep, so that its words keep their room.
    private static final int DEEPEST = 6;

    BlockingPicture(BlockingTree tree) {
        setId("blocking-tree");
        getStyleClass().add("blocking-tree");
        var nodes = tree.nodes();
        for (int i = 0; i < Math.min(nodes.size(), MOST); i++) {
            getChildren().add(row(nodes, i));
        }
        if (nodes.size() > MOST) {
            getChildren()
                    .add(
                            Nodes.label(
                                    Texts.of(
                                            "and %s more",
                                            Texts.count(nodes.size() - MOST, "session")),
                                    "row-sub"));
        }
    }

    private static Node row(List<BlockingTree.Node> nodes, int at) {
        var node = nodes.get(at);
        var row = new HBox();
        row.getStyleClass().add("blocking-row");
        row.setAccessibleRole(AccessibleRole.TREE_ITEM);
        row.setAccessibleText(spoken(node));
        for (int level = 1; level <= Math.min(node.depth(), DEEPEST); level++) {
            row.getChildren().add(line(nodes, at, level));
        }
        var card = card(node);
        HBox.setHgrow(card, Priority.ALWAYS);
        row.getChildren().add(card);
        return row;
    }

    /// The piece of line at this level: down past the session, round the corner to it, or nothing.
    private static Node line(List<BlockingTree.Node> nodes, int at, int level) {
        int depth = Math.min(nodes.get(at).depth(), DEEPEST);
        var upper = new Region();
        var lower = new Region();
        boolean own = level == depth;
        boolean on = goesOn(nodes, at, level);
        upper.getStyleClass().add(own ? "blocking-corner" : on ? "blocking-down" : "blocking-none");
        lower.getStyleClass().add(on ? "blocking-down" : "blocking-none");
        upper.setMinHeight(14);
        upper.setPrefHeight(14);
        VBox.setVgrow(lower, Priority.ALWAYS);
        var piece = new VBox(upper, lower);
        piece.setMinWidth(STEP);
        piece.setPrefWidth(STEP);
        return piece;
    }

    /// Does another session below hang on the same one?
    private static boolean goesOn(List<BlockingTree.Node> nodes, int at, int level) {
        for (int i = at + 1; i < Math.min(nodes.size(), MOST); i++) {
            int depth = Math.min(nodes.get(i).depth(), DEEPEST);
            if (depth <= level) {
                return depth == level;
            }
        }
        return false;
    }

    private static VBox card(BlockingTree.Node n) {
        var title = Nodes.label(who(n), "row-title");
        title.setMinWidth(0);
        var head = new HBox(8, title, Nodes.spacer());
        pills(n).forEach(head.getChildren()::add);
        var card = new VBox(1, head);
        card.getStyleClass().add("blocking-card");
        var lock = lock(n);
        if (!lock.isEmpty()) {
            card.getChildren().add(Nodes.wrapped(lock, "row-sub"));
        }
        var query = n.query();
        if (query != null && !query.isBlank()) {
            var text = Nodes.label(query.strip().replaceAll("\\s+", " "), "mono-cell");
            text.setMinWidth(0);
            card.getChildren().add(text);
        }
        return card;
    }

    private static List<Node> pills(BlockingTree.Node n) {
        var pills = new ArrayList<Node>();
        var waiting = n.waitingSeconds();
        if (waiting != null) {
            pills.add(Nodes.pill(Texts.of("waits %s", span(waiting)), Role.WARNING));
        }
        if (n.behind() > 0) {
            pills.add(
                    Nodes.pill(
                            Texts.of("holds up %s", n.behind()),
                            n.depth() == 0 ? Role.CRITICAL : Role.MUTED));
        }
        return pills;
    }

    private static String who(BlockingTree.Node n) {
        if (n.pid() == BlockingTree.PREPARED) {
            return Texts.of("a prepared transaction");
        }
        var parts = new ArrayList<String>();
        parts.add(Texts.of("pid %s", n.pid()));
        parts.add(Objects.requireNonNullElse(n.user(), Texts.of("no user")));
        if (!n.application().isBlank()) {
            parts.add(n.application());
        }
        return String.join(" · ", parts);
    }

    /// What it waits for; of a root what it does.
    private static String lock(BlockingTree.Node n) {
        if (n.pid() == BlockingTree.PREPARED) {
            return Texts.of("no session: COMMIT PREPARED or ROLLBACK PREPARED ends it");
        }
        if (n.lockMode() != null) {
            return n.relation() == null
                    ? Texts.of("wants %s", n.lockMode())
                    : Texts.of("wants %s on %s", n.lockMode(), n.relation());
        }
        var since = n.transactionSeconds();
        return since == null
                ? Objects.requireNonNullElse(n.state(), "")
                : Texts.of(
                        "%s, its transaction runs for %s",
                        Objects.requireNonNullElse(n.state(), Texts.of("active")), span(since));
    }

    private static String span(double seconds) {
        return Format.duration(Duration.ofMillis((long) (seconds * 1000)));
    }

    private static String spoken(BlockingTree.Node n) {
        var on = n.waitsFor();
        return Texts.of(
                "%s%s, holds up %s",
                who(n),
                on == null
                        ? Texts.of(", waits for nobody")
                        : on == BlockingTree.PREPARED
                                ? Texts.of(", waits for a prepared transaction")
                                : Texts.of(", waits for pid %s", on),
                n.behind());
    }
}

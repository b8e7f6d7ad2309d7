package io.lakebaseops.console;

import io.lakebaseops.console.parts.CutText;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.SqlLine;

import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Looks over a laid-out scene for what a person would trip over: a text that is cut and cannot be
/// read in another way, two texts on one place, a text beyond the window or beyond what holds it.
final class LayoutCheck {
    /// What rounding and a font's descent may take.
    private static final double SLACK = 2.5;

    /// As JavaFX keeps what `Tooltip.install` is given.
    private static final String INSTALLED = "javafx.scene.control.Tooltip";

    private record Seen(Text text, Bounds bounds, String words) {}

    private final Scene scene;
    private final TreeSet<String> found = new TreeSet<>();
    private final List<Seen> texts = new ArrayList<>();

    private LayoutCheck(Scene scene) {
        this.scene = scene;
    }

    /// On the JavaFX thread; empty when nothing is wrong.
    static List<String> of(Scene scene) {
        var check = new LayoutCheck(scene);
        var window = new BoundingBox(0, 0, scene.getWidth(), scene.getHeight());
        check.look(check.top(scene.getRoot()), window, false);
        check.overlaps();
        return List.copyOf(check.found);
    }

    /// Where a layer lies over the screen only the layer is looked at.
    private Node top(Parent root) {
        var children = root.getChildrenUnmodifiable();
        return root.getStyleClass().contains("shell") ? children.getLast() : root;
    }

    /// @param visible what of the window can be seen here
    /// @param scrolls whether what lies beyond can be scrolled to
    private void look(Node node, Bounds visible, boolean scrolls) {
        if (!node.isVisible() || node.getOpacity() == 0) {
            return;
        }
        var bounds = node.localToScene(node.getBoundsInLocal());
        if (node instanceof Labeled labeled) {
            cut(labeled);
        }
        if (node instanceof TableView<?> table) {
            columns(table, bounds);
        }
        if (node instanceof Text text && !text.getText().isBlank()) {
            place(text, bounds, visible, scrolls);
            return;
        }
        boolean port =
                node instanceof ScrollPane
                        || node.getStyleClass().contains("virtual-flow")
                        || node instanceof TextInputControl;
        var inside = node.getClip() == null && !port ? visible : meet(visible, bounds);
        if (node instanceof Parent parent && inside != null) {
            for (var child : parent.getChildrenUnmodifiable()) {
                look(child, inside, scrolls || port);
            }
        }
    }

    /// Columns that end beyond the table are found by nobody: it has no bar to scroll sideways.
    private void columns(TableView<?> table, Bounds bounds) {
        double wide =
                table.getColumns().stream()
                        .filter(TableColumn::isVisible)
                        .mapToDouble(TableColumn::getWidth)
                        .sum();
        if (wide > bounds.getWidth() + SLACK) {
            found.add(
                    "columns beyond the table by %.0f: %s"
                            .formatted(wide - bounds.getWidth(), where(table)));
        }
    }

    private void place(Text text, Bounds bounds, Bounds visible, boolean scrolls) {
        var seen = meet(visible, bounds);
        var words = text.getText().strip();
        if (seen == null) {
            if (!scrolls && !(owner(text) instanceof SqlLine)) {
                found.add("out of sight: " + words(text));
            }
            return;
        }
        boolean whole =
                bounds.getMinX() >= visible.getMinX() - SLACK
                        && bounds.getMaxX() <= visible.getMaxX() + SLACK
                        && bounds.getMinY() >= visible.getMinY() - SLACK
                        && bounds.getMaxY() <= visible.getMaxY() + SLACK;
        if (!whole && !scrolls && !readable(text)) {
            found.add("beyond its frame: " + words(text));
        }
        if (!scrolls || whole) {
            beyond(text, bounds);
        }
        texts.add(new Seen(text, seen, words));
    }

    /// Does it stick out of a card, a cell or a button?
    private void beyond(Text text, Bounds bounds) {
        for (Node at = text.getParent(); at != null; at = at.getParent()) {
            if (at instanceof ScrollPane || at.getStyleClass().contains("virtual-flow")) {
                return;
            }
            if (at instanceof Control || at.getStyleClass().contains("card")) {
                var frame = at.localToScene(at.getLayoutBounds());
                if (bounds.getMinX() < frame.getMinX() - SLACK
                        || bounds.getMaxX() > frame.getMaxX() + SLACK
                        || bounds.getMinY() < frame.getMinY() - SLACK * 2
                        || bounds.getMaxY() > frame.getMaxY() + SLACK * 2) {
                    found.add("sticks out of " + name(at) + ": " + words(text));
                    return;
                }
            }
        }
    }

    private void cut(Labeled labeled) {
        var said = labeled.getText();
        if (said == null || said.isBlank()) {
            return;
        }
        for (var part : labeled.getChildrenUnmodifiable()) {
            if (part instanceof Text drawn
                    && drawn.isVisible()
                    && drawn.getText().endsWith(labeled.getEllipsisString())
                    && !said.endsWith(labeled.getEllipsisString())
                    && !readable(labeled)) {
                found.add("cut: " + words(drawn) + " of " + one(said) + " in " + where(labeled));
            }
        }
    }

    /// Under the pointer a label that is cut says all of it, unless another tooltip is in the way.
    private static boolean readable(Node node) {
        if (node instanceof Labeled && !CutText.explained(node)) {
            return true;
        }
        var said = node instanceof Labeled labeled ? labeled.getText() : ((Text) node).getText();
        for (@Nullable Node at = node; at != null; at = at.getParent()) {
            var tip =
                    at instanceof Control control && control.getTooltip() != null
                            ? control.getTooltip()
                            : at.getProperties().get(INSTALLED);
            var words = tip instanceof Tooltip tooltip ? tooltip.getText() : Nodes.tipOf(at);
            if (words != null && words.contains(said.strip())) {
                return true;
            }
        }
        return false;
    }

    /// What lies in the drawer hides what is below it.
    private static @Nullable Node drawer(Node text) {
        return holder(text, n -> "drawerHost".equals(n.getId()));
    }

    private static @Nullable Node holder(Node node, Predicate<Node> wanted) {
        var at = node;
        while (at != null && !wanted.test(at)) {
            at = at.getParent();
        }
        return at;
    }

    private void overlaps() {
        for (int i = 0; i < texts.size(); i++) {
            for (int j = i + 1; j < texts.size(); j++) {
                var a = texts.get(i);
                var b = texts.get(j);
                var common = meet(a.bounds(), b.bounds());
                // Words of one paragraph flow around each other.
                var paragraph = holder(a.text(), n -> n instanceof TextFlow);
                boolean together =
                        paragraph != null
                                && paragraph == holder(b.text(), n -> n instanceof TextFlow);
                if (!together
                        && drawer(a.text()) == drawer(b.text())
                        && common != null
                        && common.getWidth() > SLACK
                        && common.getHeight() > SLACK * 2) {
                    found.add("on one place: %s / %s".formatted(words(a.text()), words(b.text())));
                }
            }
        }
    }

    private static @Nullable Bounds meet(Bounds a, Bounds b) {
        double x = Math.max(a.getMinX(), b.getMinX());
        double y = Math.max(a.getMinY(), b.getMinY());
        double w = Math.min(a.getMaxX(), b.getMaxX()) - x;
        double h = Math.min(a.getMaxY(), b.getMaxY()) - y;
        return w <= 0 || h <= 0 ? null : new BoundingBox(x, y, w, h);
    }

    private static @Nullable Node owner(Text text) {
        return text.getParent();
    }

    private static String words(Text text) {
        var parent = text.getParent();
        return one(text.getText()) + (parent == null ? "" : " in " + where(parent));
    }

    private static String one(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        return '"' + (line.length() > 60 ? line.substring(0, 60) + " …" : line) + '"';
    }

    private static String where(Node node) {
        var all = new ArrayList<String>();
        for (@Nullable Node at = node; at != null && all.size() < 4; at = at.getParent()) {
            var name = name(at);
            if (!name.isEmpty()) {
                all.add(name);
            }
        }
        return String.join(" < ", all);
    }

    private static String name(Node node) {
        return node.getId() != null
                ? "#" + node.getId()
                : node.getStyleClass().isEmpty()
                        ? node instanceof Rectangle ? "" : node.getClass().getSimpleName()
                        : "." + String.join(".", node.getStyleClass());
    }
}

package io.lakebaseops.console.parts;

import javafx.geometry.Pos;
import javafx.scene.Group;
import javafx.scene.control.Label;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.Rectangle;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// The chosen stretch of a time chart with a handle at each edge, and the bracket over the stretch
/// it is compared with.
final class ChartRange {
    private static final double HANDLE = 6;
    private static final double HANDLE_HEIGHT = 22;

    /// How near to an edge the mouse has to be.
    private static final double GRIP = 6;

    private final Group group = new Group();
    private final Rectangle chosen = new Rectangle();
    private final Rectangle left = handle();
    private final Rectangle right = handle();
    private final Path bracket = ChartFrame.path("chart-bracket");
    private final Label words = Nodes.label("", "chart-tick", "chart-bracket-words");
    private @Nullable Instant from;
    private @Nullable Instant to;
    private @Nullable Instant before;
    private String said = "";

    ChartRange() {
        chosen.getStyleClass().add("chart-chosen");
        words.setAlignment(Pos.CENTER);
        words.setManaged(false);
        group.setMouseTransparent(true);
        group.setManaged(false);
        group.getChildren().addAll(chosen, left, right, bracket, words);
        group.setVisible(false);
    }

    private static Rectangle handle() {
        var handle = new Rectangle(HANDLE, HANDLE_HEIGHT);
        handle.setArcWidth(4);
        handle.setArcHeight(4);
        handle.getStyleClass().add("chart-handle");
        return handle;
    }

    Group node() {
        return group;
    }

    /// @param compared beginning of the equally long stretch before, null for no bracket
    /// @param text in the bracket
    void choose(Instant start, Instant end, @Nullable Instant compared, String text) {
        from = start;
        to = end;
        before = compared;
        said = text;
    }

    void clear() {
        from = null;
        to = null;
        group.setVisible(false);
    }

    void layout(Scale on) {
        group.setVisible(from != null && to != null);
        if (from == null || to == null) {
            return;
        }
        double start = Math.clamp(on.x(from), on.left(), on.left() + on.width());
        double end = Math.clamp(on.x(to), on.left(), on.left() + on.width());
        chosen.setX(start);
        chosen.setWidth(Math.max(1, end - start));
        chosen.setY(on.head());
        chosen.setHeight(on.height() - on.head());
        place(left, start, on);
        place(right, end, on);
        layoutBracket(on, start);
    }

    private static void place(Rectangle handle, double x, Scale on) {
        handle.setX(x - HANDLE / 2);
        handle.setY(on.head() + (on.height() - on.head() - HANDLE_HEIGHT) / 2);
    }

    private void layoutBracket(Scale on, double start) {
        double first = before == null ? start : Math.max(on.left(), on.x(before));
        boolean room = start - first > 8;
        bracket.setVisible(room);
        words.setText(said);
        words.applyCss();
        words.autosize();
        words.setVisible(room && words.getWidth() < start - first - 4);
        if (!room) {
            return;
        }
        double y = on.head() + 6.5;
        bracket.getElements()
                .setAll(
                        new MoveTo(first + 0.5, y + 6),
                        new LineTo(first + 0.5, y),
                        new LineTo(start - 3.5, y),
                        new LineTo(start - 3.5, y + 6));
        words.relocate((first + start - words.getWidth()) / 2, y + 3);
    }

    /// The edge that stays where it is when the other one is drawn; null away from both.
    @Nullable Instant opposite(double x, Scale on) {
        if (from == null || to == null) {
            return null;
        }
        if (Math.abs(x - on.x(from)) <= GRIP) {
            return to;
        }
        return Math.abs(x - on.x(to)) <= GRIP ? from : null;
    }
}

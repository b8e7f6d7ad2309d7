package io.lakebaseops.console.parts;

import io.lakebaseops.console.Texts;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.Group;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import javafx.scene.shape.Path;
import javafx.scene.shape.Rectangle;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// A chart of one or more figures over one time axis: zero and unit at the left, limits, what is
/// usual, flags of what happened, hours nobody watched as a hatched band. All charts of a screen
/// share one cursor; dragging over one chooses a range for all.
public final class TimeChart extends Region {
    private static final double SHORTEST_DRAG = 8;

    private final ObjectProperty<@Nullable Instant> cursor = new SimpleObjectProperty<>();
    private final ChartFrame frame = new ChartFrame(this);
    private final Path unwatched = ChartFrame.path("chart-band", "chart-unwatched");
    private final Path predicted = ChartFrame.path("chart-band", "chart-predicted");
    private final Path generated = ChartFrame.path("chart-band", "chart-generated");
    private final Path usual = ChartFrame.path("chart-band", "chart-usual");
    private final Group curves = new Group();
    private final List<Path> paths = new ArrayList<>();
    private final Line hair = ChartFrame.line("chart-cursor");
    private final Rectangle chosen = new Rectangle();
    private final Label empty = Nodes.label("", "chart-tick");
    private final Label hover = Nodes.label("", "chart-hover");
    private final ChartRange range = new ChartRange();
    private @Nullable ChartPicture picture;
    private boolean logarithmic;
    private @Nullable DoubleProperty alignedLeft;
    private @Nullable Scale scale;
    private @Nullable BiConsumer<Instant, Instant> onRange;
    private Runnable onWhole = () -> {};
    private double dragFrom = Double.NaN;

    public TimeChart() {
        getStyleClass().add("time-chart");
        setMinHeight(72);
        setPrefHeight(96);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setFocusTraversable(true);
        chosen.getStyleClass().add("chart-chosen");
        for (var node : new javafx.scene.Node[] {empty, hover, chosen}) {
            node.setManaged(false);
            node.setMouseTransparent(true);
        }
        hover.setVisible(false);
        hair.setVisible(false);
        chosen.setVisible(false);
        getChildren()
                .addAll(
                        unwatched,
                        predicted,
                        generated,
                        usual,
                        frame.under(),
                        curves,
                        range.node(),
                        frame.over(),
                        empty,
                        chosen,
                        hair,
                        hover);
        setOnMouseMoved(e -> point(e.getX()));
        setOnMouseExited(_ -> cursor.set(null));
        setOnMousePressed(this::press);
        setOnMouseDragged(this::drag);
        setOnMouseReleased(this::release);
        setOnKeyPressed(this::onKey);
        focusedProperty().addListener((_, _, on) -> cursorByKey(on ? 0 : Double.NaN));
        cursor.addListener((_, _, at) -> showCursor(at));
        var menu =
                new ContextMenu(
                        item(Texts.of("Copy values as CSV"), this::copyValues),
                        item(Texts.of("Copy picture"), this::copyPicture));
        setOnContextMenuRequested(e -> menu.show(this, e.getScreenX(), e.getScreenY()));
    }

    private static MenuItem item(String text, Runnable act) {
        var item = new MenuItem(text);
        item.setOnAction(_ -> act.run());
        return item;
    }

    /// Bind several charts' cursors together and they move as one.
    public ObjectProperty<@Nullable Instant> momentProperty() {
        return cursor;
    }

    /// What a drag over the chart does with the stretch it covered.
    public void onRange(BiConsumer<Instant, Instant> act) {
        onRange = act;
    }

    /// What a double click does: back to the whole time shown.
    public void onWhole(Runnable act) {
        onWhole = act;
    }

    /// Draws a stretch as chosen, and a bracket over the equally long one before it.
    ///
    /// @param compared where that begins, null for no bracket
    public void choose(Instant from, Instant to, @Nullable Instant compared, String words) {
        range.choose(from, to, compared, words);
        requestLayout();
    }

    public void chooseNothing() {
        range.clear();
        requestLayout();
    }

    /// Charts below each other whose plots begin at one place: the widest labels of all decide.
    public void alignLeft(DoubleProperty shared) {
        alignedLeft = shared;
        shared.addListener((_, _, _) -> requestLayout());
    }

    /// Each power of ten is as high as the next one.
    public void logarithmic() {
        logarithmic = true;
    }

    public void show(ChartPicture next) {
        picture = next;
        paths.clear();
        for (var series : next.series()) {
            if (series.area() || next.stacked()) {
                paths.add(
                        ChartFrame.path(
                                next.stacked() ? "chart-stack" : "chart-area", series.style()));
            }
            paths.add(ChartFrame.path("chart-line", series.style()));
        }
        curves.getChildren().setAll(paths);
        setAccessibleText(spoken(next));
        requestLayout();
    }

    private static String spoken(ChartPicture p) {
        var words = new ArrayList<String>();
        for (var series : p.series()) {
            words.add(
                    series.name()
                            + " "
                            + (series.points().isEmpty()
                                    ? p.silence()
                                    : p.format().apply(series.points().getLast().value())));
        }
        return String.join(", ", words);
    }

    @Override
    protected void layoutChildren() {
        var p = picture;
        if (p == null || getWidth() <= 0) {
            return;
        }
        boolean any = p.series().stream().anyMatch(s -> !s.points().isEmpty());
        double height = getHeight() - ChartFrame.AXIS;
        double head = ChartFrame.head(p);
        double left = any ? frame.left(p, scale(p, 0, 1, height, head)) : 0;
        if (alignedLeft != null) {
            left = Math.max(left, alignedLeft.get());
            alignedLeft.set(left);
        }
        // Two pixels at the right, so that a line along the edge is not cut in half.
        var on = scale(p, left, Math.max(1, getWidth() - left - 2), height, head);
        scale = on;
        layoutCurves(p, on);
        empty.setText(any ? "" : p.silence());
        empty.autosize();
        empty.relocate((getWidth() - empty.getWidth()) / 2, on.height() / 2 - 8);
        unwatched.getElements().setAll(on.unwatched(p));
        usual.getElements().setAll(on.usual(p.usual()));
        var simulated = p.predictedFrom();
        predicted
                .getElements()
                .setAll(simulated == null ? List.of() : on.during(simulated, p.to()));
        var made = p.generated();
        generated
                .getElements()
                .setAll(made == null ? List.of() : on.during(made.from(), made.until()));
        range.layout(on);
        frame.layout(p, on, any);
        showCursor(cursor.get());
    }

    private Scale scale(ChartPicture p, double left, double width, double height, double head) {
        return logarithmic
                ? Scale.logarithmic(p, left, width, height, head)
                : Scale.of(p, left, width, height, head);
    }

    private void layoutCurves(ChartPicture p, Scale on) {
        int next = 0;
        List<ChartPicture.Point> below = List.of();
        var lines = p.lines();
        for (int i = 0; i < lines.size(); i++) {
            var runs = on.runs(lines.get(i));
            if (p.stacked()) {
                paths.get(next++).getElements().setAll(on.between(runs, below));
                below = lines.get(i);
            } else if (p.series().get(i).area()) {
                paths.get(next++).getElements().setAll(on.area(runs));
            }
            paths.get(next++).getElements().setAll(on.line(runs));
        }
    }

    private void point(double x) {
        var on = scale;
        if (on != null) {
            cursor.set(on.at(x));
        }
    }

    private void press(MouseEvent e) {
        requestFocus();
        var on = scale;
        dragFrom = Double.NaN;
        if (e.getButton() != MouseButton.PRIMARY || onRange == null || on == null) {
            return;
        }
        if (e.getClickCount() == 2) {
            onWhole.run();
            return;
        }
        var fixed = range.opposite(e.getX(), on);
        dragFrom = fixed == null ? e.getX() : on.x(fixed);
    }

    private void drag(MouseEvent e) {
        point(e.getX());
        var on = scale;
        if (on == null || Double.isNaN(dragFrom)) {
            return;
        }
        double from = Math.max(on.left(), Math.min(dragFrom, e.getX()));
        double to = Math.min(on.left() + on.width(), Math.max(dragFrom, e.getX()));
        chosen.setX(from);
        chosen.setWidth(Math.max(0, to - from));
        chosen.setY(on.head());
        chosen.setHeight(on.height() - on.head());
        chosen.setVisible(true);
    }

    private void release(MouseEvent e) {
        chosen.setVisible(false);
        var on = scale;
        var act = onRange;
        if (on != null && act != null && Math.abs(e.getX() - dragFrom) >= SHORTEST_DRAG) {
            act.accept(on.at(Math.min(dragFrom, e.getX())), on.at(Math.max(dragFrom, e.getX())));
        }
        dragFrom = Double.NaN;
    }

    private void onKey(KeyEvent e) {
        if (e.getCode() == KeyCode.LEFT || e.getCode() == KeyCode.RIGHT) {
            cursorByKey(e.getCode() == KeyCode.LEFT ? -1 : 1);
            e.consume();
        }
    }

    /// A fiftieth of the range to one side; NaN takes the cursor away.
    private void cursorByKey(double steps) {
        var p = picture;
        if (p == null || Double.isNaN(steps)) {
            cursor.set(null);
            return;
        }
        var at = cursor.get();
        if (at == null) {
            at = p.to();
        }
        var step = Duration.between(p.from(), p.to()).dividedBy(50);
        var next = at.plusNanos((long) (step.toNanos() * steps));
        cursor.set(next.isBefore(p.from()) ? p.from() : next.isAfter(p.to()) ? p.to() : next);
    }

    private void showCursor(@Nullable Instant at) {
        var p = picture;
        var on = scale;
        boolean visible = at != null && p != null && on != null;
        hair.setVisible(visible);
        hover.setVisible(visible);
        if (at == null || p == null || on == null) {
            return;
        }
        double x = on.x(at);
        hair.setStartX(x);
        hair.setEndX(x);
        hair.setStartY(on.head());
        hair.setEndY(on.height());
        hover.setText(HoverText.at(p, at));
        hover.autosize();
        hover.relocate(Math.clamp(x + 8, 0, Math.max(0, getWidth() - hover.getWidth())), 0);
    }

    private void copyValues() {
        if (picture != null) {
            SqlView.copy(picture.csv());
        }
    }

    private void copyPicture() {
        var content = new ClipboardContent();
        content.putImage(snapshot(new SnapshotParameters(), null));
        Clipboard.getSystemClipboard().setContent(content);
    }

    @Override
    protected double computePrefWidth(double height) {
        return 240;
    }
}

package io.lakebaseops.console.archive;

import io.lakebaseops.agents.health.archival.ColdCandidate.Age;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.domain.Format;

import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;

/// The age of a table's rows: rows upwards, bytes with indexes downwards, by month or partition.
/// The handle is the threshold; dashed is the end of what really moves.
final class AgeHistogram extends Region {
    private static final DateTimeFormatter MONTH = Texts.dates("MMM").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter JANUARY =
            DateTimeFormatter.ofPattern("uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final double LEFT = 52;
    private static final double READ_HEIGHT = 16;
    private static final double NAMES = 18;
    private static final double GAP = 3;
    private static final double MIDDLE = 4;

    private final IntConsumer threshold;
    private final List<Bar> bars = new ArrayList<>();
    private final Region field = styled("age-field");
    private final Region limit = styled("age-limit");
    private final Region handle = styled("age-handle");
    private final Label most = Nodes.label("", "chart-tick");
    private final Label largest = Nodes.label("", "chart-tick");
    private final Label zero = Nodes.label("0", "chart-tick");
    private @Nullable ColdChoice choice;
    private Instant now = Instant.EPOCH;

    private record Bar(Age age, Region up, Region down, Label name, Label read) {}

    AgeHistogram(IntConsumer threshold) {
        this.threshold = threshold;
        setId("age-histogram");
        getStyleClass().add("age-histogram");
        setMinSize(200, 150);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.SLIDER);
        handle.setCursor(Cursor.H_RESIZE);
        handle.setId("age-handle");
        setOnKeyPressed(this::onKey);
        setOnMouseDragged(this::dragged);
        setOnMousePressed(
                e -> {
                    requestFocus();
                    dragged(e);
                });
        getChildren().setAll(field, zero, most, largest, limit, handle);
    }

    private static Region styled(String style) {
        var region = new Region();
        region.getStyleClass().add(style);
        region.setManaged(false);
        region.setMouseTransparent(true);
        return region;
    }

    void show(@Nullable ColdChoice next, Instant at) {
        boolean anew = choice == null || next == null || choice.candidate() != next.candidate();
        choice = next;
        now = at;
        if (anew) {
            rebuild();
        }
        if (next != null) {
            for (var bar : bars) {
                mark(bar.up(), next.moves(bar.age()));
                mark(bar.down(), next.moves(bar.age()));
            }
            setAccessibleText(
                    Texts.of(
                            "rows of %s older than %d days: %s",
                            next.candidate().name(), next.days(), Format.grouped(next.rows())));
        }
        requestLayout();
    }

    private static void mark(Region bar, boolean moves) {
        bar.getStyleClass().removeAll("cold");
        if (moves) {
            bar.getStyleClass().add("cold");
        }
    }

    private void rebuild() {
        bars.clear();
        getChildren().setAll(field, zero, most, largest);
        if (choice != null) {
            var ages = choice.candidate().ages();
            for (int i = 0; i < ages.size(); i++) {
                var age = ages.get(i);
                var up = styled("age-bar");
                var down = styled("age-bytes");
                var name = Nodes.label(name(age, i == 0), "chart-tick");
                var read = Nodes.label(read(age), "age-read");
                var bar = new Bar(age, up, down, name, read);
                for (var node : List.of(up, down)) {
                    node.setMouseTransparent(false);
                    Nodes.tip(node, words(age));
                }
                read.setManaged(false);
                name.setManaged(false);
                bars.add(bar);
                getChildren().addAll(up, down, name, read);
            }
            most.setText(Format.large(rows()).toString());
            largest.setText(Format.size(bytes()));
        }
        getChildren().addAll(limit, handle);
    }

    private static String name(Age age, boolean first) {
        boolean january = age.from().atOffset(ZoneOffset.UTC).getMonthValue() == 1;
        return (january && !first ? JANUARY : MONTH).format(age.from());
    }

    private String read(Age age) {
        return age.lastRead() == null
                ? ""
                : Duration.between(age.lastRead(), now).toHours() < 1
                        ? Texts.of("now")
                        : Format.briefly(Duration.between(age.lastRead(), now));
    }

    private String words(Age age) {
        return Texts.of(
                "%s – %s%s\n%s rows, %s\n%s",
                Format.utc(age.from()),
                Format.utc(age.until()),
                age.partition() == null ? "" : Texts.of(", partition %s", age.partition()),
                Format.grouped(age.rows()),
                Format.size(age.bytes()),
                age.partition() == null
                        ? Texts.of("when rows were last read is known for partitions only")
                        : age.lastRead() == null
                                ? Texts.of("not read since statistics began")
                                : Texts.of("last read %s", Texts.ago(age.lastRead(), now)));
    }

    private long rows() {
        return bars.stream().mapToLong(b -> b.age().rows()).max().orElse(1);
    }

    private long bytes() {
        return bars.stream().mapToLong(b -> b.age().bytes()).max().orElse(1);
    }

    @Override
    protected double computePrefHeight(double width) {
        return 210;
    }

    @Override
    protected void layoutChildren() {
        double bottom = getHeight() - NAMES - READ_HEIGHT - 4;
        double top = 6;
        double zeroAt = top + (bottom - top) * 0.6;
        var shown = choice;
        boolean any = shown != null && !bars.isEmpty();
        for (var node : List.of(field, zero, most, largest, limit, handle)) {
            node.setVisible(any);
        }
        if (shown == null || !any) {
            return;
        }
        double slot = (getWidth() - LEFT) / bars.size();
        for (int i = 0; i < bars.size(); i++) {
            place(bars.get(i), LEFT + i * slot, slot, top, zeroAt, bottom);
        }
        place(zero, zeroAt - 7);
        place(most, top);
        place(largest, bottom - 14);
        double end = x(shown.until());
        field.resizeRelocate(LEFT, top, Math.max(0, end - LEFT), bottom - top);
        limit.setVisible(shown.whole());
        limit.resizeRelocate(end, top, 1, bottom - top);
        handle.resizeRelocate(x(shown.before()) - 4, top, 8, bottom - top);
    }

    private void place(Bar bar, double x, double slot, double top, double zeroAt, double bottom) {
        double width = Math.max(1, slot - GAP);
        double up = (zeroAt - MIDDLE - top) * bar.age().rows() / Math.max(1, rows());
        double down = (bottom - zeroAt - MIDDLE) * bar.age().bytes() / Math.max(1, bytes());
        bar.up().resizeRelocate(x, zeroAt - MIDDLE - up, width, up);
        bar.down().resizeRelocate(x, zeroAt + MIDDLE, width, down);
        bar.read().setVisible(!bar.read().getText().isEmpty() && slot > 26);
        bar.read().resizeRelocate(x, bottom + 4, width, READ_HEIGHT);
        double text = bar.name().prefWidth(-1);
        bar.name().setVisible(slot > text);
        bar.name().resizeRelocate(x + (width - text) / 2, bottom + READ_HEIGHT + 6, text, NAMES);
    }

    private static void place(Label label, double y) {
        double width = label.prefWidth(-1);
        label.resizeRelocate(Math.max(0, LEFT - 8 - width), y, width, label.prefHeight(-1));
    }

    /// Each bar has the same width, so that time runs evenly inside a bar only.
    private double x(Instant at) {
        double slot = (getWidth() - LEFT) / bars.size();
        for (int i = 0; i < bars.size(); i++) {
            var age = bars.get(i).age();
            if (at.isBefore(age.from())) {
                return LEFT + i * slot;
            }
            if (at.isBefore(age.until())) {
                double part =
                        (double) Duration.between(age.from(), at).toMinutes()
                                / Math.max(
                                        1, Duration.between(age.from(), age.until()).toMinutes());
                return LEFT + (i + part) * slot;
            }
        }
        return getWidth() - GAP;
    }

    private Instant at(double x) {
        double place = Math.clamp((x - LEFT) / (getWidth() - LEFT), 0, 0.9999) * bars.size();
        var age = bars.get((int) place).age();
        var span = Duration.between(age.from(), age.until());
        return age.from().plusSeconds(Math.round(span.toSeconds() * (place - Math.floor(place))));
    }

    private void dragged(MouseEvent e) {
        var shown = choice;
        if (shown != null && !bars.isEmpty()) {
            var counted = shown.before().plus(Duration.ofDays(shown.days()));
            threshold.accept((int) Duration.between(at(e.getX()), counted).toDays());
            e.consume();
        }
    }

    private void onKey(KeyEvent e) {
        var shown = choice;
        if (shown == null) {
            return;
        }
        int by = e.isShiftDown() ? 30 : 1;
        switch (e.getCode()) {
            case LEFT -> threshold.accept(shown.days() + by);
            case RIGHT -> threshold.accept(shown.days() - by);
            default -> {
                return;
            }
        }
        e.consume();
    }
}

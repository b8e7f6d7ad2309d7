package io.lakebaseops.console.branches;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.branches.BranchLine.Compute;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Format;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Region;
import javafx.scene.shape.Arc;
import javafx.scene.shape.ArcType;
import javafx.scene.shape.Circle;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A row of the graph: name, lane, life left, compute, size and owner.
final class BranchCell extends ListCell<BranchLine> {
    private static final double INDENT = 14;
    private static final Duration SHORT = Duration.ofHours(1);

    private final BranchGraph graph;
    private final Row row = new Row();

    BranchCell(BranchGraph graph) {
        this.graph = graph;
        setGraphic(row);
        setText(null);
        setPrefWidth(0);
        setOnMouseClicked(
                e -> {
                    if (e.getButton() == MouseButton.PRIMARY && getItem() != null) {
                        graph.clicked(getItem(), e.getClickCount());
                    }
                });
    }

    @Override
    protected void updateItem(@Nullable BranchLine line, boolean empty) {
        super.updateItem(line, empty);
        row.setVisible(!empty && line != null);
        if (empty || line == null) {
            setAccessibleText(null);
            setTooltip(null);
            return;
        }
        graph.seen(line);
        row.show(line);
        setAccessibleText(words(line, graph.now()));
        setTooltip(Nodes.tooltip(words(line, graph.now())));
    }

    /// All of the row in words, with the chain to the root.
    private String words(BranchLine line, Instant now) {
        var parts = new ArrayList<String>();
        var life = line.life();
        if (line.isFold()) {
            long soon =
                    line.folded().stream()
                            .filter(
                                    b -> {
                                        var end = b.branch().expiresAt();
                                        return end != null && end.isBefore(now.plus(SHORT));
                                    })
                            .count();
            parts.add(
                    Format.count(line.folded().size(), Texts.of("%s branch", life.type()))
                            .replace("branchs", "branches"));
            if (soon > 0) {
                parts.add(
                        Texts.of(
                                "%s%s within the hour",
                                soon, soon == 1 ? Texts.of(" ends") : Texts.of(" end")));
            }
            parts.add(Texts.of("Enter lists them"));
            return String.join(", ", parts);
        }
        parts.add(life.id());
        if (life.branch().source() != null) {
            parts.add(
                    Texts.of(
                            "from %s as of %s",
                            life.branch().source(),
                            BranchDraft.moment(life.forkedAt(), graph.zone())));
        }
        if (life.branch().isProtected()) {
            parts.add(Texts.of("protected"));
        }
        parts.add(
                line.compute(now) == Compute.UNKNOWN
                        ? Texts.of("compute not read yet")
                        : Texts.of("compute %s", line.compute(now).word()));
        var end = life.branch().expiresAt();
        parts.add(end == null ? Texts.of("no expiry") : Texts.of("ends in %s", left(end, now)));
        parts.add(Format.size(life.branch().logicalSizeBytes()));
        parts.add(ownerWords(life.ownerKind(), life.owner()));
        line.skipped().stream()
                .findFirst()
                .ifPresent(s -> parts.add(Texts.of("reset skipped: %s", s.reason())));
        return String.join("\n", parts);
    }

    static String ownerWords(Actor.@Nullable Kind kind, @Nullable String owner) {
        return kind == null
                ? Texts.of("made outside of this product")
                : Texts.of("made by %s (%s)", owner, kind.name().toLowerCase(Locale.ROOT));
    }

    /// `22 min`, `3 h 53 min`, `1 d 2 h`.
    static String left(Instant end, Instant now) {
        var d = Duration.between(now, end);
        if (d.isNegative()) {
            return Texts.of("over");
        }
        if (d.compareTo(Duration.ofHours(1)) < 0) {
            return Texts.of("%s min", d.toMinutes());
        }
        if (d.compareTo(Duration.ofDays(1)) < 0) {
            return d.toHours()
                    + " h"
                    + (d.toMinutesPart() == 0 ? "" : Texts.of(" %s min", d.toMinutesPart()));
        }
        return d.toDays() + " d" + (d.toHoursPart() == 0 ? "" : " " + d.toHoursPart() + " h");
    }

    static Feather ownerIcon(Actor.@Nullable Kind kind) {
        return switch (kind) {
            case null -> Feather.HELP_CIRCLE;
            case HUMAN -> Feather.USER;
            case AGENT -> Feather.CPU;
            case ASSISTANT -> Feather.MESSAGE_SQUARE;
            case CI -> Feather.REFRESH_CW;
            case PLATFORM -> Feather.SETTINGS;
        };
    }

    private final class Row extends Region {
        private final FontIcon mark = new FontIcon(Feather.CIRCLE);
        private final Circle spot = new Circle(3.5);
        private final Label name = Nodes.label("", "branch-name");
        private final FontIcon warning = Nodes.icon(Feather.ALERT_TRIANGLE, Role.WARNING);
        private final Lane lane = new Lane();
        private final Circle ring = new Circle(6);
        private final Arc part = new Arc(0, 0, 6, 6, 90, 0);
        private final Label life = Nodes.label("", "lane-figure");
        private final Label compute = Nodes.label("", "lane-figure");
        private final Label size = Nodes.label("", "lane-figure");
        private final FontIcon owner = new FontIcon(Feather.USER);
        private @Nullable BranchLine line;

        Row() {
            ring.getStyleClass().add("life-ring");
            part.getStyleClass().add("life-part");
            part.setType(ArcType.OPEN);
            owner.getStyleClass().addAll("mark", "role-muted");
            compute.setAlignment(Pos.CENTER_RIGHT);
            size.setAlignment(Pos.CENTER_RIGHT);
            getChildren()
                    .addAll(
                            lane, mark, spot, name, warning, ring, part, life, compute, size,
                            owner);
        }

        void show(BranchLine next) {
            line = next;
            var now = graph.now();
            var b = next.life();
            boolean fold = next.isFold();
            name.setText(next.title());
            name.getStyleClass().remove("preview");
            if (next.preview()) {
                name.getStyleClass().add("preview");
            }
            mark(next, now);
            warning.setVisible(!next.skipped().isEmpty());
            var left = fold ? null : b.shareLeft(now);
            var end = b.branch().expiresAt();
            ring.setVisible(left != null);
            part.setVisible(left != null);
            boolean soon = end != null && end.isBefore(now.plus(SHORT));
            part.setLength(left == null ? 0 : -360 * left);
            for (var node : List.of(part, life)) {
                node.getStyleClass().remove("role-warning");
                if (soon && !fold) {
                    node.getStyleClass().add("role-warning");
                }
            }
            life.setText(fold ? "" : end == null ? Texts.of("none") : left(end, now));
            var state = next.compute(now);
            var writer =
                    next.computes() == null
                            ? null
                            : next.computes().stream()
                                    .filter(e -> e.readWrite())
                                    .findFirst()
                                    .orElse(null);
            compute.setText(
                    fold
                            ? ""
                            : next.preview()
                                    ? Texts.of("preview")
                                    : switch (state) {
                                        case UNKNOWN -> "";
                                        case SUSPENDED ->
                                                writer == null
                                                        ? Texts.of("none")
                                                        : Texts.of("suspended");
                                        case WAKING -> Texts.of("waking");
                                        case ACTIVE, IDLE ->
                                                writer == null ? "" : BranchLine.size(writer);
                                    });
            size.setText(fold || next.preview() ? "" : Format.size(b.branch().logicalSizeBytes()));
            owner.setIconCode(ownerIcon(next.preview() ? Actor.Kind.HUMAN : b.ownerKind()));
            owner.setVisible(!fold);
            requestLayout();
        }

        private void mark(BranchLine next, Instant now) {
            var icon =
                    next.isFold()
                            ? Feather.CHEVRON_RIGHT
                            : next.preview()
                                    ? Feather.PLUS
                                    : next.life().branch().isProtected()
                                            ? Feather.SHIELD
                                            : switch (next.compute(now)) {
                                                case SUSPENDED -> Feather.MOON;
                                                case WAKING -> Feather.LOADER;
                                                case ACTIVE, IDLE, UNKNOWN -> Feather.CIRCLE;
                                            };
            mark.setIconCode(icon);
            boolean dot = icon == Feather.CIRCLE;
            mark.setVisible(!dot);
            spot.setVisible(dot);
            spot.getStyleClass()
                    .setAll(
                            "branch-spot",
                            "compute-" + next.compute(now).name().toLowerCase(Locale.ROOT));
            mark.getStyleClass()
                    .setAll(
                            "ikonli-font-icon",
                            "branch-mark",
                            next.life().branch().isProtected()
                                    ? Role.OK.css()
                                    : "compute-"
                                            + next.compute(now).name().toLowerCase(Locale.ROOT));
        }

        @Override
        protected void layoutChildren() {
            var drawn = line;
            if (drawn == null) {
                return;
            }
            double h = getHeight();
            graph.rowWidth(getWidth());
            var columns = graph.columns(getWidth());
            double x = 4 + INDENT * Math.min(6, drawn.depth());
            place(mark, x, 16, h);
            spot.setCenterX(x + 8);
            spot.setCenterY(h / 2);
            x += 20;
            double room = columns.name() - x - (warning.isVisible() ? 20 : 0);
            double wide = Math.min(room, name.prefWidth(-1));
            name.resizeRelocate(x, 0, Math.max(20, wide), h);
            place(warning, x + wide + 4, 16, h);
            lane.setLayoutX(columns.laneX());
            lane.draw(drawn, graph.scale(columns), h, graph.window(drawn));
            double at = columns.lifeX() + 8;
            ring.setCenterX(at);
            ring.setCenterY(h / 2);
            part.setCenterX(at);
            part.setCenterY(h / 2);
            life.resizeRelocate(columns.lifeX() + 20, 0, columns.lifeWidth() - 20, h);
            for (var node : List.of(compute, size, owner)) {
                node.setOpacity(columns.narrow() ? 0 : 1);
            }
            compute.resizeRelocate(columns.computeEnd() - 76, 0, 76, h);
            size.resizeRelocate(columns.sizeEnd() - 70, 0, 70, h);
            place(owner, columns.ownerX(), 16, h);
        }

        private static void place(FontIcon icon, double x, double room, double h) {
            double wide = icon.prefWidth(-1);
            icon.relocate(x + (room - wide) / 2, (h - icon.prefHeight(-1)) / 2);
        }

        @Override
        protected double computePrefHeight(double width) {
            return BranchGraph.ROW;
        }
    }
}

package io.lakebaseops.console.branches;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.domain.TargetId;

import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The graph of branches over time: one row a branch, virtual, with the axis above and what the
/// strokes mean below.
final class BranchGraph extends VBox {
    static final double ROW = 26;
    private static final double NARROW = 760;
    private static final Duration LEAST_PAST = Duration.ofHours(6);
    private static final Duration LEAST_FUTURE = Duration.ofHours(4);

    private final ConsoleSession session;
    private final BranchesViewModel model;
    private final ListView<BranchLine> list = new ListView<>();
    private final Axis axis = new Axis();
    private final FlowPane legend = new FlowPane(16, 4);
    private double rowWidth = 800;
    private boolean showing;
    private Duration past = Duration.ofDays(7);
    private Duration future = Duration.ofDays(7);
    private @Nullable Runnable moved;

    BranchGraph(ConsoleSession session, BranchesViewModel model) {
        this.session = session;
        this.model = model;
        getStyleClass().addAll("card", "branch-graph");
        list.setId("branch-list");
        list.getStyleClass().add("branch-list");
        list.setFixedCellSize(ROW);
        list.setCellFactory(_ -> new BranchCell(this));
        list.setAccessibleText(Texts.of("Branches"));
        VBox.setVgrow(list, Priority.ALWAYS);
        list.getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (_, _, line) -> {
                            if (!showing && line != null && !line.isFold() && !line.preview()) {
                                model.select(line.life().id());
                            }
                        });
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::onKey);
        list.widthProperty().addListener((_, _, _) -> redraw());
        fillLegend();
        getChildren().addAll(axis, list, legend);
    }

    /// What the strokes mean, and what else belongs to the time axis.
    FlowPane legend() {
        return legend;
    }

    private void fillLegend() {
        legend.getStyleClass().add("branch-legend");
        legend.getChildren()
                .addAll(
                        entry("swatch-active", Texts.of("active")),
                        entry("swatch-idle", Texts.of("idle")),
                        entry("swatch-suspended", Texts.of("suspended")),
                        entry("swatch-past", Texts.of("past data")),
                        entry("swatch-end", Texts.of("expires")),
                        entry("swatch-window", Texts.of("history kept")),
                        mark(Feather.X_CIRCLE, "role-warning", Texts.of("reset skipped")),
                        mark(Feather.SHIELD, "role-ok", Texts.of("protected")));
    }

    private static Node entry(String style, String words) {
        var swatch = new Region();
        swatch.getStyleClass().addAll("branch-swatch", style);
        var entry = Nodes.label(words, "row-sub");
        entry.setGraphic(swatch);
        entry.setGraphicTextGap(6);
        return entry;
    }

    private static Node mark(Feather icon, String role, String words) {
        var entry = Nodes.label(words, "row-sub");
        var node = new org.kordamp.ikonli.javafx.FontIcon(icon);
        node.getStyleClass().addAll("mark", role);
        entry.setGraphic(node);
        return entry;
    }

    private void onKey(KeyEvent e) {
        var line = list.getSelectionModel().getSelectedItem();
        if (line == null || e.isShortcutDown() || e.isAltDown()) {
            return;
        }
        if (line.isFold() && (e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.RIGHT)) {
            unfold(line);
            e.consume();
        } else if (e.getCode() == KeyCode.LEFT
                && !model.lookProperty().get().unfolded().isEmpty()) {
            model.look(model.lookProperty().get().unfolded(Set.of()));
            e.consume();
        }
    }

    void clicked(BranchLine line, int clicks) {
        if (line.isFold()) {
            unfold(line);
        } else if (clicks == 2 && !line.preview()) {
            var at = session.target();
            session.lookAt(new TargetId(at.profile(), at.project(), line.life().id()));
        } else if (!line.preview()) {
            model.select(line.life().id());
        }
    }

    private void unfold(BranchLine line) {
        var look = model.lookProperty().get();
        var open = new HashSet<>(look.unfolded());
        open.add(line.key());
        model.look(look.unfolded(open));
    }

    void onMoved(Runnable act) {
        moved = act;
    }

    void show(BranchesSnapshot p) {
        var draft = model.draftProperty().get();
        var preview =
                draft == null
                        ? null
                        : model.checked().map(c -> draft.preview(c, p.now())).orElse(null);
        var lines =
                BranchLines.of(
                        p,
                        model.lookProperty().get(),
                        model.computes().property().get(),
                        model.activeProperty().get(),
                        preview);
        range(lines, p.now());
        showing = true;
        if (!list.getItems().equals(lines)) {
            list.getItems().setAll(lines);
        }
        select(lines);
        showing = false;
        redraw();
    }

    private void select(List<BranchLine> lines) {
        var wanted = model.selectedProperty().get();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).key().equals(wanted)) {
                if (list.getSelectionModel().getSelectedIndex() != i) {
                    list.getSelectionModel().clearAndSelect(i);
                    list.getFocusModel().focus(i);
                }
                return;
            }
        }
        list.getSelectionModel().clearSelection();
    }

    /// From the oldest branch or event shown to the last end, so that the axis is no wider than
    /// needed.
    private void range(List<BranchLine> lines, Instant now) {
        past = LEAST_PAST;
        future = LEAST_FUTURE;
        for (var line : lines) {
            var all = line.isFold() ? line.folded() : List.of(line.life());
            for (var b : all) {
                past = longer(past, Duration.between(b.forkedAt(), now));
                var end = b.branch().expiresAt();
                if (end != null) {
                    future = longer(future, Duration.between(now, end));
                }
            }
        }
        var data = model.dataProperty().get();
        if (data != null && data.project() != null) {
            for (var event : data.project().events()) {
                past = longer(past, Duration.between(event.at(), now));
            }
        }
        past = shorter(past, Duration.ofDays(45));
        future = shorter(future.multipliedBy(5).dividedBy(4), Duration.ofDays(38));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    void redraw() {
        list.refresh();
        follow();
    }

    void focus() {
        list.requestFocus();
    }

    GraphColumns columns(double width) {
        return new GraphColumns(width, width < NARROW);
    }

    /// Those of the rows as they are laid out now.
    GraphColumns columns() {
        return columns(rowWidth);
    }

    /// A row was laid out: axis and life cycle follow its width, which a scroll bar changes.
    void rowWidth(double width) {
        if (width > 0 && Math.abs(width - rowWidth) > 0.5) {
            rowWidth = width;
            Platform.runLater(this::follow);
        }
    }

    private void follow() {
        axis.requestLayout();
        var act = moved;
        if (act != null) {
            act.run();
        }
    }

    LaneScale scale(GraphColumns columns) {
        return new LaneScale(
                now(), columns.laneWidth(), model.lookProperty().get().log(), past, future);
    }

    Instant now() {
        var p = model.dataProperty().get();
        return p == null ? session.now() : p.now();
    }

    ZoneId zone() {
        return session.zone();
    }

    /// Since when a past moment can be copied, of the default branch.
    @Nullable Instant window(BranchLine line) {
        var p = model.dataProperty().get();
        var project = p == null ? null : p.project();
        if (project == null || !line.life().branch().isDefault() || line.isFold()) {
            return null;
        }
        var kept = project.project().historyRetention();
        return kept.isZero() ? null : now().minus(kept);
    }

    void seen(BranchLine line) {
        if (!line.isFold() && !line.preview()) {
            model.computes().want(line.life().id());
        }
    }

    /// Distances from now with the wall time below them, and the heads of the columns.
    private final class Axis extends Region {
        private final List<Label> labels = new ArrayList<>();
        private final List<Label> heads =
                List.of(
                        head(Texts.of("Branch")),
                        head(Texts.of("Life left")),
                        head(Texts.of("Compute")),
                        head(Texts.of("Size")),
                        head(Texts.of("Owner")));

        Axis() {
            getStyleClass().add("branch-axis");
            setMinHeight(36);
            setPrefHeight(36);
            getChildren().addAll(heads);
        }

        private static Label head(String words) {
            return Nodes.label(words, "small-head");
        }

        @Override
        protected void layoutChildren() {
            var columns = columns();
            var ticks = scale(columns).ticks(zone());
            while (labels.size() < ticks.size() * 2) {
                var label = Nodes.label("", "chart-tick");
                labels.add(label);
                getChildren().add(label);
            }
            double left = 8;
            for (int i = 0; i < labels.size(); i++) {
                var label = labels.get(i);
                label.setVisible(i < ticks.size() * 2);
                if (i < ticks.size() * 2) {
                    var tick = ticks.get(i / 2);
                    label.setText(i % 2 == 0 ? tick.distance() : tick.wall());
                    label.getStyleClass().setAll("label", "chart-tick");
                    if (tick.distance().equals("now")) {
                        label.getStyleClass().add("now-tick");
                    }
                    label.autosize();
                    label.relocate(
                            left + columns.laneX() + tick.x() - label.getWidth() / 2,
                            i % 2 == 0 ? 2 : 17);
                }
            }
            double[] ends = {0, 0, columns.computeEnd(), columns.sizeEnd(), 0};
            for (int i = 0; i < heads.size(); i++) {
                var head = heads.get(i);
                head.autosize();
                head.setVisible(i < 2 || !columns.narrow());
                double x =
                        switch (i) {
                            case 0 -> 4;
                            case 1 -> columns.lifeX();
                            case 4 -> columns.ownerX() - 10;
                            default -> ends[i] - head.getWidth();
                        };
                head.relocate(left + x, 17);
            }
        }
    }
}

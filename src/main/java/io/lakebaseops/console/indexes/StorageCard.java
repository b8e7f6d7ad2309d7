package io.lakebaseops.console.indexes;

import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.LimitBar;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.domain.Format;
import io.lakebaseops.state.Findings.OfTable;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The storage of all indexes: what is needed of it and what is not, and the tables where most is
/// to be freed.
final class StorageCard extends VBox {
    private static final int MOST_ROWS = 8;

    private final Label total = Nodes.label("", "card-note");
    private final LimitBar bar = new LimitBar();
    private final VBox legend = new VBox(2);
    private final VBox tables = new VBox(0);
    private final Label tablesTitle = Nodes.label(Messages.of("indexes.storage.tables"), "section");
    private final Consumer<OfTable> open;

    StorageCard(Consumer<OfTable> open, BudgetBox budget) {
        super(8);
        this.open = open;
        setId("index-storage");
        getStyleClass().addAll("card", "chart-card");
        bar.getStyleClass().add("plain-bar");
        bar.setMaxWidth(Double.MAX_VALUE);
        var views = new Segments<Node>();
        var storage = new VBox(8, bar, legend, tablesTitle, tables);
        views.add(storage, Messages.of("indexes.storage"), "show-storage");
        views.add(budget, Messages.of("indexes.budget"), "show-budget");
        total.setMinWidth(0);
        getChildren().addAll(Nodes.row(views, Nodes.spacer(), total), storage, budget);
        VBox.setVgrow(budget, Priority.ALWAYS);
        for (var view : List.of(storage, budget)) {
            view.managedProperty().bind(view.visibleProperty());
        }
        budget.setVisible(false);
        views.select(storage);
        views.onChoice(
                chosen -> {
                    storage.setVisible(chosen == storage);
                    budget.setVisible(chosen == budget);
                    total.setVisible(chosen == storage);
                });
    }

    void show(IndexesSnapshot p) {
        var summary = p.summary();
        long all = summary == null ? 0 : summary.indexBytes();
        total.setText(
                summary == null
                        ? Messages.of("indexes.storage.unread")
                        : Messages.of(
                                "indexes.storage.total",
                                Format.size(all),
                                Format.grouped(summary.indexes())));
        long idle = p.bytes(FindingGroup.NOT_NEEDED);
        long bloat = p.bytes(FindingGroup.BLOATED);
        long invalid = p.bytes(FindingGroup.INVALID);
        long needed = Math.max(0, all - idle - bloat - invalid);
        var parts = new ArrayList<Share>();
        parts.add(new Share(Messages.of("indexes.storage.needed"), needed, Role.MUTED));
        parts.add(new Share(Messages.of("indexes.group.not_needed"), idle, Role.WARNING));
        parts.add(new Share(Messages.of("indexes.storage.bloat"), bloat, Role.INFO));
        parts.add(new Share(Messages.of("indexes.group.invalid"), invalid, Role.CRITICAL));
        bar.show(
                Math.max(1, needed + idle + bloat + invalid),
                parts.stream().map(s -> LimitBar.Part.of(s.name, s.bytes, s.role)).toList(),
                List.of());
        legend.getChildren()
                .setAll(parts.stream().filter(s -> s.bytes > 0).map(s -> line(s, all)).toList());
        long most = p.tables().stream().mapToLong(OfTable::bytesFreed).max().orElse(0);
        tables.getChildren()
                .setAll(p.tables().stream().limit(MOST_ROWS).map(t -> row(t, most)).toList());
        boolean some = !p.tables().isEmpty();
        tables.setVisible(some);
        tablesTitle.setVisible(some);
    }

    private record Share(String name, long bytes, Role role) {}

    private static Node line(Share s, long all) {
        var swatch = new Region();
        swatch.getStyleClass().addAll("legend-swatch", s.role.css());
        if (s.role == Role.MUTED) {
            swatch.setStyle("-fx-background-color: -text-quiet;");
        }
        return Nodes.row(
                swatch,
                Nodes.label(s.name, "row-sub"),
                Nodes.spacer(),
                Nodes.label(
                        all == 0 ? "" : Format.percent((double) s.bytes / Math.max(1, all)),
                        "row-sub"),
                right(Format.size(s.bytes)));
    }

    private static Label right(String text) {
        var label = Nodes.label(text, "small-cell");
        label.setMinWidth(64);
        label.setAlignment(javafx.geometry.Pos.CENTER_RIGHT);
        return label;
    }

    private Node row(OfTable t, long most) {
        var name = Nodes.label(t.schema() + "." + t.table(), "small-cell");
        name.setMinWidth(0);
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        var waste = new LimitBar();
        waste.getStyleClass().add("plain-bar");
        waste.setPrefWidth(64);
        waste.setMaxWidth(64);
        waste.show(
                Math.max(1, most),
                List.of(LimitBar.Part.of(Texts.of("to be freed"), t.bytesFreed(), Role.WARNING)),
                List.of());
        var row =
                Nodes.row(
                        name,
                        waste,
                        right(
                                t.bytesFreed() > 0
                                        ? Format.size(t.bytesFreed())
                                        : Texts.count(t.count(), "finding")));
        row.getStyleClass().add("waste-row");
        row.setFocusTraversable(true);
        row.setAccessibleText(
                "%s.%s, %s".formatted(t.schema(), t.table(), Texts.count(t.count(), "finding")));
        row.setOnMouseClicked(_ -> open.accept(t));
        row.setOnKeyPressed(
                e -> {
                    if (e.getCode() == KeyCode.ENTER) {
                        open.accept(t);
                        e.consume();
                    }
                });
        return row;
    }
}

package io.lakebaseops.console.indexes;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.domain.Format;
import io.lakebaseops.state.IndexSet;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;

/// The budget curve of the last set of indexes that was searched, or why there is none, with the
/// button that searches one.
final class BudgetBox extends VBox {
    private final ConsoleSession session;
    private final BudgetModel model;
    private final Segments<String> databases = new Segments<>();
    private final BudgetChart chart = new BudgetChart();
    private final Label words = Nodes.wrapped("", "row-sub");
    private final Button search;
    private final Button open;
    private List<IndexSet> sets = List.of();
    private @Nullable String database;

    BudgetBox(ConsoleSession session, BudgetModel model) {
        super(8);
        this.session = session;
        this.model = model;
        setId("index-budget");
        search = Nodes.button("", model::search);
        search.setId("search-set");
        open = Nodes.button(Messages.of("indexes.set.open"), this::open, "accent");
        open.setId("open-set");
        var acts = new HBox(8, Nodes.spacer(), search, open);
        acts.setAlignment(Pos.CENTER_RIGHT);
        VBox.setVgrow(chart, Priority.ALWAYS);
        databases.onChoice(
                d -> {
                    database = d;
                    draw();
                });
        for (var node : List.of(databases, chart, open)) {
            node.managedProperty().bind(node.visibleProperty());
        }
        getChildren().addAll(databases, chart, words, acts);
        model.openProperty().addListener((_, _, _) -> draw());
        model.busyProperty().addListener((_, _, _) -> draw());
        draw();
    }

    void show(List<IndexSet> next) {
        if (!next.equals(sets)) {
            sets =
                    next.stream()
                            .filter(s -> !s.tables().isEmpty())
                            .sorted(
                                    Comparator.comparingDouble(
                                                    (IndexSet s) -> s.today().msPerHour())
                                            .reversed())
                            .limit(4)
                            .toList();
            databases.getChildren().clear();
            sets.forEach(s -> databases.add(s.database(), s.database(), "set-" + s.database()));
            if (sets.stream().noneMatch(s -> s.database().equals(database))) {
                database = sets.isEmpty() ? null : sets.getFirst().database();
            }
            databases.select(database);
        }
        draw();
    }

    private @Nullable IndexSet shown() {
        return sets.stream().filter(s -> s.database().equals(database)).findFirst().orElse(null);
    }

    private void open() {
        var set = shown();
        if (set != null) {
            model.open(set, null);
        }
    }

    private void draw() {
        var set = shown();
        databases.setVisible(sets.size() > 1);
        chart.setVisible(set != null);
        open.setVisible(set != null);
        search.setDisable(model.busyProperty().get());
        search.setText(
                Messages.of(
                        model.busyProperty().get()
                                ? "indexes.set.searching"
                                : set == null ? "indexes.set.search" : "indexes.set.again"));
        if (set == null) {
            words.setText(Messages.of("indexes.set.none"));
            return;
        }
        var seen = model.openProperty().get();
        chart.show(
                set,
                seen == null || !seen.set().equals(set) ? null : seen.point(),
                p -> model.open(set, p));
        words.setText(
                Messages.of(
                        "indexes.set.when",
                        Format.ago(set.at(), session.now()),
                        Format.grouped(set.statements())));
    }
}

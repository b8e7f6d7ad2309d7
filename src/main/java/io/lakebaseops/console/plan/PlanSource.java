package io.lakebaseops.console.plan;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.domain.Format;
import io.lakebaseops.explain.PlanFormat;
import io.lakebaseops.explain.PrintedPlan.Line;

import javafx.css.PseudoClass;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.Locale;
import java.util.function.IntConsumer;

/// The plan as text, JSON or YAML, with the lines of the selected node marked.
final class PlanSource extends VBox {
    private static final PseudoClass MARKED = PseudoClass.getPseudoClass("marked");

    private final Segments<PlanFormat> formats = new Segments<>();
    private final ListView<Line> list = new ListView<>();
    private @Nullable PlanDocument document;
    private PlanFormat format = PlanFormat.TEXT;
    private int selected;

    /// @param select marks a node everywhere
    PlanSource(IntConsumer select) {
        super(6);
        getStyleClass().add("plan-source");
        for (var one : PlanFormat.values()) {
            var word = one == PlanFormat.TEXT ? Texts.of("Text") : one.name();
            formats.add(one, word, "plan-as-" + one.name().toLowerCase(Locale.ROOT));
        }
        formats.select(format);
        formats.onChoice(
                f -> {
                    format = f;
                    refill();
                });
        list.setId("plan-source");
        list.getStyleClass().add("plan-source-lines");
        list.setCellFactory(_ -> new SourceCell());
        list.setFixedCellSize(18);
        list.setPrefHeight(260);
        list.getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (_, _, line) -> {
                            if (line != null && line.node() >= 0) {
                                select.accept(line.node());
                            }
                        });
        VBox.setVgrow(list, Priority.ALWAYS);
        var note = Nodes.label(Texts.of("selected node marked"), "row-sub");
        note.setMinWidth(0);
        var head =
                new HBox(
                        8,
                        formats,
                        Nodes.spacer(),
                        note,
                        Nodes.iconButton(Feather.COPY, Texts.of("Copy the plan"), this::copy));
        head.getStyleClass().add("row");
        getChildren().addAll(head, list);
    }

    private void copy() {
        if (document != null) {
            SqlView.copy(document.printed(format).text());
        }
    }

    void show(PlanDocument next, int node) {
        boolean other = next != document;
        document = next;
        selected = node;
        if (other) {
            refill();
        } else {
            list.refresh();
            toSelected();
        }
    }

    private void refill() {
        if (document != null) {
            list.getItems().setAll(document.printed(format).lines());
            toSelected();
        }
    }

    private void toSelected() {
        for (int i = 0; i < list.getItems().size(); i++) {
            if (list.getItems().get(i).node() == selected) {
                list.scrollTo(Math.max(0, i - 3));
                return;
            }
        }
    }

    private final class SourceCell extends ListCell<Line> {
        @Override
        protected void updateItem(Line line, boolean empty) {
            super.updateItem(line, empty);
            setText(empty || line == null ? null : Format.printable(line.text()));
            pseudoClassStateChanged(MARKED, !empty && line != null && line.node() == selected);
        }
    }
}

package io.lakebaseops.console.overview;

import io.lakebaseops.console.Messages;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.domain.Format;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.time.Instant;

/// How soon alerts were found, how long they lasted and who ended them, measured and not estimated.
final class MeasuredCard extends VBox {
    private final Label note = Nodes.label("", "card-note");
    private final HBox figures = new HBox(28);
    private final AlertDurations dots = new AlertDurations();

    MeasuredCard() {
        super(8);
        setId("measured");
        getStyleClass().addAll("card", "measured-card");
        VBox.setVgrow(dots, Priority.ALWAYS);
        getChildren()
                .addAll(
                        Nodes.row(
                                Nodes.label(Messages.of("overview.measured"), "card-title"),
                                Nodes.spacer(),
                                note),
                        figures,
                        dots);
    }

    void show(OverviewLists lists, Instant now) {
        note.setText(Format.count(lists.history().size(), "alert"));
        Nodes.tip(note, Messages.of("overview.solved.rule"));
        figures.getChildren().clear();
        AlertDurations.found(lists.history())
                .ifPresent(
                        found ->
                                figures.getChildren()
                                        .add(
                                                Nodes.figure(
                                                        Format.briefly(found), "to find, median")));
        var solved = AlertDurations.solved(lists.history());
        if (solved.isEmpty()) {
            figures.getChildren()
                    .add(Nodes.wrapped(Messages.of("overview.measured.none"), "row-sub"));
        } else {
            var s = solved.get();
            figures.getChildren()
                    .addAll(
                            Nodes.figure(Format.briefly(s.median()), "to solve, median"),
                            Nodes.figure(Integer.toString(s.alerts()), "solved"),
                            Nodes.figure(s.share(), "by agents"));
        }
        dots.show(lists.history(), now);
        dots.setVisible(!lists.history().isEmpty());
    }
}

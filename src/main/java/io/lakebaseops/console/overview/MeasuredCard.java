package io.lakebaseops.console.overview;

import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.plan.Trust;
import io.lakebaseops.lakehouse.history.PastDeeds.PastAlerts;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.stream.Collectors;

/// How soon alerts were found, how long they lasted and who ended them, measured and not estimated.
final class MeasuredCard extends VBox {
    private final Label note = Nodes.label("", "card-note");
    private final HBox figures = new HBox(28);
    private final HBox merit = new HBox(28);
    private final Label trust = Nodes.wrapped("", "row-sub");
    private final Label before = Nodes.wrapped("", "row-sub", Role.SIMULATED.css());
    private final AlertDurations dots = new AlertDurations();

    MeasuredCard() {
        super(8);
        setId("measured");
        before.setId("measured-generated");
        getStyleClass().addAll("card", "measured-card");
        VBox.setVgrow(dots, Priority.ALWAYS);
        getChildren()
                .addAll(
                        Nodes.row(
                                Nodes.label(Messages.of("overview.measured"), "card-title"),
                                Nodes.spacer(),
                                note),
                        figures,
                        merit,
                        trust,
                        before,
                        dots);
    }

    /// What the agents were worth, each figure with its formula; and how far they are trusted.
    private void merit(OverviewLists lists) {
        var m = lists.merit();
        var saved =
                Nodes.figure(
                        String.format(Locale.ROOT, "%.1f h", m.saved().toMinutes() / 60.0),
                        Messages.of("overview.merit.saved"));
        Nodes.tip(
                saved,
                Messages.of(
                        "overview.merit.saved.rule",
                        m.repaired(),
                        PlanQueue.Merit.REPAIR.toMinutes(),
                        m.accepted(),
                        PlanQueue.Merit.PREPARED.toMinutes()));
        int decided = m.accepted() + m.refused();
        merit.getChildren()
                .setAll(
                        saved,
                        Nodes.figure(
                                decided == 0 ? "–" : Texts.of("%d of %d", m.accepted(), decided),
                                Messages.of("overview.merit.accepted")),
                        Nodes.figure(
                                Integer.toString(lists.orphans()),
                                Messages.of("overview.merit.orphans")));
        trust.setText(
                lists.trust().stream()
                        .map(t -> t.verb() + ": " + t.words())
                        .collect(Collectors.joining("\n")));
        trust.setVisible(!lists.trust().isEmpty());
        trust.setManaged(!lists.trust().isEmpty());
        Nodes.tip(trust, Messages.of("overview.trust.rule", Trust.REGAINED));
    }

    /// Never added to what was measured.
    private void generated(@Nullable PastAlerts past, Instant now, ZoneId zone) {
        before.setText(past == null ? "" : past.words(Texts.clock(past.since(), now, zone)));
        before.setVisible(past != null);
        before.setManaged(past != null);
    }

    void show(OverviewLists lists, Instant now, ZoneId zone) {
        generated(lists.generated(), now, zone);
        note.setText(Texts.count(lists.history().size(), "alert"));
        Nodes.tip(note, Messages.of("overview.solved.rule"));
        figures.getChildren().clear();
        AlertDurations.found(lists.history())
                .ifPresent(
                        found ->
                                figures.getChildren()
                                        .add(
                                                Nodes.figure(
                                                        AlertDurations.words(found),
                                                        Texts.of("to find, median"))));
        var solved = AlertDurations.solved(lists.history());
        if (solved.isEmpty()) {
            figures.getChildren()
                    .add(Nodes.wrapped(Messages.of("overview.measured.none"), "row-sub"));
        } else {
            var s = solved.get();
            figures.getChildren()
                    .addAll(
                            Nodes.figure(
                                    AlertDurations.words(s.median()), Texts.of("to solve, median")),
                            Nodes.figure(Integer.toString(s.alerts()), Texts.of("solved")),
                            Nodes.figure(s.share(), Texts.of("by agents")));
        }
        merit(lists);
        dots.show(lists.history(), now);
        dots.setVisible(!lists.history().isEmpty());
    }
}

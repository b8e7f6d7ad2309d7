package io.lakebaseops.console.overview;

import io.lakebaseops.change.approval.PlanQueue;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.domain.plan.Trust;
import io.lakebaseops.lakehouse.history.PastDeeds.PastAlerts;

import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How soon alerts were found, how long they lasted and who ended them, measured and not estimated.
final class MeasuredCard extends VBox {
    private final Label note = Nodes.label("", "card-note");
    private final FlowPane figures = new FlowPane(24, 6);
    private final Label trust = Nodes.wrapped("", "row-sub");
    private final Label before = Nodes.wrapped("", "row-sub", Role.SIMULATED.css());
    private final AlertDurations dots = new AlertDurations();

    /// Made anew only where it says something else: labels made anew are styled anew.
    private List<?> shown = List.of();

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
                        trust,
                        before,
                        dots);
    }

    /// What the agents were worth, each figure with its formula.
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
        figures.getChildren()
                .addAll(
                        Nodes.figure(
                                decided == 0 ? "–" : Texts.of("%d of %d", m.accepted(), decided),
                                Messages.of("overview.merit.accepted")),
                        saved,
                        Nodes.figure(
                                Integer.toString(lists.orphans()),
                                Messages.of("overview.merit.orphans")));
    }

    /// Kinds of acts that must ask say why; the others are counted in one line.
    private void trust(List<Trust> kinds) {
        var lines = new ArrayList<String>();
        kinds.stream().filter(Trust::lost).map(MeasuredCard::line).forEach(lines::add);
        var proved = kinds.stream().filter(t -> !t.lost() && t.verified() > 0).toList();
        if (!proved.isEmpty()) {
            lines.add(
                    Texts.of(
                            "Verified in a row: %s",
                            proved.stream()
                                    .map(t -> t.verb() + " " + t.verified())
                                    .collect(Collectors.joining(", "))));
        }
        trust.setText(String.join("\n", lines));
        trust.setVisible(!lines.isEmpty());
        trust.setManaged(!lines.isEmpty());
        Nodes.tip(
                trust,
                Messages.of("overview.trust.rule", Trust.REGAINED)
                        + "\n\n"
                        + kinds.stream().map(MeasuredCard::line).collect(Collectors.joining("\n")));
    }

    private static String line(Trust kind) {
        return kind.verb() + ": " + kind.words();
    }

    /// Never added to what was measured.
    private void generated(@Nullable PastAlerts past, Instant now, ZoneId zone) {
        before.setText(past == null ? "" : past.words(Texts.clock(past.since(), now, zone)));
        before.setVisible(past != null);
        before.setManaged(past != null);
    }

    void show(OverviewLists lists, Instant now, ZoneId zone) {
        generated(lists.generated(), now, zone);
        dots.show(lists.history(), now);
        var next = List.of(lists.history(), lists.merit(), lists.orphans(), lists.trust());
        if (next.equals(shown)) {
            return;
        }
        shown = next;
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
        solved.ifPresent(
                s ->
                        figures.getChildren()
                                .add(
                                        Nodes.figure(
                                                AlertDurations.words(s.median()),
                                                Texts.of("to solve, median"))));
        var alerts = Texts.count(lists.history().size(), "alert");
        if (solved.isPresent()) {
            var s = solved.get();
            note.setText(Texts.of("%s, %d solved, %s by agents", alerts, s.alerts(), s.share()));
        } else if (lists.history().isEmpty()) {
            note.setText(alerts);
        } else {
            note.setText(alerts + ", " + Messages.of("overview.measured.none"));
        }
        merit(lists);
        trust(lists.trust());
        dots.setVisible(solved.isPresent());
        dots.setManaged(solved.isPresent());
    }
}

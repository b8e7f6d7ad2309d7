package io.lakebaseops.console.vacuum;

import io.lakebaseops.agents.performance.maintenance.HorizonHolder;
import io.lakebaseops.agents.performance.maintenance.TableHistory;
import io.lakebaseops.agents.performance.maintenance.VacuumTable;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.ChartPicture;
import io.lakebaseops.console.parts.Facts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.console.parts.TimeChart;
import io.lakebaseops.domain.Format;

import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// The pane of one table: its dead rows over the day, facts, settings, and what helps, in the order
/// that helps.
final class TablePane {
    /// More have no room at the foot and stand with their step.
    private static final int AT_FOOT = 2;

    private static final double FEW_DEAD = 0.1;

    private static final Duration DAY = Duration.ofHours(24);

    private final ConsoleSession session;
    private final VacuumViewModel model;
    private final SidePane pane;
    private final TimeChart chart = new TimeChart();

    TablePane(ConsoleSession session, VacuumViewModel model) {
        this.session = session;
        this.model = model;
        pane = new SidePane("vacuum-table", model::close);
        chart.setPrefHeight(130);
        chart.setMinHeight(130);
        chart.setId("dead-rows");
        model.selectedProperty().addListener((_, _, s) -> show(s));
    }

    SidePane node() {
        return pane;
    }

    /// What helps with this table.
    ///
    /// @param risk as the gate will most likely judge it
    private record Act(
            String words, String detail, String risk, Role role, String button, Runnable run) {}

    void show(VacuumViewModel.@Nullable Selected selected) {
        var picture = model.dataProperty().get();
        if (selected == null || picture == null) {
            pane.hide();
            return;
        }
        var t = selected.table();
        var now = picture.now();
        var role = VacuumWords.role(t, now);
        var pills = new ArrayList<Node>();
        if (role != Role.OK) {
            pills.add(
                    Nodes.pill(
                            t.overSince() == null
                                    ? role.word()
                                    : Texts.of(
                                            "%s since %s",
                                            role.word(),
                                            VacuumWords.when(t.overSince(), now, session.zone())),
                            role));
        }
        if (t.running()) {
            pills.add(Nodes.pill(Texts.of("vacuum running"), Role.INFO));
        }
        pane.title(role == Role.OK ? null : role, t.name(), List.of());
        var content = new ArrayList<Node>();
        if (!pills.isEmpty()) {
            content.add(Nodes.row(pills.toArray(Node[]::new)));
        }
        content.add(Nodes.wrapped(sentence(t, picture), "pane-text"));
        content.addAll(chart(t, selected.history(), picture));
        content.add(facts(t, picture));
        if (t.settings() != null) {
            content.add(SettingsTable.of(t, t.settings(), picture.foresight(List.of(t))));
        }
        var acts = model.acts() ? acts(t, picture) : List.<Act>of();
        if (!acts.isEmpty()) {
            content.add(Nodes.label(Texts.of("In this order"), "card-title"));
            content.add(steps(acts));
        }
        pane.content(t.name(), content);
        foot(t, picture, acts);
    }

    private String sentence(VacuumTable t, VacuumSnapshot p) {
        if (t.unknown()) {
            return Texts.of(
                    "The counters of this table began anew %s: how many rows are dead or were inserted before is unknown until the next ANALYZE or vacuum.",
                    Texts.of("at %s", VacuumWords.when(t.unknownSince(), p.now(), session.zone())));
        }
        var dead =
                Texts.of(
                        "%s dead rows, %s of the table",
                        Format.grouped(t.dead()), Format.percent(t.deadShare()));
        if (t.toast()) {
            dead = Texts.of("%s dead rows in its TOAST table", Format.grouped(t.dead()));
        }
        var holder = p.holder();
        if (holder.isPresent() && t.held() != null && t.held() > t.deadLimit()) {
            return dead
                    + (t.held() >= t.dead()
                            ? Texts.of(". Vacuum can remove none of them: ")
                            : Texts.of(
                                    ". Vacuum can remove %s of them: ",
                                    Format.grouped(t.dead() - t.held())))
                    + holder.get().words()
                    + Texts.of(" may still see the others.")
                            .replace("the others", t.held() >= t.dead() ? "them" : "the others");
        }
        var stops = t.stops();
        return stops == null ? dead + "." : dead + ": " + stops + ".";
    }

    private List<Node> chart(VacuumTable t, @Nullable TableHistory history, VacuumSnapshot p) {
        if (t.toast()) {
            return List.of();
        }
        var seen = history == null ? TableHistory.NONE : history;
        var from = p.now().minus(DAY);
        var points =
                seen.points().stream()
                        .map(d -> new ChartPicture.Point(d.at(), d.deadRows()))
                        .toList();
        // What was counted for minutes is not drawn on a day.
        if (seen.runs().isEmpty() && !points.isEmpty()) {
            from = points.getFirst().at().minusSeconds(60);
        }
        var flags = new ArrayList<ChartPicture.Flag>();
        var start = from;
        p.holder()
                .filter(h -> t.held() != null && t.held() > 0)
                .filter(h -> h.since() != null && h.since().isAfter(start))
                .ifPresent(
                        h ->
                                flags.add(
                                        new ChartPicture.Flag(
                                                Objects.requireNonNull(h.since()),
                                                h.words(),
                                                Role.CRITICAL,
                                                null)));
        var limit =
                new ChartPicture.Limit(
                        t.deadLimit(),
                        Texts.of("limit %s", VacuumWords.rows(t.deadLimit())),
                        Role.WARNING);
        chart.show(
                ChartPicture.of(
                                from,
                                p.now(),
                                List.of(
                                        new ChartPicture.Series(
                                                Texts.of("dead rows"), "series-1", true, points)),
                                VacuumWords::rows)
                        .limits(List.of(limit))
                        .events(flags, seen.runs().stream().map(TableHistory.Run::at).toList())
                        .silence(Texts.of("counted from now on, while this screen is open")));
        var span = Duration.between(from, p.now());
        var head =
                Nodes.row(
                        Nodes.label(Texts.of("Dead rows"), "row-sub"),
                        Nodes.spacer(),
                        Nodes.label(
                                Texts.of("last %s", Format.briefly(span.plusSeconds(1))),
                                "row-sub"));
        var foot =
                Nodes.wrapped(
                        (seen.runs().isEmpty()
                                        ? Texts.of("no vacuum of ours in 24 h")
                                        : Texts.of(
                                                "ticks: %s%s",
                                                Texts.count(seen.runs().size(), "vacuum"),
                                                generated(seen)))
                                + rate(t),
                        "row-sub");
        return List.of(new VBox(2, head, chart, foot));
    }

    private static String generated(TableHistory seen) {
        long made = seen.runs().stream().filter(TableHistory.Run::simulated).count();
        return made == 0
                ? ""
                : made == seen.runs().size()
                        ? Texts.of(", generated")
                        : Texts.of(", %d generated", made);
    }

    private static String rate(VacuumTable t) {
        var s = t.settings();
        if (s == null || t.live() + t.dead() == 0) {
            return "";
        }
        double perRow = (double) t.bytes() / (t.live() + t.dead());
        return Texts.of(
                " · %s rows die an hour, %s",
                VacuumWords.rows(s.deadPerHour()), Format.size(s.deadPerHour() * perRow));
    }

    private Node facts(VacuumTable t, VacuumSnapshot p) {
        var facts = new Facts();
        var now = p.now();
        if (!t.toast()) {
            facts.add(Texts.of("Live rows"), Format.grouped(t.live()));
        }
        facts.add(
                Texts.of("Size"),
                Format.size(t.bytes()) + (t.toast() ? " TOAST" : Texts.of(" heap")));
        if (t.held() != null && t.held() > 0) {
            facts.add(
                    Texts.of("Held back"),
                    Texts.of("%s dead rows cannot go yet", Format.grouped(t.held())),
                    Role.CRITICAL);
        }
        if (t.bloatLow() != null && t.bloatHigh() != null) {
            facts.add(
                    Texts.of("Bloat"),
                    Texts.of(
                            "%s %s, about %s: reused after vacuum, not returned",
                            VacuumWords.bloat(t),
                            t.bloatMeasured() ? Texts.of("measured") : Texts.of("estimated"),
                            Format.size(t.bytes() * (t.bloatLow() + t.bloatHigh()) / 2)));
        }
        facts.add(Texts.of("Last vacuum"), VacuumWords.when(t.lastVacuum(), now, session.zone()));
        if (!t.toast()) {
            facts.add(
                    Texts.of("Last analyze"),
                    VacuumWords.when(t.lastAnalyze(), now, session.zone()));
        }
        facts.add(Texts.of("Next run"), VacuumWords.next(t, now, session.zone()), Role.SIMULATED);
        if (p.waits(t)) {
            facts.add(
                    Texts.of("Planned"),
                    Texts.of(
                            "waits for the quiet hours, %s",
                            p.postponed().stream()
                                    .filter(
                                            w ->
                                                    w.schemaName().equals(t.schema())
                                                            && w.tableName().equals(t.table()))
                                    .findFirst()
                                    .map(w -> VacuumWords.when(w.notBefore(), now, session.zone()))
                                    .orElse("–")),
                    Role.INFO);
        }
        return facts;
    }

    private List<Act> acts(VacuumTable t, VacuumSnapshot p) {
        var acts = new ArrayList<Act>();
        p.holder()
                .filter(h -> t.held() != null && t.held() > 0)
                .filter(HorizonHolder::idleInTransaction)
                .ifPresent(
                        h ->
                                acts.add(
                                        new Act(
                                                Texts.of("End %s", h.words()),
                                                Texts.of(
                                                        "%s; its transaction rolls back",
                                                        h.detail()),
                                                Texts.of("medium"),
                                                Role.WARNING,
                                                Texts.of("Plan: end session"),
                                                () -> model.planEnd(h))));
        if (t.mayMaintain() && !t.running() && !t.toast() && !p.waits(t)) {
            var quiet = p.quiet();
            var window = quiet == null ? null : quiet.window(p.now());
            boolean later =
                    window != null && window.from().isAfter(p.now()) && !t.critical(p.now());
            acts.add(
                    new Act(
                            Texts.of("Vacuum %s", t.name()),
                            later && window != null
                                    ? Texts.of(
                                            "in the quiet hours, %s, blocks nobody",
                                            VacuumWords.when(
                                                    window.from(), p.now(), session.zone()))
                                    : Texts.of("now, blocks nobody"),
                            Texts.of("low"),
                            Role.OK,
                            later ? Texts.of("Plan vacuum") : Texts.of("Vacuum now"),
                            () -> model.planVacuum(t)));
        }
        var s = t.settings();
        if (s != null && s.proposed() != null && s.mayAlter()) {
            acts.add(
                    new Act(
                            Texts.of("Set the proposed limits"),
                            Texts.of("old values kept for undo"),
                            Texts.of("medium"),
                            Role.WARNING,
                            Texts.of("Plan settings"),
                            () -> model.planSettings(t)));
        }
        // With dead rows in it the file would be written anew with them, or an ordinary vacuum
        // does.
        if (t.bloated()
                && t.deadShare() < FEW_DEAD
                && (t.held() == null || t.held() == 0)
                && t.mayMaintain()
                && !t.toast()) {
            acts.add(
                    new Act(
                            "VACUUM FULL",
                            Texts.of("returns the space; locks out everybody meanwhile"),
                            Texts.of("high"),
                            Role.CRITICAL,
                            Texts.of("Plan VACUUM FULL…"),
                            () -> model.planFull(t)));
        }
        return acts;
    }

    private static Node steps(List<Act> acts) {
        var box = new VBox(8);
        int n = 1;
        for (var act : acts) {
            var number = Nodes.label(Integer.toString(n), "act-number");
            var words =
                    new VBox(Nodes.wrapped(act.words()), Nodes.wrapped(act.detail(), "row-sub"));
            if (n++ > AT_FOOT) {
                var link = Nodes.button(act.button(), act.run(), "link", "flat-left");
                link.setId(id(act));
                words.getChildren().add(link);
            }
            words.setMinWidth(0);
            HBox.setHgrow(words, Priority.ALWAYS);
            box.getChildren().add(Nodes.row(number, words, Nodes.pill(act.risk(), act.role())));
        }
        return box;
    }

    private static String id(Act act) {
        return "act-" + act.button().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
    }

    private void foot(VacuumTable t, VacuumSnapshot p, List<Act> acts) {
        var readOnly = p.round().readOnly();
        if (readOnly != null) {
            pane.acts(
                    Nodes.wrapped(Texts.of("Nothing can be planned: %s", readOnly), "row-sub"),
                    List.of());
            return;
        }
        var buttons = new ArrayList<Node>();
        if (p.waits(t)) {
            var cancel = Nodes.button(Texts.of("Take off the list"), () -> model.withdraw(t));
            cancel.setId("withdraw");
            buttons.add(cancel);
        }
        for (int i = Math.min(acts.size(), AT_FOOT) - 1; i >= 0; i--) {
            var act = acts.get(i);
            var button =
                    i == 0
                            ? Nodes.button(act.button(), act.run(), "accent")
                            : Nodes.button(act.button(), act.run());
            button.setId(id(act));
            buttons.add(button);
        }
        pane.acts(
                t.mayMaintain()
                        ? null
                        : Nodes.wrapped(
                                Texts.of(
                                        "This login may not vacuum it: it needs MAINTAIN or pg_maintain"),
                                "row-sub"),
                buttons);
    }
}

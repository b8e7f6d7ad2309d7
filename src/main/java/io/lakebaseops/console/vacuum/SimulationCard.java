package io.lakebaseops.console.vacuum;

import io.lakebaseops.agents.performance.maintenance.AutovacuumForesight;
import io.lakebaseops.agents.performance.maintenance.AutovacuumSchedule;
import io.lakebaseops.agents.performance.maintenance.VacuumTable;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.ChartPicture;
import io.lakebaseops.console.parts.ChartPicture.Limit;
import io.lakebaseops.console.parts.ChartPicture.Point;
import io.lakebaseops.console.parts.ChartPicture.Series;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.TimeChart;
import io.lakebaseops.domain.Format;

import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// The dead rows of the chosen tables from now on, under the settings of today and those proposed,
/// and which table is vacuumed when. All of it is simulated from the measured rates, with all
/// tables that share the autovacuum workers.
final class SimulationCard extends VBox {
    /// Tables one may choose from: the neediest.
    private static final int OFFERED = 20;

    /// Next runs in words; more have no room.
    private static final int NAMED = 2;

    /// Beyond a few naps of the launcher a table waits for a worker.
    private static final double LATE_HOURS = 0.1;

    private final VacuumViewModel model;
    private final MenuButton chooser = new MenuButton();
    private final Label assumes = Nodes.label("", "predicted");
    private final Label foot = Nodes.wrapped("", "row-sub");
    private final TimeChart chart = new TimeChart();
    private List<String> offered = List.of();

    SimulationCard(VacuumViewModel model) {
        super(6);
        this.model = model;
        getStyleClass().addAll("card", "chart-card");
        chooser.setId("simulated-tables");
        chooser.setMnemonicParsing(false);
        chooser.getStyleClass().add("chip-menu");
        chooser.setMinWidth(60);
        assumes.setMinWidth(0);
        var head = new HBox(8, title(), chooser, Nodes.spacer(), assumes);
        head.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        VBox.setVgrow(chart, Priority.ALWAYS);
        chart.setId("simulation");
        foot.setId("simulation-foot");
        chart.getStyleClass().add("all-predicted");
        getChildren().addAll(head, chart, foot);
    }

    private static Label title() {
        var title = Nodes.label(Texts.of("Simulation"), "card-title");
        title.setMinWidth(USE_PREF_SIZE);
        return title;
    }

    void show(VacuumSnapshot p, ZoneId zone) {
        var able = p.tables().stream().filter(t -> t.settings() != null).limit(OFFERED).toList();
        var chosen = model.simulatedProperty().get();
        offer(able.stream().map(VacuumTable::name).toList(), chosen);
        var tables =
                chosen.stream()
                        .map(p::table)
                        .flatMap(java.util.Optional::stream)
                        .filter(t -> t.settings() != null)
                        .toList();
        var held =
                p.holder().isPresent()
                        && tables.stream().anyMatch(t -> t.held() != null && t.held() > 0);
        assumes.setText(
                held
                        ? Texts.of("if %s ends now", p.holder().get().name())
                        : tables.isEmpty()
                                ? ""
                                : Texts.of(
                                        "at the rate of the last %s",
                                        Format.briefly(
                                                Objects.requireNonNull(tables.getFirst().settings())
                                                        .measured())));
        if (tables.isEmpty()) {
            foot.setText("");
            chart.show(
                    ChartPicture.of(
                                    p.now(),
                                    p.now().plus(Duration.ofHours(1)),
                                    List.of(),
                                    VacuumWords::rows)
                            .silence(
                                    Texts.of(
                                            "how fast rows die is known a minute after the last vacuum")));
            return;
        }
        var span = VacuumSnapshot.span(tables);
        var foresight = p.foresight(tables);
        chart.show(picture(tables, foresight, p.now(), span));
        foot.setText(words(tables, foresight) + order(tables, foresight, p.now(), zone));
    }

    private void offer(List<String> tables, List<String> chosen) {
        chooser.setText(
                chosen.isEmpty()
                        ? Texts.of("choose tables")
                        : chosen.size() == 1
                                ? chosen.getFirst()
                                : Texts.of("%s tables", chosen.size()));
        if (!tables.equals(offered)) {
            offered = tables;
            chooser.getItems()
                    .setAll(
                            tables.stream()
                                    .map(
                                            name -> {
                                                var item = new CheckMenuItem(name);
                                                item.setMnemonicParsing(false);
                                                item.setOnAction(
                                                        _ ->
                                                                model.simulate(
                                                                        name, item.isSelected()));
                                                return item;
                                            })
                                    .toList());
        }
        chooser.getItems()
                .forEach(i -> ((CheckMenuItem) i).setSelected(chosen.contains(i.getText())));
    }

    private static ChartPicture picture(
            List<VacuumTable> tables, AutovacuumForesight foresight, Instant now, Duration span) {
        var series = new ArrayList<Series>();
        var limits = new ArrayList<Limit>();
        boolean one = tables.size() == 1;
        for (var t : tables) {
            var s = Objects.requireNonNull(t.settings());
            series.add(
                    curve(
                            one ? Texts.of("today") : Texts.of("%s today", t.table()),
                            "series-7",
                            foresight.today().of(t.name()),
                            now));
            var proposed = s.proposed();
            if (proposed != null) {
                series.add(
                        curve(
                                one ? Texts.of("proposed") : Texts.of("%s proposed", t.table()),
                                "series-simulated",
                                foresight.proposed().of(t.name()),
                                now));
            }
            if (one) {
                limits.add(new Limit(s.today().limit(), "", Role.WARNING));
            }
        }
        return ChartPicture.of(now, now.plus(span), series, VacuumWords::rows)
                .limits(limits)
                .predictedFrom(now);
    }

    private static Series curve(
            String name, String style, AutovacuumSchedule.Course course, Instant now) {
        return new Series(
                name,
                style,
                false,
                course.points().stream()
                        .map(p -> new Point(at(now, p.hours()), p.deadRows()))
                        .toList());
    }

    private static Instant at(Instant now, double hours) {
        return now.plusMillis((long) (hours * 3_600_000));
    }

    /// The next runs, and what they wait for: `next runs: orders 14:20, payments 14:35`.
    private static String order(
            List<VacuumTable> tables, AutovacuumForesight foresight, Instant now, ZoneId zone) {
        var first = new LinkedHashMap<String, AutovacuumSchedule.Run>();
        foresight.today().runs().forEach(r -> first.putIfAbsent(r.table(), r));
        var next =
                first.values().stream()
                        .limit(NAMED)
                        .map(r -> r.table() + " " + VacuumWords.when(at(now, r.begin()), now, zone))
                        .collect(Collectors.joining(", "));
        double waited =
                tables.stream()
                        .mapToDouble(t -> foresight.today().waited(t.name()))
                        .max()
                        .orElse(0);
        var late =
                waited > LATE_HOURS
                        ? Texts.of(
                                " · waits up to %s for a worker",
                                Format.briefly(Duration.ofSeconds((long) (waited * 3_600))))
                        : "";
        return (next.isEmpty() ? "" : Texts.of("\nnext runs: %s", next)) + late;
    }

    private static String words(List<VacuumTable> tables, AutovacuumForesight foresight) {
        double today = 0;
        double proposed = 0;
        boolean any = false;
        for (var t : tables) {
            var s = Objects.requireNonNull(t.settings());
            today += foresight.peakToday(t);
            proposed += foresight.peakProposed(t);
            any |= s.proposed() != null;
        }
        var first = Objects.requireNonNull(tables.getFirst().settings());
        var limit =
                tables.size() > 1
                        ? ""
                        : Texts.of(", limit %s", VacuumWords.rows(first.today().limit()));
        return any
                ? Texts.of(
                        "grey today: peak %s%s · violet proposed: peak %s",
                        VacuumWords.rows(today), limit, VacuumWords.rows(proposed))
                : Texts.of(
                        "today: peak %s%s · nothing is proposed, these settings serve it well",
                        VacuumWords.rows(today), limit);
    }
}

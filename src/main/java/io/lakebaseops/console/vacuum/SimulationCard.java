package io.lakebaseops.console.vacuum;

import io.lakebaseops.agents.performance.maintenance.AutovacuumSimulation;
import io.lakebaseops.agents.performance.maintenance.VacuumSettings;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The dead rows of the chosen tables from now on, under the settings of today and those proposed.
/// All of it is simulated from the measured rate.
final class SimulationCard extends VBox {
    /// Tables one may choose from: the neediest.
    private static final int OFFERED = 20;

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
        Nodes.tipWhenCut(assumes);
        var head = new HBox(8, title(), chooser, Nodes.spacer(), assumes);
        head.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        VBox.setVgrow(chart, Priority.ALWAYS);
        chart.setId("simulation");
        chart.getStyleClass().add("all-predicted");
        getChildren().addAll(head, chart, foot);
    }

    private static Label title() {
        var title = Nodes.label(Texts.of("Simulation"), "card-title");
        title.setMinWidth(USE_PREF_SIZE);
        return title;
    }

    void show(VacuumSnapshot p) {
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
        var span =
                tables.stream()
                        .map(t -> Objects.requireNonNull(t.settings()).span())
                        .min(Duration::compareTo)
                        .orElseThrow();
        chart.show(picture(tables, p.now(), span));
        foot.setText(words(tables));
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

    private static ChartPicture picture(List<VacuumTable> tables, Instant now, Duration span) {
        var series = new ArrayList<Series>();
        var limits = new ArrayList<Limit>();
        boolean one = tables.size() == 1;
        for (var t : tables) {
            var s = Objects.requireNonNull(t.settings());
            // A run that begins at once takes what is there: from the first limit on it is a saw.
            double from = Math.min(t.dead(), s.today().limit());
            series.add(
                    curve(
                            one ? Texts.of("today") : Texts.of("%s today", t.table()),
                            "series-7",
                            s,
                            s.today(),
                            from,
                            now,
                            span));
            var proposed = s.proposed();
            if (proposed != null) {
                series.add(
                        curve(
                                one ? Texts.of("proposed") : Texts.of("%s proposed", t.table()),
                                "series-simulated",
                                s,
                                proposed,
                                Math.min(from, proposed.limit()),
                                now,
                                span));
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
            String name,
            String style,
            VacuumSettings s,
            AutovacuumSimulation settings,
            double from,
            Instant now,
            Duration span) {
        return new Series(
                name,
                style,
                false,
                s.curve(settings, from, span).stream()
                        .map(
                                p ->
                                        new Point(
                                                now.plusMillis(
                                                        (long) (p.hoursFromNow() * 3_600_000)),
                                                p.deadRows()))
                        .toList());
    }

    private static String words(List<VacuumTable> tables) {
        double today = 0;
        double proposed = 0;
        boolean any = false;
        for (var t : tables) {
            var s = Objects.requireNonNull(t.settings());
            today += s.today().peak();
            var next = s.proposed();
            proposed += next == null ? s.today().peak() : next.peak();
            any |= next != null;
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

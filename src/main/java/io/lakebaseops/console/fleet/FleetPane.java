package io.lakebaseops.console.fleet;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.PlanWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.ChartPicture;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.ReasonForm;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.console.parts.StateStrip;
import io.lakebaseops.console.parts.TimeChart;
import io.lakebaseops.domain.Format;
import io.lakebaseops.lakehouse.history.FleetHistory;
import io.lakebaseops.state.Alerts.Alert;

import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// The pane of the selected card: load, state of a day, measures, open alerts, waiting plans.
final class FleetPane {
    private final ConsoleSession session;
    private final FleetViewModel model;
    private final SidePane pane;
    private final TimeChart chart = new TimeChart();
    private final StateStrip strip = new StateStrip(1.5, 12);
    private boolean asking;

    FleetPane(ConsoleSession session, FleetViewModel model) {
        this.session = session;
        this.model = model;
        pane = new SidePane("fleet-pane", () -> model.select(null));
        chart.setMinHeight(110);
        model.selectedProperty().addListener((_, _, _) -> asking = false);
    }

    Node node() {
        return pane;
    }

    void show() {
        var selected = model.selectedCard().orElse(null);
        if (selected == null) {
            pane.hide();
            return;
        }
        title(selected);
        var content = new ArrayList<Node>();
        var detail = model.detailProperty().get();
        if (selected.state() == FleetState.NOT_WATCHED) {
            var remedy = selected.condition().remedy();
            content.add(
                    Nodes.wrapped(
                            selected.condition().answers()
                                    ? selected.words()
                                    : selected.condition().sentence(),
                            "row-title"));
            if (!remedy.isEmpty()) {
                content.add(Nodes.wrapped(remedy, "row-sub"));
            }
        }
        if (selected.state() == FleetState.ASLEEP) {
            // The control plane has no act that wakes a compute, so there is no plan to file.
            content.add(
                    Nodes.wrapped(
                            Texts.of(
                                    "Its compute is suspended and wakes with the next connection of a client. The console opens none to look; below is what was measured last."),
                            "row-sub"));
        }
        load(content, selected);
        if (detail != null) {
            strip.show(detail.strip(session.zone()));
            content.add(
                    new VBox(
                            4, line(Texts.of("State, 24 h"), detail.hours(session.zone())), strip));
        }
        content.add(measures(selected, detail));
        if (detail != null) {
            alerts(content, detail.alerts());
            plans(content, detail);
        }
        pane.content(selected.key(), content);
        if (!asking) {
            acts(selected, detail);
        }
    }

    private void title(ServerCard card) {
        var at = card.measuredAt();
        pane.title(
                card.state().role(),
                card.fullName(),
                List.of(
                        Nodes.label(
                                at == null
                                        ? Texts.of("never measured")
                                        : Texts.ago(at, session.now()),
                                "card-note")));
        var pills = new HBox(6);
        var since = card.since();
        pills.getChildren()
                .add(
                        Nodes.pill(
                                card.state().words()
                                        + (since == null
                                                ? ""
                                                : Texts.of(" since %s", clock(since))),
                                card.state().role()));
        if (card.about().isProtected()) {
            pills.getChildren().add(Nodes.pill(Texts.of("protected"), Role.MUTED));
        }
        if (card.about().computeUnits() > 0) {
            pills.getChildren()
                    .add(
                            Nodes.pill(
                                    Texts.of("%s CU", Format.digits(card.about().computeUnits())),
                                    Role.MUTED));
        }
        pane.note(pills);
        if (card.target().plain()) {
            pane.note(card.target().branch());
        } else if (!card.about().owner().isEmpty()) {
            pane.note(Texts.of("made by %s", card.about().owner()));
        }
    }

    private void load(List<Node> to, ServerCard card) {
        var points = new ArrayList<ChartPicture.Point>();
        var until = Objects.requireNonNull(model.dataProperty().get()).at();
        var from = until.minus(FleetHistory.BACK);
        var width = FleetHistory.BACK.dividedBy(card.load().size());
        for (int i = 0; i < card.load().size(); i++) {
            double value = card.load().get(i);
            if (!Double.isNaN(value)) {
                points.add(
                        new ChartPicture.Point(
                                from.plus(width.multipliedBy(i)).plus(width.dividedBy(2)), value));
            }
        }
        var series = new ChartPicture.Series(Texts.of("active sessions"), "series-1", true, points);
        var picture = ChartPicture.of(from, until, List.of(series), Format::digits);
        double units = card.about().computeUnits();
        if (units > 0) {
            picture =
                    picture.limits(
                            List.of(
                                    new ChartPicture.Limit(
                                            units,
                                            Texts.of("%s CU", Format.digits(units)),
                                            Role.MUTED)));
        }
        chart.show(picture);
        to.add(
                new VBox(
                        2,
                        line(
                                Texts.of("Active sessions, 6 h"),
                                Double.isNaN(card.loadNow())
                                        ? ""
                                        : Texts.of("now %s", Format.digits(card.loadNow()))),
                        chart));
    }

    private static HBox line(String title, String note) {
        return Nodes.row(
                Nodes.label(title, "card-note"), Nodes.spacer(), Nodes.label(note, "card-note"));
    }

    private Node measures(ServerCard card, @Nullable FleetDetail detail) {
        var grid = new GridPane(0, 0);
        grid.getStyleClass().add("fleet-measures");
        for (int c = 0; c < 4; c++) {
            var column = new ColumnConstraints();
            column.setHalignment(c == 0 ? HPos.LEFT : HPos.RIGHT);
            column.setHgrow(Priority.ALWAYS);
            grid.getColumnConstraints().add(column);
        }
        heads(grid);
        int row = 1;
        for (var light : card.lights()) {
            var shown = light;
            var stored = detail == null ? null : detail.last().get(light.metric());
            boolean last = light.mark() == Light.Mark.NONE && stored != null;
            var value =
                    stored != null && last
                            ? Format.of(light.metric(), stored.value()).toString()
                            : light.value();
            var title =
                    Nodes.button(light.title(), () -> model.evidence(card, shown.metric()), "link");
            title.getStyleClass().add("fleet-measure");
            title.setId("evidence-" + light.metric().id());
            var now = Nodes.label(value, "small-cell");
            if (light.loud()) {
                Nodes.role(now, light.mark().role());
                now.getStyleClass().add("fleet-part");
            } else if (last) {
                now.getStyleClass().add("row-sub");
            }
            var state = new Label(last ? Texts.of("last known") : words(light));
            state.setGraphic(LightRow.shape(light.mark()));
            state.getStyleClass()
                    .addAll("fleet-part", (light.muted() ? Role.MUTED : light.mark().role()).css());
            Nodes.tip(state, light.tip());
            var limit = Nodes.label(light.limit(), "row-sub");
            Node[] cells = {title, now, limit, state};
            for (int c = 0; c < cells.length; c++) {
                var place = new StackPane(cells[c]);
                place.setAlignment(c == 0 ? Pos.CENTER_LEFT : Pos.CENTER_RIGHT);
                place.getStyleClass().add("fleet-measure-line");
                grid.add(place, c, row);
            }
            row++;
        }
        return grid;
    }

    private static void heads(GridPane grid) {
        var heads = List.of(Texts.of("Measure"), "now", "limit", "state");
        for (int c = 0; c < heads.size(); c++) {
            var place = new StackPane(Nodes.label(heads.get(c), "row-sub"));
            place.setAlignment(c == 0 ? Pos.CENTER_LEFT : Pos.CENTER_RIGHT);
            place.getStyleClass().add("fleet-measure-line");
            grid.add(place, c, 0);
        }
    }

    private static String words(Light light) {
        return light.mark() == Light.Mark.NONE
                ? light.detail().isEmpty() || light.detail().length() > 16
                        ? light.mark().words()
                        : light.detail()
                : light.mark().words() + (light.muted() ? Texts.of(", muted") : "");
    }

    private void alerts(List<Node> to, List<Alert> open) {
        if (open.isEmpty()) {
            return;
        }
        var box = new VBox(6, head(Texts.of("Open alerts"), open.size()));
        for (var alert : open) {
            var role = Role.of(alert.severity());
            box.getChildren()
                    .add(
                            item(
                                    role.icon(),
                                    role,
                                    alert.message(),
                                    clock(alert.openedAt()),
                                    alert.acknowledgedBy() == null
                                            ? alert.subject().display()
                                            : Texts.of("seen by %s", alert.acknowledgedBy()),
                                    () ->
                                            model.selectedCard()
                                                    .ifPresent(
                                                            c ->
                                                                    model.evidence(
                                                                            c, alert.metric()))));
        }
        to.add(box);
    }

    private void plans(List<Node> to, FleetDetail detail) {
        if (detail.plans().isEmpty()) {
            return;
        }
        var box = new VBox(6, head(Texts.of("Waiting plans"), detail.plans().size()));
        for (var group : detail.plans()) {
            var e = group.newest();
            box.getChildren()
                    .add(
                            item(
                                    Feather.SHIELD,
                                    Role.of(e.risk()),
                                    e.title() + (group.times() > 1 ? " ×" + group.times() : ""),
                                    e.risk().name().toLowerCase(Locale.ROOT),
                                    Texts.of(
                                            "filed %s, %s",
                                            clock(e.filedAt()),
                                            PlanWords.left(e.expiresAt(), session.now())),
                                    () -> session.goTo(Destination.plan(e.id()))));
        }
        to.add(box);
    }

    private static HBox head(String title, int n) {
        return Nodes.row(
                Nodes.label(title, "card-title"),
                Nodes.spacer(),
                Nodes.label(Integer.toString(n), "card-note"));
    }

    private static Node item(
            Feather icon, Role role, String title, String end, String sub, Runnable open) {
        var name = Nodes.button(title, open, "link");
        name.getStyleClass().add("fleet-item");
        name.setMinWidth(0);
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        var when = Nodes.label(end, "card-note");
        when.setMinWidth(javafx.scene.layout.Region.USE_PREF_SIZE);
        var under = Nodes.label(sub, "row-sub");
        under.getStyleClass().add("fleet-item-sub");
        return new VBox(1, Nodes.row(Nodes.icon(icon, role), name, when), under);
    }

    private void acts(ServerCard card, @Nullable FleetDetail detail) {
        var buttons = new ArrayList<Node>();
        var ask = Nodes.button(Texts.of("Ask"), () -> model.ask(card));
        ask.setGraphic(new FontIcon(Feather.MESSAGE_SQUARE));
        buttons.add(ask);
        if (detail != null && !detail.alerts().isEmpty()) {
            var mute = Nodes.button(Texts.of("Mute…"), this::askMute);
            mute.setGraphic(new FontIcon(Feather.BELL_OFF));
            mute.setId("fleet-mute");
            buttons.add(mute);
        }
        if (card.state() == FleetState.NOT_WATCHED) {
            buttons.add(Nodes.button(Texts.of("Try again"), model::tryAgain));
        }
        var open = Nodes.button(Texts.of("Open overview"), () -> model.open(card), "accent");
        open.setId("fleet-open");
        buttons.add(open);
        pane.acts(null, buttons);
    }

    /// Asks for how long, and why; nothing is muted without a reason.
    void askMute() {
        var detail = model.detailProperty().get();
        if (detail == null || detail.alerts().isEmpty()) {
            return;
        }
        asking = true;
        var form =
                new ReasonForm(
                        "fleet-mute-form",
                        Texts.of(
                                "Mutes %s of this server. Automatic repair goes on.",
                                Texts.count(detail.alerts().size(), "open alert")),
                        Texts.of("Mute"),
                        List.of(in("1 h", 1), in("4 h", 4), in("24 h", 24), in("7 d", 168)),
                        (why, until) -> {
                            asking = false;
                            model.mute(detail.alerts(), Objects.requireNonNull(until), why);
                            show();
                        },
                        () -> {
                            asking = false;
                            show();
                        });
        pane.acts(form, List.of());
        form.begin();
    }

    private ReasonForm.Choice in(String words, int hours) {
        return new ReasonForm.Choice(words, session.now().plus(Duration.ofHours(hours)));
    }

    private String clock(Instant at) {
        return Texts.clock(at, session.now(), session.zone());
    }
}

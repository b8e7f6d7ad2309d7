package io.lakebaseops.console.vacuum;

import io.lakebaseops.agents.performance.maintenance.HorizonHolder;
import io.lakebaseops.agents.performance.maintenance.QuietHours;
import io.lakebaseops.agents.performance.maintenance.VacuumRound;
import io.lakebaseops.agents.performance.maintenance.VacuumTable;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.ScreenState;
import io.lakebaseops.console.ScreenView;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowList;
import io.lakebaseops.console.parts.Segments;
import io.lakebaseops.console.parts.StateBanner;
import io.lakebaseops.console.parts.VerdictLine;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.Subject;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Is cleaning keeping up, what holds it back, how far is wraparound: the holders of the horizon,
/// running vacuums, every table against its own limits, and what can be planned.
public final class VacuumView extends ScreenView<VacuumViewModel> {
    /// Below it the running vacuums stand under the horizon.
    private static final double NARROW = 860;

    private final TablesCard tables;
    private final SimulationCard simulation;
    private final TablePane pane;
    private final HourMap hours = new HourMap();
    private final Segments<Boolean> which = new Segments<>();
    private boolean all;

    @FXML private HBox body;
    @FXML private VBox content;
    @FXML private VerdictLine verdict;
    @FXML private HBox pills;
    @FXML private HBox upper;
    @FXML private VBox runningCard;
    @FXML private RowList holders;
    @FXML private Label holdersFoot;
    @FXML private VBox running;
    @FXML private Label workers;
    @FXML private HBox tablesHead;
    @FXML private VBox tablesBox;
    @FXML private StackPane tablesPlace;
    @FXML private HBox lower;
    @FXML private VBox wraparound;
    @FXML private Label wraparoundNote;
    @FXML private VBox quietCard;
    @FXML private Label quietNote;
    @FXML private Label quietFoot;

    // FXML fills the annotated fields before initialize().
    @SuppressWarnings("NullAway.Init")
    public VacuumView(ConsoleSession session, VacuumViewModel model) {
        super(session, model);
        tables = new TablesCard(session, model::select);
        simulation = new SimulationCard(model);
        pane = new TablePane(session, model);
    }

    @FXML
    private void initialize() {
        which.add(false, Texts.of("above 20 %"), "vacuum-notable");
        which.add(true, Texts.of("all"), "vacuum-all");
        which.select(false);
        which.onChoice(
                a -> {
                    all = a;
                    show(model.dataProperty().get());
                });
        tablesHead.getChildren().addAll(which, tables.node().takeBar());
        tablesPlace.getChildren().setAll(tables.node());
        lower.getChildren().add(1, simulation);
        HBox.setHgrow(simulation, javafx.scene.layout.Priority.ALWAYS);
        simulation.setPrefWidth(320);
        quietCard.getChildren().add(1, hours);
        VBox.setVgrow(hours, javafx.scene.layout.Priority.ALWAYS);
        body.getChildren().add(pane.node());
        content.getChildren()
                .add(
                        1,
                        new StateBanner(
                                model, session, upper, runningCard, tablesBox, lower, simulation));
        verdict.whileUnread(model, Messages.of("overview.loading"), Messages.of("state.unread"));
        model.dataProperty().addListener((_, _, p) -> show(p));
        model.stateProperty().addListener((_, _, _) -> show(model.dataProperty().get()));
        model.selectedProperty().addListener((_, _, _) -> mark());
        model.simulatedProperty()
                .addListener(
                        (_, _, _) -> {
                            var p = model.dataProperty().get();
                            if (p != null) {
                                simulation.show(p, session.zone());
                            }
                        });
        content.widthProperty().addListener((_, _, w) -> arrange(w.doubleValue() < NARROW));
        show(model.dataProperty().get());
    }

    /// Where there is little room the running vacuums stand under the horizon, and the simulation
    /// has a line of its own.
    private void arrange(boolean narrow) {
        var rows = content.getChildren();
        if (narrow == rows.contains(runningCard)) {
            return;
        }
        if (narrow) {
            upper.getChildren().remove(runningCard);
            lower.getChildren().remove(simulation);
            rows.add(rows.indexOf(upper) + 1, runningCard);
            rows.add(simulation);
        } else {
            rows.removeAll(runningCard, simulation);
            upper.getChildren().add(runningCard);
            lower.getChildren().add(1, simulation);
        }
    }

    private void mark() {
        var p = model.dataProperty().get();
        if (p != null) {
            showTables(p);
        }
    }

    private void show(@Nullable VacuumSnapshot p) {
        if (p == null) {
            pills.getChildren().clear();
            return;
        }
        var said = VacuumVerdict.of(p, session.zone());
        verdict.say(
                said.role(),
                fresh()
                        ? said.sentence()
                        : Texts.of(
                                "%s As of %s.",
                                said.sentence(), Format.time(p.round().at(), session.zone())),
                said.strong().toArray(String[]::new));
        pills.getChildren().setAll(counts(p));
        showHorizon(p);
        showRunning(p.round().running(), p);
        showTables(p);
        var ages = p.round().wraparound();
        wraparoundNote.setText(Texts.of("database %s", p.round().database()));
        wraparound
                .getChildren()
                .setAll(
                        ages.value() == null
                                ? List.of(problem(ages.problem()))
                                : WraparoundCard.of(
                                        ages.value(), p.now(), session.zone(), fresh()));
        simulation.show(p, session.zone());
        showQuiet(p);
        pane.show(model.selectedProperty().get());
    }

    private boolean fresh() {
        return model.stateProperty().get() != ScreenState.STALE;
    }

    private static List<Node> counts(VacuumSnapshot p) {
        var nodes = new ArrayList<Node>();
        long critical = p.tables().stream().filter(t -> t.critical(p.now())).count();
        long late =
                p.tables().stream()
                        .filter(t -> VacuumWords.role(t, p.now()) == Role.WARNING)
                        .count();
        if (critical > 0) {
            nodes.add(Nodes.pill(Texts.of("%s critical", critical), Role.CRITICAL));
        }
        if (late > 0) {
            nodes.add(Nodes.pill(Texts.of("%s late", late), Role.WARNING));
        }
        return nodes;
    }

    private static Node problem(@Nullable String why) {
        return Nodes.wrapped(String.valueOf(why), "said", Role.CRITICAL.css());
    }

    private void showHorizon(VacuumSnapshot p) {
        var horizon = p.round().horizon();
        if (horizon.value() == null) {
            holders.placeholder(String.valueOf(horizon.problem()));
            holders.show(List.of());
            holdersFoot.setText("");
            return;
        }
        holders.placeholder(HolderLines.nothing());
        holders.show(
                HolderLines.of(
                        horizon.value(), p.now(), session.zone(), model.acts(), model::planEnd));
        HolderLines.say(
                holdersFoot,
                HolderLines.foot(horizon.value(), p.round().seesSessions()),
                HolderLines.foot(p.round().seesSessions()));
    }

    private void showRunning(VacuumRound.Part<VacuumRound.Running> part, VacuumSnapshot p) {
        var now = part.value();
        workers.setText(
                now == null
                        ? ""
                        : Texts.of("%d of %d workers busy", now.workersBusy(), now.workers()));
        running.getChildren()
                .setAll(
                        now == null
                                ? List.of(problem(part.problem()))
                                : RunningLines.of(now, p.now(), session.zone(), fresh()));
    }

    private void showTables(VacuumSnapshot p) {
        var read = p.round().tables().value();
        if (read == null) {
            tables.node().placeholder(String.valueOf(p.round().tables().problem()));
            tables.show(List.of(), null, Set.of(), p.now(), fresh());
            return;
        }
        tables.node().placeholder(Texts.of("Nothing to clean: no table is above 20 % of a limit"));
        which.text(true, Texts.of("all %s", Format.grouped(read.tables().size())));
        var selected = model.selectedProperty().get();
        tables.show(
                all ? read.tables() : read.notable(),
                selected == null ? null : selected.table().name(),
                skipped(p),
                p.now(),
                fresh());
    }

    private static Set<String> skipped(VacuumSnapshot p) {
        var running = p.round().running().value();
        return running == null
                ? Set.of()
                : running.locked().stream()
                        .map(VacuumRound.Locked::table)
                        .collect(Collectors.toSet());
    }

    private void showQuiet(VacuumSnapshot p) {
        var quiet = p.quiet();
        boolean known = quiet != null && quiet.known();
        hours.setVisible(known);
        hours.setManaged(known);
        if (quiet == null || !known) {
            quietNote.setText("");
            quietFoot.setText(
                    quiet == null
                            ? Texts.of("The history could not be read.")
                            : Texts.of(
                                    "Not known yet: every hour must have been seen on three days. Until then vacuums run at once."));
            return;
        }
        hours.show(quiet, p.now(), session.zone());
        quietNote.setText(
                Texts.of(
                        "4 weeks%s, 0–%s active",
                        generated(quiet, p), Format.digits(quiet.busiest())));
        var next = quiet.window(p.now());
        quietFoot.setText(
                (next == null
                                ? ""
                                : Texts.of(
                                        "Next: %s – %s",
                                        VacuumWords.when(next.from(), p.now(), session.zone()),
                                        VacuumWords.until(
                                                next.from(), next.until(), session.zone())))
                        + (p.postponed().isEmpty()
                                ? Texts.of(" · no vacuum planned")
                                : Texts.of(
                                        " · %s planned",
                                        Texts.count(p.postponed().size(), "vacuum"))));
    }

    private String generated(QuietHours quiet, VacuumSnapshot p) {
        var until = quiet.generatedUntil();
        return until == null ? "" : ", " + GeneratedHistory.words(until, p.now(), session.zone());
    }

    @Override
    public @Nullable Subject selection() {
        var open = model.selectedProperty().get();
        return open == null
                ? null
                : Subject.table(
                        open.table().database(), open.table().schema(), open.table().table());
    }

    @Override
    public void reveal(String table) {
        var p = model.dataProperty().get();
        if (p != null) {
            p.table(table).ifPresent(model::select);
        }
    }

    @Override
    public boolean onKey(KeyEvent key) {
        var p = model.dataProperty().get();
        if (p == null || key.isShortcutDown() || key.isAltDown()) {
            return false;
        }
        var selected = model.selectedProperty().get();
        if (key.getCode() == KeyCode.ESCAPE && selected != null) {
            model.close();
            return true;
        }
        if (key.getTarget() instanceof TextInputControl) {
            return false;
        }
        if (key.getCode() == KeyCode.SLASH) {
            // Later, or the slash itself would be typed into it.
            session.screen().execute(tables.node().filter()::requestFocus);
            return true;
        }
        if (!model.acts()) {
            return false;
        }
        if (key.getCode() == KeyCode.E) {
            p.holder().filter(HorizonHolder::idleInTransaction).ifPresent(model::planEnd);
            return p.holder().isPresent();
        }
        return selected != null && planned(key.getCode(), selected.table());
    }

    private boolean planned(KeyCode code, VacuumTable table) {
        if (code == KeyCode.V && table.mayMaintain() && !table.toast()) {
            model.planVacuum(table);
            return true;
        }
        if (code == KeyCode.T && table.settings() != null) {
            model.planSettings(table);
            return true;
        }
        return false;
    }
}

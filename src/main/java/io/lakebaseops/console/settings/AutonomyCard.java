package io.lakebaseops.console.settings;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.ReasonForm;
import io.lakebaseops.console.parts.ReasonForm.Choice;
import io.lakebaseops.domain.plan.RoutineAct;
import io.lakebaseops.state.Autonomy;
import io.lakebaseops.state.Autonomy.LeftAlone;

import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What agents do without asking: a switch for each kind of act, and the tables they leave alone.
/// Whether a plan runs is decided by the policy; here it is only told what to ask about.
final class AutonomyCard extends VBox {
    private static final Map<RoutineAct, String> TITLES =
            new EnumMap<>(
                    Map.of(
                            RoutineAct.VACUUM, Texts.of("Vacuum a table"),
                            RoutineAct.ANALYZE, Texts.of("Analyze a table"),
                            RoutineAct.END_IDLE_SESSIONS, Texts.of("End idle sessions"),
                            RoutineAct.CREATE_BRANCH, Texts.of("Create a branch"),
                            RoutineAct.DELETE_BRANCH, Texts.of("Delete a branch of its own"),
                            RoutineAct.RESTORE_BRANCH, Texts.of("Restore a deleted branch"),
                            RoutineAct.SET_EXPIRY, Texts.of("Set when a branch of its own expires"),
                            RoutineAct.TAG_PROJECT, Texts.of("Tag a project")));

    private final SettingsViewModel model;
    private final Map<RoutineAct, CheckBox> switches = new EnumMap<>(RoutineAct.class);
    private final Map<RoutineAct, Label> notes = new EnumMap<>(RoutineAct.class);
    private final VBox tables = new VBox(4);
    private final VBox form = new VBox(6);
    private final Button add;
    private Autonomy shown = Autonomy.UNLIMITED;

    AutonomyCard(SettingsViewModel model) {
        super(8);
        this.model = model;
        getStyleClass().addAll("card", "settings-card");
        HBox.setHgrow(this, Priority.ALWAYS);
        setPrefWidth(330);
        setMinWidth(0);
        getChildren().add(FactCards.title(Texts.of("What agents do by themselves")));
        for (var act : RoutineAct.values()) {
            getChildren().add(line(act));
        }
        add = Nodes.button(Texts.of("Leave a table alone"), this::ask, "small");
        add.setId("leave-alone");
        getChildren()
                .addAll(
                        Nodes.wrapped(
                                Texts.of(
                                        "Only what is of low risk runs by itself. What is switched off is filed for approval, from now on and on every server."),
                                "row-sub"),
                        Nodes.row(
                                Nodes.label(Texts.of("Tables left alone"), "small-head"),
                                Nodes.spacer(),
                                add),
                        form,
                        tables);
    }

    private HBox line(RoutineAct act) {
        var box = new CheckBox(TITLES.get(act));
        box.setId("by-itself-" + act.name().toLowerCase(Locale.ROOT));
        box.setMnemonicParsing(false);
        box.setSelected(true);
        box.setOnAction(_ -> model.autonomy().byItself(act, box.isSelected()));
        var note = Nodes.label("", "row-sub");
        note.setMinWidth(0);
        switches.put(act, box);
        notes.put(act, note);
        return Nodes.row(box, Nodes.spacer(), note);
    }

    void show(Autonomy next) {
        shown = next;
        switches.forEach(
                (act, box) -> {
                    var asks = next.asks(act);
                    box.setSelected(asks.isEmpty());
                    var note = notes.get(act);
                    if (note != null) {
                        note.setText(
                                asks.map(a -> Texts.of("asks first, %s, %s", a.by(), time(a.at())))
                                        .orElse(Texts.of("by itself")));
                    }
                });
        var here = new ArrayList<HBox>();
        for (var table : shown.leftAlone()) {
            if (table.target().equals(model.session().target().key())) {
                here.add(line(table));
            }
        }
        if (here.isEmpty()) {
            tables.getChildren()
                    .setAll(Nodes.wrapped(Texts.of("No table of this server."), "row-sub"));
        } else {
            tables.getChildren().setAll(here);
        }
    }

    private HBox line(LeftAlone table) {
        var name = Nodes.label(table.table(), "row-title");
        var until = table.until();
        var why =
                Nodes.label(
                        Texts.of(
                                "%s · %s · until %s",
                                table.reason(),
                                table.by(),
                                until == null ? Texts.of("for good") : time(until)),
                        "row-sub");
        why.setMinWidth(0);
        HBox.setHgrow(why, Priority.ALWAYS);
        var again =
                Nodes.button(
                        Texts.of("Propose again"),
                        () -> model.autonomy().proposeAgain(table),
                        "link");
        again.setId("propose-again-" + table.table());
        again.setAccessibleText(Texts.of("Propose again") + ": " + table.table());
        return Nodes.row(name, why, Nodes.spacer(), again);
    }

    private String time(Instant at) {
        return Texts.clock(at, model.session().now(), model.session().zone());
    }

    private void ask() {
        var table = new TextField();
        table.setId("leave-alone-table");
        table.setPromptText(Texts.of("Schema and table: shop.orders"));
        table.setAccessibleText(Texts.of("Table"));
        var problem = Nodes.wrapped("", "problem");
        problem.setId("leave-alone-problem");
        var now = model.session().now();
        var reason =
                new ReasonForm(
                        "leave-alone-form",
                        Texts.of(
                                "Agents propose nothing for it and change nothing in it. What a person asks for runs."),
                        Texts.of("Leave alone"),
                        List.of(
                                new Choice(Texts.of("30 days"), now.plus(Duration.ofDays(30))),
                                new Choice(Texts.of("90 days"), now.plus(Duration.ofDays(90))),
                                new Choice(Texts.of("for good"), null)),
                        (why, until) -> leave(table.getText().strip(), why, until, problem),
                        this::close);
        form.getChildren().setAll(table, problem, reason);
        add.setVisible(false);
        table.requestFocus();
    }

    private void leave(String table, String why, @Nullable Instant until, Label problem) {
        if (!table.matches("[^.]+\\.[^.]+")) {
            problem.setText(Texts.of("A table is written with its schema, as in shop.orders."));
            return;
        }
        model.autonomy().leaveAlone(table, why, until);
        close();
    }

    private void close() {
        form.getChildren().clear();
        add.setVisible(true);
    }
}

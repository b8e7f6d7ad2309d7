package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.migration.Hazard;
import io.lakebaseops.agents.provisioning.migration.MigrationTestBoard.Test;
import io.lakebaseops.agents.provisioning.migration.MigrationTestStages;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Destination;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.domain.Severity;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// The pane of a migration test: its DDL with marks, hazards by the live sizes with the safer way,
/// and the plan that applies it where it is due next.
final class MigrationPane {
    private final ConsoleSession session;
    private final BranchesViewModel branches;
    private final MigrationModel model;
    private final ReadOnlyObjectProperty<@Nullable SchemaChange> selected;
    private final SidePane pane;

    MigrationPane(
            ConsoleSession session,
            BranchesViewModel branches,
            ReadOnlyObjectProperty<@Nullable SchemaChange> selected) {
        this.session = session;
        this.branches = branches;
        this.selected = selected;
        model = branches.migration();
        pane = new SidePane("migration-pane", branches::back);
        selected.addListener((_, _, _) -> show());
    }

    SidePane node() {
        return pane;
    }

    void show() {
        var test = model.testProperty().get();
        if (test == null) {
            pane.hide();
            return;
        }
        var output = test.output();
        var branch = "ci-pr-" + test.input().pr();
        pane.title(null, Texts.of("DDL, %s to %s", test.input().source(), branch), List.of());
        var nodes = new ArrayList<Node>();
        if (output == null) {
            nodes.add(
                    Nodes.wrapped(
                            test.running()
                                    ? Texts.of(
                                            "The difference is read when the statements are applied.")
                                    : Texts.of("The test was stopped before its end."),
                            "row-sub"));
        } else {
            DdlPane.pills(pane, output.schema());
            nodes.addAll(DdlPane.lines(output.schema(), selected.get()));
            nodes.addAll(hazards(output.hazards()));
            nodes.add(Nodes.label(Texts.of("Before it is applied"), "section"));
            nodes.addAll(facts(test));
        }
        pane.content(branch + test.startedAt(), nodes);
        pane.acts(plans(), buttons(test));
    }

    private static List<Node> hazards(List<Hazard> hazards) {
        var serious = hazards.stream().filter(h -> h.severity() != Severity.INFO).toList();
        if (serious.isEmpty()) {
            return List.of();
        }
        var nodes = new ArrayList<Node>();
        nodes.add(Nodes.label(Texts.of("Hazards by the live sizes"), "section"));
        for (var h : serious) {
            var role = Role.of(h.severity());
            var text =
                    new VBox(
                            3,
                            Nodes.wrapped(h.message(), "pane-text"),
                            Nodes.wrapped(
                                    Texts.of(
                                            "%s, line %d; %s",
                                            h.file(), h.line(), h.lock().inWords()),
                                    "row-sub"));
            if (!h.advice().isEmpty()) {
                text.getChildren()
                        .add(Nodes.wrapped(Texts.of("Safer way: %s", h.advice()), "row-sub"));
            }
            text.setMinWidth(0);
            HBox.setHgrow(text, Priority.ALWAYS);
            var row = new HBox(8, Nodes.icon(role.icon(), role), text);
            row.getStyleClass().add("hazard");
            nodes.add(row);
        }
        return nodes;
    }

    private List<Node> facts(Test test) {
        var nodes = new ArrayList<Node>();
        var output = test.output();
        if (output == null) {
            return nodes;
        }
        for (var stage : output.steps()) {
            if (stage.number() == 6 || stage.number() == 9) {
                boolean good = stage.state() == MigrationTestStages.State.DONE;
                nodes.add(
                        fact(
                                good ? Role.OK : Role.WARNING,
                                stage.number() == 6
                                        ? Texts.of("Checks")
                                        : Texts.of("The test's branch"),
                                stage.output()));
            }
        }
        int n = 1;
        for (var branch : MigrationModel.targets(test.input())) {
            var plan = model.appliedProperty().get().get(branch);
            nodes.add(
                    plan == null
                            ? fact(
                                    Role.MUTED,
                                    "%d. %s".formatted(n, branch),
                                    branch.equals(test.input().live())
                                            ? Texts.of(
                                                    "a plan of its own; where it is live its risk is high and needs an approval with a reason")
                                            : Texts.of(
                                                    "first, so that a mistake shows before production"))
                            : fact(plan.role(), "%d. %s".formatted(n, branch), plan.words()));
            n++;
        }
        return nodes;
    }

    private static Node fact(Role role, String title, String says) {
        var text =
                new VBox(
                        1,
                        Nodes.label(title, "row-title"),
                        Nodes.wrapped(says.isBlank() ? "–" : says, "row-sub"));
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        return new HBox(8, Nodes.icon(role.icon(), role), text);
    }

    private @Nullable Node plans() {
        var box = new VBox(6);
        box.setId("migration-plans");
        model.appliedProperty()
                .get()
                .forEach(
                        (branch, plan) -> {
                            var words = Nodes.wrapped(branch + ": " + plan.words(), "pane-text");
                            words.setMaxWidth(Double.MAX_VALUE);
                            HBox.setHgrow(words, Priority.ALWAYS);
                            var show =
                                    Nodes.button(
                                            Texts.of("Show plan"),
                                            () -> session.goTo(Destination.plan(plan.filed().id())),
                                            "link");
                            show.setId("show-plan-" + branch);
                            box.getChildren()
                                    .add(
                                            new HBox(
                                                    8,
                                                    Nodes.icon(plan.role().icon(), plan.role()),
                                                    words,
                                                    show));
                        });
        model.whyNoApply()
                .filter(why -> !why.equals(Texts.of("It is applied.")))
                .ifPresent(why -> box.getChildren().add(Nodes.wrapped(why, "row-sub")));
        return box.getChildren().isEmpty() ? null : box;
    }

    private List<Button> buttons(Test test) {
        var buttons = new ArrayList<Button>();
        var output = test.output();
        if (output != null && !output.schema().isEmpty()) {
            var from = test.input().source();
            var script = SchemaChange.script(from, output.branch(), output.schema());
            var copy = Nodes.button(Texts.of("Copy DDL"), () -> SqlView.copy(script));
            copy.setId("copy-migration-ddl");
            buttons.add(copy);
            buttons.add(
                    Nodes.button(
                            Texts.of("Export…"),
                            () ->
                                    FileExport.ask(
                                            pane.getScene().getWindow(),
                                            "%s-to-%s.sql".formatted(from, output.branch()),
                                            path -> branches.write(path, script))));
        }
        model.next()
                .ifPresent(
                        next -> {
                            var apply =
                                    Nodes.button(
                                            Texts.of("Plan: apply on %s", next),
                                            model::apply,
                                            "accent");
                            apply.setId("apply-migration");
                            apply.setDisable(model.whyNoApply().isPresent());
                            buttons.add(apply);
                        });
        return buttons;
    }
}

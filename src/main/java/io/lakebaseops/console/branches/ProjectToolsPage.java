package io.lakebaseops.console.branches;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.agents.FieldControl;
import io.lakebaseops.console.agents.FormField;
import io.lakebaseops.console.agents.RunResult;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.RowItem;
import io.lakebaseops.console.parts.RowList;
import io.lakebaseops.framework.ToolKind;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.TilePane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The tools that set up and govern a project, each with a form of its own: what one always needs,
/// what can be left out, values that are there to choose from, and what is wrong as one types.
final class ProjectToolsPage extends HBox {
    private static final double FIELD = 330;

    private final ConsoleSession session;
    private final ProjectToolsModel model;
    private final RowList list = new RowList();
    private final VBox form = new VBox(12);
    private final VBox resultPlace = new VBox(8);
    private final Button run;
    private final Button cancel;
    private final Map<String, Label> problems = new HashMap<>();
    private ProjectToolsModel.@Nullable Chosen drawn;

    ProjectToolsPage(ConsoleSession session, BranchesViewModel branches) {
        this.session = session;
        model = branches.tools();
        setId("project-tools-page");
        getStyleClass().add("screen");
        managedProperty().bind(visibleProperty());
        run = Nodes.button(Texts.of("Run"), model::run, "accent");
        run.setId("run-project-tool");
        cancel = Nodes.button(Texts.of("Cancel"), model::cancel, "small");
        cancel.setId("cancel-project-tool");
        list.setId("project-tools");
        list.setAccessibleText(Texts.of("Project tools"));
        list.getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (_, _, item) -> {
                            if (item != null && !item.heading()) {
                                model.tools().stream()
                                        .filter(t -> t.name().equals(item.key()))
                                        .findFirst()
                                        .ifPresent(model::choose);
                            }
                        });
        VBox.setVgrow(list, Priority.ALWAYS);
        var left = new VBox(6, Nodes.label(Texts.of("Project tools"), "card-title"), list);
        left.getStyleClass().addAll("card", "table-card");
        left.setMinWidth(250);
        left.setPrefWidth(290);
        form.getStyleClass().add("project-form");
        var scroll = new ScrollPane(form);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        var right = new VBox(scroll);
        right.getStyleClass().addAll("card", "table-card");
        right.setMinWidth(0);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        HBox.setHgrow(right, Priority.ALWAYS);
        var columns = new HBox(10, left, right);
        VBox.setVgrow(columns, Priority.ALWAYS);
        var crumbs =
                Nodes.row(
                        SchemaDiffPage.back(branches),
                        Nodes.label(Texts.of("Project tools"), "row-sub"),
                        Nodes.spacer());
        var content = new VBox(10, crumbs, columns);
        content.getStyleClass().add("screen-content");
        content.setMinWidth(0);
        HBox.setHgrow(content, Priority.ALWAYS);
        getChildren().add(content);
        model.chosenProperty().addListener((_, _, _) -> show());
        model.runningProperty().addListener((_, _, _) -> showRunning());
        model.resultProperty().addListener((_, _, _) -> showResult());
        model.openProperty()
                .addListener(
                        (_, _, on) -> {
                            if (on) {
                                show();
                                list.requestFocus();
                            }
                        });
    }

    private void show() {
        showList();
        var chosen = model.chosenProperty().get();
        if (chosen == null) {
            form.getChildren().clear();
            return;
        }
        var before = drawn;
        if (before != null
                && before.form() == chosen.form()
                && before.checks().equals(chosen.checks())) {
            return;
        }
        drawn = chosen;
        problems.clear();
        boolean changes = chosen.form().tool().kind() == ToolKind.CHANGE;
        var basic = new ArrayList<Node>();
        for (var name : chosen.tool().basic()) {
            model.field(name).ifPresent(f -> basic.add(field(f, chosen.checks())));
        }
        var more = new ArrayList<Node>();
        for (var f : chosen.form().fields()) {
            if (!chosen.tool().basic().contains(f.name())) {
                more.add(field(f, chosen.checks()));
            }
        }
        form.getChildren()
                .setAll(
                        Nodes.row(
                                Nodes.label(chosen.tool().title(), "pane-title"),
                                Nodes.pill(
                                        changes
                                                ? Texts.of("proposes a plan")
                                                : Texts.of("changes nothing"),
                                        changes ? Role.WARNING : Role.INFO)),
                        Nodes.wrapped(chosen.tool().says(), "row-sub"),
                        tiles(basic));
        if (!more.isEmpty()) {
            var fold = new TitledPane(Texts.of("More options"), tiles(more));
            fold.setId("more-options");
            fold.setExpanded(false);
            fold.setAnimated(false);
            form.getChildren().add(fold);
        }
        form.getChildren().addAll(Nodes.row(Nodes.spacer(), cancel, run), resultPlace);
        run.setText(changes ? Texts.of("Make the plan") : Texts.of("Run"));
        check();
        showRunning();
        showResult();
    }

    private void showList() {
        var items = new ArrayList<RowItem>();
        var group = "";
        for (var tool : model.tools()) {
            if (!tool.group().equals(group)) {
                group = tool.group();
                items.add(RowItem.heading(group, ""));
            }
            items.add(
                    RowItem.of(tool.name(), Feather.TERMINAL, Role.MUTED, tool.title())
                            .sub(tool.name()));
        }
        list.show(items);
        var chosen = model.chosenProperty().get();
        if (chosen != null) {
            list.getItems().stream()
                    .filter(i -> i.key().equals(chosen.tool().name()))
                    .findFirst()
                    .ifPresent(i -> list.getSelectionModel().select(i));
        }
    }

    private static TilePane tiles(List<Node> fields) {
        var tiles = new TilePane(14, 6);
        tiles.setPrefTileWidth(FIELD);
        tiles.setTileAlignment(Pos.TOP_LEFT);
        tiles.getChildren().setAll(fields);
        return tiles;
    }

    private Node field(FormField f, FieldChecks checks) {
        var box =
                f.kind() == FormField.Kind.STRUCTURE
                        ? FieldControl.of(f, pairs(f))
                        : FieldControl.of(f, checks.offered(f.name()));
        var problem = Nodes.label("", "problem");
        problem.setId("problem-" + f.name());
        problem.managedProperty().bind(problem.visibleProperty());
        problem.setVisible(false);
        problems.put(f.name(), problem);
        box.getChildren().add(problem);
        box.setMaxWidth(FIELD);
        f.textProperty().addListener((_, _, _) -> check());
        return box;
    }

    /// Names and values one a line, instead of JSON.
    private Node pairs(FormField f) {
        var lines = Nodes.lines();
        lines.setPrefRowCount(3);
        lines.setPromptText(
                f.name().equals("tenants")
                        ? Texts.of("acme = tenant_acme")
                        : Texts.of("team = storefront"));
        lines.textProperty()
                .addListener(
                        (_, _, text) -> {
                            var label = problems.get(f.name());
                            try {
                                f.textProperty().set(FieldChecks.pairs(f.name(), text));
                                check();
                            } catch (IllegalArgumentException e) {
                                run.setDisable(true);
                                if (label != null) {
                                    label.setText(e.getMessage());
                                    label.setVisible(true);
                                }
                            }
                        });
        return lines;
    }

    /// An untouched required field is not scolded: the button says what is missing.
    private void check() {
        var shown = drawn;
        if (shown == null) {
            return;
        }
        var wrong = model.problems();
        boolean good = true;
        problems.forEach(
                (name, label) -> {
                    var text = wrong.getOrDefault(name, "");
                    label.setText(text);
                    label.setVisible(!text.isEmpty());
                });
        var missing = new ArrayList<String>();
        for (var f : shown.form().fields()) {
            if (f.required() && f.textProperty().get().isBlank()) {
                missing.add(f.name().replace('_', ' '));
            }
            good &= wrong.getOrDefault(f.name(), "").isEmpty();
        }
        run.setDisable(!good || !missing.isEmpty() || model.runningProperty().get() != null);
        run.setAccessibleHelp(
                missing.isEmpty()
                        ? null
                        : Texts.of("Still needed: %s", String.join(", ", missing)));
    }

    private void showRunning() {
        var work = model.runningProperty().get();
        cancel.setVisible(work != null);
        cancel.setManaged(work != null);
        check();
    }

    private void showResult() {
        var report = model.resultProperty().get();
        resultPlace.getChildren().clear();
        if (report == null) {
            return;
        }
        resultPlace.getChildren().add(RunResult.withHead(session, report));
    }
}

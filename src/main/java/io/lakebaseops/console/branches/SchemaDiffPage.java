package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.migration.CaptureSchemaDiff.Compared;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.console.parts.VerdictLine;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The schemas of any two branches side by side: what differs, both definitions, and the DDL from
/// one to the other, which can be written to a file.
final class SchemaDiffPage extends HBox {
    private final BranchesViewModel model;
    private final VerdictLine verdict = new VerdictLine();
    private final ComboBox<String> source = new ComboBox<>();
    private final ComboBox<String> target = new ComboBox<>();
    private final CheckBox wake = new CheckBox(Texts.of("Wake computes"));
    private final Button compare;
    private final SchemaDiffCards cards = new SchemaDiffCards();
    private final Label caveats = Nodes.wrapped("", "row-sub");
    private final SidePane pane;
    private @Nullable SchemaDiffRun shown;
    private boolean filling;

    SchemaDiffPage(BranchesViewModel model) {
        this.model = model;
        pane = new SidePane("ddl-pane", model::back);
        setId("schema-diff-page");
        getStyleClass().add("screen");
        managedProperty().bind(visibleProperty());
        verdict.setId("schema-verdict");
        source.setId("diff-source");
        source.setAccessibleText(Texts.of("Statements start from"));
        target.setId("diff-target");
        target.setAccessibleText(Texts.of("Statements lead to"));
        for (var choice : List.of(source, target)) {
            choice.setPrefWidth(170);
            choice.setMinWidth(130);
            choice.valueProperty().addListener((_, _, _) -> compareAgain());
        }
        wake.setId("diff-wake");
        wake.setMnemonicParsing(false);
        wake.setMinWidth(USE_PREF_SIZE);
        Nodes.tip(wake, Texts.of("A suspended compute may be started to read its schema"));
        compare = Nodes.button(Texts.of("Compare again"), this::run, "small");
        compare.setId("compare-schemas");
        var crumbs =
                Nodes.row(
                        back(model),
                        Nodes.label(Texts.of("Schema diff"), "row-sub"),
                        Nodes.spacer(),
                        source,
                        Nodes.iconButton(
                                Feather.REPEAT, Texts.of("The other way round"), this::turn),
                        target,
                        wake,
                        compare);
        caveats.managedProperty().bind(caveats.visibleProperty());
        VBox.setVgrow(cards, Priority.ALWAYS);
        var content = new VBox(10, crumbs, verdict, cards, caveats);
        content.getStyleClass().add("screen-content");
        content.setMinWidth(0);
        HBox.setHgrow(content, Priority.ALWAYS);
        getChildren().addAll(content, pane);
        model.diffs().runProperty().addListener((_, _, run) -> show(run));
        cards.selectedProperty().addListener((_, _, _) -> showPane());
    }

    static Button back(BranchesViewModel model) {
        var back = Nodes.button(Texts.of("Branches"), model::back, "link");
        back.setId("back-to-branches");
        back.setAccessibleText(Texts.of("Back to Branches"));
        return back;
    }

    private void turn() {
        model.diffs().compare(target.getValue(), source.getValue(), wake.isSelected());
    }

    private void run() {
        model.diffs().compare(source.getValue(), target.getValue(), wake.isSelected());
    }

    private void compareAgain() {
        if (!filling && source.getValue() != null && target.getValue() != null) {
            run();
        }
    }

    private void show(@Nullable SchemaDiffRun run) {
        shown = run;
        if (run == null) {
            return;
        }
        filling = true;
        for (var choice : List.of(source, target)) {
            choice.getItems().setAll(model.names());
        }
        source.setValue(run.source());
        target.setValue(run.target());
        filling = false;
        wake.setSelected(run.wake());
        compare.setDisable(run.running());
        var failure = run.failure();
        var output = run.output();
        if (run.running()) {
            verdict.loading(
                    Texts.of("Reading the schemas of %s and %s …", run.source(), run.target()));
        } else if (failure != null) {
            verdict.say(Role.CRITICAL, failure);
        } else if (output != null) {
            var said = said(run, output.equal());
            verdict.say(output.equal() ? Role.OK : Role.INFO, said, run.source(), run.target());
        }
        caveats.setText(String.join("\n", run.caveats()));
        caveats.setVisible(!run.caveats().isEmpty());
        cards.show(run.source(), run.target(), databases(run));
        showPane();
        if (output != null) {
            cards.focus();
        }
    }

    private static String said(SchemaDiffRun run, boolean equal) {
        var output = Objects.requireNonNull(run.output());
        long objects = output.databases().stream().mapToLong(Compared::objects).sum();
        if (equal) {
            return Texts.of(
                    "No difference: %s and %s have the same schema (%s).",
                    run.source(), run.target(), Texts.count(objects, "object"));
        }
        var changes = SchemaChange.of(output.databases());
        var parts = new ArrayList<String>();
        add(parts, SchemaChange.count(changes, "added"), "added");
        add(parts, SchemaChange.count(changes, "altered"), "changed");
        add(parts, SchemaChange.count(changes, "removed"), "removed");
        if (!output.onlyInSource().isEmpty()) {
            parts.add(Texts.of("database %s is missing", String.join(", ", output.onlyInSource())));
        }
        if (!output.onlyInTarget().isEmpty()) {
            parts.add(
                    Texts.of(
                            "database %s is only there", String.join(", ", output.onlyInTarget())));
        }
        return parts.isEmpty()
                ? Texts.of("What could be compared is equal; not all could be.")
                : Texts.of(
                        "%s differs from %s: %s.",
                        run.target(), run.source(), String.join(", ", parts));
    }

    private static void add(List<String> parts, long n, String words) {
        if (n > 0) {
            parts.add(n + " " + words);
        }
    }

    private static List<Compared> databases(SchemaDiffRun run) {
        var output = run.output();
        return output == null
                ? List.of()
                : output.databases().stream()
                        .filter(d -> !d.equal() || !d.notCompared().isEmpty())
                        .toList();
    }

    private void showPane() {
        var run = shown;
        if (run == null || run.output() == null) {
            pane.hide();
            return;
        }
        var databases = databases(run);
        pane.title(null, Texts.of("DDL, %s to %s", run.source(), run.target()), List.of());
        DdlPane.pills(pane, databases);
        var nodes = new ArrayList<Node>(DdlPane.lines(databases, cards.selectedProperty().get()));
        if (nodes.isEmpty()) {
            nodes.add(
                    Nodes.wrapped(
                            Texts.of("There is nothing to do: the schemas are equal."), "row-sub"));
        } else if (databases.stream().anyMatch(d -> !d.derivable())) {
            nodes.add(
                    Nodes.wrapped(
                            Texts.of(
                                    "What is not derivable has to be written by a person: the catalog cannot tell a rename from a drop and an add."),
                            "row-sub"));
        }
        pane.content(run.source() + " " + run.target(), nodes);
        var script = SchemaChange.script(run.source(), run.target(), databases);
        var copy = Nodes.button(Texts.of("Copy"), () -> SqlView.copy(script));
        copy.setId("copy-ddl");
        var export =
                Nodes.button(
                        Texts.of("Export to a file…"),
                        () ->
                                FileExport.ask(
                                        getScene().getWindow(),
                                        "%s-to-%s.sql".formatted(run.source(), run.target()),
                                        path -> model.write(path, script)),
                        "accent");
        export.setId("export-ddl");
        boolean none = databases.stream().allMatch(d -> d.ddl().isEmpty());
        export.setDisable(none);
        copy.setDisable(none);
        pane.acts(null, List.of(copy, export));
    }

    boolean onKey(KeyEvent key) {
        switch (key.getCode()) {
            case OPEN_BRACKET -> cards.step(-1);
            case CLOSE_BRACKET -> cards.step(1);
            default -> {
                return false;
            }
        }
        return true;
    }
}

package io.lakebaseops.console.branches;

import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;

import org.kordamp.ikonli.feather.Feather;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The form that starts a migration test; every field is checked as one types.
final class MigrationStart extends VBox {
    private final MigrationModel model;
    private final BranchesViewModel branches;
    private final TextField pr = new TextField();
    private final TextArea files = Nodes.lines();
    private final ComboBox<String> source = new ComboBox<>();
    private final ComboBox<String> live = new ComboBox<>();
    private final TextArea checks = Nodes.lines();
    private final TextField limit = new TextField();
    private final Map<String, Label> problems = new LinkedHashMap<>();
    private final Button start;
    private boolean filling;
    private boolean touched;

    MigrationStart(BranchesViewModel branches) {
        super(10);
        this.branches = branches;
        model = branches.migration();
        getStyleClass().addAll("card", "migration-start");
        setId("migration-start");
        setMaxWidth(860);
        files.setPrefRowCount(2);
        files.setPromptText(Texts.of("/home/you/shop/migrations, or one file a line"));
        checks.setPrefRowCount(2);
        checks.setPromptText(
                Texts.of("select id from orders where total < 0   (rows it returns are wrong)"));
        pr.setPrefWidth(120);
        limit.setPrefWidth(120);
        start = Nodes.button(Texts.of("Test it on a branch"), model::start, "accent");
        start.setId("start-migration");
        var choose = Nodes.iconButton(Feather.FOLDER, Texts.of("Choose a folder…"), this::choose);
        HBox.setHgrow(files, Priority.ALWAYS);
        getChildren()
                .addAll(
                        Nodes.label(
                                Texts.of("Test a migration on a branch of its own"), "card-title"),
                        Nodes.wrapped(
                                Texts.of(
                                        "A copy of the source is made, the files are applied to it, its schema and the top statements are compared, every lock is watched, and the copy is deleted again. Nothing else is changed."),
                                "row-sub"),
                        line(
                                field(Texts.of("Pull request"), MigrationForm.PR, pr),
                                field(Texts.of("Copy of"), MigrationForm.SOURCE, source),
                                field(Texts.of("Live traffic of"), MigrationForm.LIVE, live),
                                field(
                                        Texts.of("Longest lock allowed"),
                                        MigrationForm.LOCK_LIMIT,
                                        limit)),
                        field(
                                Texts.of("Migration files or folders"),
                                MigrationForm.FILES,
                                files,
                                choose),
                        field(Texts.of("Checks of your own (optional)"), "checks", checks),
                        Nodes.row(Nodes.spacer(), start));
        text(pr);
        text(files);
        text(checks);
        text(limit);
        source.valueProperty().addListener((_, _, _) -> typed());
        live.valueProperty().addListener((_, _, _) -> typed());
    }

    private static HBox line(Node... nodes) {
        var line = new HBox(12, nodes);
        return line;
    }

    private VBox field(String words, String id, Node control, Node... beside) {
        control.setId("migration-" + id);
        var label = Nodes.label(words, "section");
        label.setLabelFor(control);
        var problem = Nodes.label(" ", "problem");
        problem.setId("migration-problem-" + id);
        problem.setMaxWidth(240);
        problems.put(id, problem);
        var row = new HBox(6, control);
        row.getChildren().addAll(beside);
        var box = new VBox(3, label, row, problem);
        if (control instanceof TextArea) {
            HBox.setHgrow(control, Priority.ALWAYS);
            problem.setMaxWidth(Double.MAX_VALUE);
        }
        return box;
    }

    private void text(TextInputControl control) {
        control.textProperty().addListener((_, _, _) -> typed());
    }

    private void choose() {
        var chosen = new DirectoryChooser().showDialog(getScene().getWindow());
        if (chosen != null) {
            var before = files.getText().isBlank() ? "" : files.getText().strip() + "\n";
            files.setText(before + chosen);
        }
    }

    private void typed() {
        if (filling) {
            return;
        }
        touched = true;
        model.form(
                new MigrationForm(
                        pr.getText(),
                        files.getText(),
                        word(source),
                        word(live),
                        checks.getText(),
                        limit.getText()));
        check();
    }

    private static String word(ComboBox<String> choice) {
        var value = choice.getValue();
        return value == null ? "" : value;
    }

    void show() {
        filling = true;
        var form = model.formProperty().get();
        for (var choice : List.of(source, live)) {
            if (!choice.getItems().equals(branches.names())) {
                choice.getItems().setAll(branches.names());
            }
        }
        set(pr, form.pr());
        set(files, form.files());
        set(checks, form.checks());
        set(limit, form.lockLimit());
        source.setValue(form.source());
        live.setValue(form.live());
        filling = false;
        check();
    }

    private static void set(TextInputControl control, String text) {
        if (!control.getText().equals(text)) {
            control.setText(text);
        }
    }

    /// What is wrong is said from the first key on; an untouched form does not scold.
    private void check() {
        var wrong = model.problems();
        problems.forEach(
                (id, label) -> {
                    var text = touched ? wrong.getOrDefault(id, "") : "";
                    label.setText(text.isEmpty() ? " " : text);
                });
        start.setDisable(!wrong.isEmpty() || branches.workingProperty().get());
    }

    void focus() {
        pr.requestFocus();
    }
}

package io.lakebaseops.console.agents;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.framework.ToolKind;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The side pane of one tool: what it does, a form for its input, and what the last run brought.
final class ToolPane extends VBox {
    private final ConsoleSession session;
    private final AgentsViewModel model;
    private final VBox inner = new VBox(12);
    private final VBox resultPlace = new VBox(8);
    private final Button run = Nodes.button(Messages.of("agents.run"), this::run, "accent");
    private final Button cancel = Nodes.button(Messages.of("agents.cancel"), this::cancel);
    private final ProgressBar progress = new ProgressBar();
    private final Label message = Nodes.label("", "row-sub");

    ToolPane(ConsoleSession session, AgentsViewModel model) {
        super(8);
        this.session = session;
        this.model = model;
        setId("tool-pane");
        run.setId("run-tool");
        getStyleClass().addAll("card", "detail-card");
        inner.getStyleClass().add("side-pane-content");
        var scroll = new ScrollPane(inner);
        scroll.setFitToWidth(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        VBox.setVgrow(this, Priority.ALWAYS);
        var acts = new HBox(8, run, cancel, progress, message);
        acts.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(scroll, acts);
        model.formProperty().addListener((_, _, form) -> show(form));
        model.resultProperty().addListener((_, _, _) -> showResult());
        model.runningProperty().addListener((_, _, _) -> showRunning());
        session.age().textProperty().addListener((_, _, _) -> showRunning());
        show(model.formProperty().get());
    }

    private void show(@Nullable ToolForm form) {
        setVisible(form != null);
        setManaged(form != null);
        inner.getChildren().clear();
        if (form == null) {
            return;
        }
        var tool = form.tool();
        var title = Nodes.wrapped(tool.name().replace('_', ' '), "pane-title");
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        var head =
                new HBox(
                        8,
                        title,
                        Nodes.pill(
                                kind(tool.kind()),
                                tool.kind() == ToolKind.CHANGE ? Role.WARNING : Role.INFO),
                        Nodes.iconButton(Feather.X, "Close (Esc)", model::close));
        head.setAlignment(Pos.TOP_LEFT);
        inner.getChildren()
                .addAll(
                        head,
                        Nodes.wrapped(tool.summary(), "row-title"),
                        Nodes.wrapped(
                                tool.agent()
                                        + " · "
                                        + tool.module()
                                        + " · "
                                        + CronWords.of(tool.schedule())
                                        + " · on "
                                        + session.target(),
                                "row-sub"));
        form.fields().forEach(f -> inner.getChildren().add(field(f)));
        if (tool.kind() == ToolKind.CHANGE) {
            inner.getChildren().add(Nodes.wrapped(Messages.of("agents.change.note"), "row-sub"));
        }
        inner.getChildren().add(resultPlace);
        showRunning();
        showResult();
    }

    private static String kind(ToolKind kind) {
        return switch (kind) {
            case READ -> "reads";
            case CHANGE -> "proposes changes";
            case HISTORY -> "appends history";
        };
    }

    private static Node field(FormField f) {
        var label = Nodes.label(f.name().replace('_', ' ') + (f.required() ? " *" : ""), "section");
        var control = control(f);
        control.setId("field-" + f.name());
        label.setLabelFor(control);
        var help = Nodes.wrapped(f.description(), "row-sub");
        help.setManaged(!f.description().isEmpty());
        var problem = Nodes.wrapped("", "problem");
        problem.textProperty().bind(f.problemProperty());
        problem.managedProperty().bind(f.problemProperty().isNotEmpty());
        problem.visibleProperty().bind(f.problemProperty().isNotEmpty());
        label.setManaged(f.kind() != FormField.Kind.FLAG);
        label.setVisible(label.isManaged());
        return new VBox(3, label, control, help, problem);
    }

    private static Node control(FormField f) {
        return switch (f.kind()) {
            case FLAG -> {
                var box = new CheckBox(f.name().replace('_', ' '));
                box.setSelected(Boolean.parseBoolean(f.textProperty().get()));
                box.selectedProperty()
                        .addListener((_, _, on) -> f.textProperty().set(on.toString()));
                yield box;
            }
            case CHOICE -> {
                var choice = new ComboBox<String>();
                choice.getItems().setAll(f.choices());
                choice.valueProperty().bindBidirectional(f.textProperty());
                choice.setMaxWidth(Double.MAX_VALUE);
                yield choice;
            }
            case TEXT, WHOLE, NUMBER, STRUCTURE -> {
                var text = new TextField();
                text.textProperty().bindBidirectional(f.textProperty());
                yield text;
            }
        };
    }

    private void run() {
        model.run();
    }

    private void cancel() {
        model.cancel();
    }

    private void showRunning() {
        var work = model.runningProperty().get();
        run.setDisable(work != null);
        for (var node : new Node[] {cancel, progress, message}) {
            node.setVisible(work != null);
            node.setManaged(work != null);
        }
        if (work != null) {
            progress.setProgress(work.progress());
            message.setText(work.message());
        }
    }

    private void showResult() {
        resultPlace.getChildren().clear();
        var report = model.resultProperty().get();
        if (report != null) {
            resultPlace.getChildren().setAll(new RunResult(session, report));
        }
    }
}

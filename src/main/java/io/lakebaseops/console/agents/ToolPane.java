package io.lakebaseops.console.agents;

import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.CronWords;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.TargetWords;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.Role;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.console.parts.SqlView;
import io.lakebaseops.framework.ToolKind;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// The side pane of one tool: what the last run brought on top, then what it does and a form for
/// its input; the button to run it stays at the foot.
final class ToolPane {
    private final ConsoleSession session;
    private final AgentsViewModel model;
    private final SidePane pane;
    private final VBox resultPlace = new VBox(8);
    private final Button run;
    private final Button cancel;
    private final ProgressBar progress = new ProgressBar();
    private final Label message = Nodes.wrapped("", "row-sub");

    ToolPane(ConsoleSession session, AgentsViewModel model) {
        this.session = session;
        this.model = model;
        pane = new SidePane("tool-pane", model::close);
        run = Nodes.button(Messages.of("agents.run"), model::run, "accent");
        run.setId("run-tool");
        cancel = Nodes.button(Messages.of("agents.cancel"), model::cancel, "danger");
        progress.setPrefWidth(120);
        model.formProperty().addListener((_, _, form) -> show(form));
        model.resultProperty().addListener((_, _, _) -> showResult());
        model.runningProperty().addListener((_, _, _) -> showRunning());
        session.age().textProperty().addListener((_, _, _) -> showRunning());
        show(model.formProperty().get());
    }

    SidePane node() {
        return pane;
    }

    private void show(@Nullable ToolForm form) {
        if (form == null) {
            pane.hide();
            return;
        }
        var tool = form.tool();
        boolean changes = tool.kind() == ToolKind.CHANGE;
        pane.title(
                null,
                ToolWords.title(tool.name()),
                List.of(Nodes.pill(kind(tool.kind()), changes ? Role.WARNING : Role.INFO)));
        pane.note(
                Texts.of(
                        "%s · %s · on %s",
                        ToolWords.title(tool.agent()),
                        CronWords.of(tool.schedule()),
                        TargetWords.of(session.target())));
        var lines = new ArrayList<Node>();
        lines.add(resultPlace);
        lines.add(Nodes.wrapped(tool.summary(), "row-title"));
        form.fields().forEach(f -> lines.add(FieldControl.of(f, List.of())));
        pane.content(tool.name(), lines);
        var copy = Nodes.button(Messages.of("agents.copy.command"), () -> copyCommand(form));
        copy.setId("copy-command");
        message.setText(Messages.of(changes ? "agents.change.note" : "agents.read.note"));
        pane.acts(message, List.of(progress, copy, cancel, run));
        showRunning();
        showResult();
    }

    /// The same run for the command line; a form holds no secrets.
    private static void copyCommand(ToolForm form) {
        var input = form.input().map(Object::toString).orElse("{}");
        SqlView.copy(
                "lakebaseops tool "
                        + form.tool().name()
                        + " --input '"
                        + input.replace("'", "'\\''")
                        + "'");
    }

    private static String kind(ToolKind kind) {
        return switch (kind) {
            case READ -> Texts.of("only reads");
            case CHANGE -> Texts.of("proposes changes");
            case HISTORY -> Texts.of("appends history");
        };
    }

    private void showRunning() {
        var form = model.formProperty().get();
        var work = model.runningProperty().get();
        run.setDisable(work != null);
        for (var node : new Node[] {cancel, progress}) {
            node.setVisible(work != null);
            node.setManaged(work != null);
        }
        if (work != null) {
            progress.setProgress(work.progress());
            message.setText(work.message());
        } else if (form != null) {
            message.setText(
                    Messages.of(
                            form.tool().kind() == ToolKind.CHANGE
                                    ? "agents.change.note"
                                    : "agents.read.note"));
        }
    }

    private void showResult() {
        resultPlace.getChildren().clear();
        var report = model.resultProperty().get();
        resultPlace.setManaged(report != null);
        resultPlace.getStyleClass().removeAll("result-box");
        if (report != null) {
            resultPlace.getStyleClass().add("result-box");
            Nodes.role(resultPlace, Tables.role(report.status()));
            resultPlace.getChildren().setAll(RunResult.withHead(session, report));
            pane.toTop();
        }
    }
}

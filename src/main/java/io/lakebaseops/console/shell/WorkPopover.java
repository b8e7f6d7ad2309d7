package io.lakebaseops.console.shell;

import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.framework.work.Work;

import javafx.collections.ListChangeListener;
import javafx.scene.layout.VBox;

import org.controlsfx.control.TaskProgressView;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.List;
import java.util.concurrent.Executor;

/// The running work with progress and cancel, above the status bar.
final class WorkPopover extends VBox {
    private final TaskProgressView<WorkTask> view = new TaskProgressView<>();
    private final Executor background;

    WorkPopover(ShellViewModel model, Executor background, Runnable close) {
        super(8);
        this.background = background;
        getStyleClass().addAll("popover", "work-popover");
        setMaxSize(420, 320);
        setPrefSize(420, 320);
        view.setGraphicFactory(_ -> new FontIcon(Feather.CPU));
        view.setRetainTasks(false);
        VBox.setVgrow(view, javafx.scene.layout.Priority.ALWAYS);
        getChildren()
                .addAll(
                        Nodes.row(
                                Nodes.label(Messages.of("shell.work"), "card-title"),
                                Nodes.spacer(),
                                Nodes.iconButton(Feather.X, Texts.of("Close (Esc)"), close)),
                        view);
        model.work().addListener((ListChangeListener<Work<?>>) _ -> show(model.work()));
        show(model.work());
    }

    private void show(List<Work<?>> running) {
        var known = view.getTasks().stream().map(t -> t.work().id()).toList();
        for (var work : running) {
            if (!known.contains(work.id())) {
                var task = new WorkTask(work);
                view.getTasks().add(task);
                background.execute(task);
            }
        }
    }
}

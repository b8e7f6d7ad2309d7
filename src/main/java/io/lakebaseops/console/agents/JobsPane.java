package io.lakebaseops.console.agents;

import io.lakebaseops.console.CronWords;
import io.lakebaseops.console.Messages;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.ToolWords;
import io.lakebaseops.console.parts.Nodes;
import io.lakebaseops.console.parts.SidePane;
import io.lakebaseops.framework.JobScheduler.JobStatus;

import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.layout.VBox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Asks which jobs to run now. Jobs that change something are not ticked: nobody vacuums or resets
/// a branch at noon by accident.
final class JobsPane {
    private final AgentsViewModel model;
    private final SidePane pane = new SidePane("jobs-pane", this::close);

    JobsPane(AgentsViewModel model) {
        this.model = model;
    }

    SidePane node() {
        return pane;
    }

    void open(List<JobStatus> jobs) {
        var boxes = new LinkedHashMap<String, CheckBox>();
        var lines = new ArrayList<Node>();
        lines.add(Nodes.wrapped(Messages.of("agents.jobs.ask"), "row-sub"));
        for (var job : jobs) {
            var name = job.definition().name();
            boolean changes = model.changes(job);
            var box = new CheckBox(ToolWords.title(name));
            box.setId("run-" + name);
            box.setMnemonicParsing(false);
            box.setSelected(!changes && !job.paused() && job.running() == null);
            box.setDisable(job.running() != null);
            boxes.put(name, box);
            lines.add(new VBox(2, box, Nodes.wrapped(note(job, changes), "row-sub", "below-box")));
        }
        var run =
                Nodes.button(
                        Messages.of("agents.jobs.run"),
                        () -> {
                            var chosen =
                                    boxes.entrySet().stream()
                                            .filter(e -> e.getValue().isSelected())
                                            .map(java.util.Map.Entry::getKey)
                                            .toList();
                            model.runJobs(chosen);
                            close();
                        },
                        "accent");
        run.setId("run-chosen");
        pane.title(null, Messages.of("agents.jobs.title"), List.of());
        pane.content("jobs", lines);
        pane.acts(null, List.of(Nodes.button(Texts.of("Cancel"), this::close), run));
    }

    private static String note(JobStatus job, boolean changes) {
        if (job.running() != null) {
            return Texts.of("is running");
        }
        return CronWords.of(job.definition().cron())
                + (changes
                        ? Texts.of(" · proposes and, at low risk, makes changes")
                        : Texts.of(" · only reads"))
                + (job.paused() ? Texts.of(" · paused") : "");
    }

    void close() {
        pane.hide();
    }
}

package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.governance.DatabaseNames;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.agents.FormField;
import io.lakebaseops.console.agents.ToolForm;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.framework.work.Work;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The tools that set up and govern a project: the one chosen, its form, and what its run brought.
final class ProjectToolsModel {
    private final BranchesViewModel model;
    private final AgentFramework framework;
    private final ConsoleSession session;
    private final Function<TargetId, DatabaseNames> names;
    private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Chosen> chosen = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Work<ToolReport>> running =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable ToolReport> result =
            new ReadOnlyObjectWrapper<>();
    private DatabaseNames known = DatabaseNames.NONE;

    /// @param checks what the database says about the inputs
    record Chosen(ProjectTool tool, ToolForm form, FieldChecks checks) {}

    ProjectToolsModel(
            BranchesViewModel model,
            AgentFramework framework,
            ConsoleSession session,
            Function<TargetId, DatabaseNames> names) {
        this.model = model;
        this.framework = framework;
        this.session = session;
        this.names = names;
    }

    void open() {
        if (chosen.get() == null) {
            tools().stream().findFirst().ifPresent(this::choose);
        }
        open.set(true);
        model.aside(
                names,
                found -> {
                    known = found;
                    var now = chosen.get();
                    if (now != null) {
                        chosen.set(new Chosen(now.tool(), now.form(), checks()));
                    }
                },
                () -> {});
    }

    void close() {
        open.set(false);
    }

    void forget() {
        close();
        chosen.set(null);
        result.set(null);
        known = DatabaseNames.NONE;
    }

    /// Those of the list that the catalog has.
    List<ProjectTool> tools() {
        return ProjectTool.ALL.stream()
                .filter(t -> framework.catalog().find(t.name()).isPresent())
                .toList();
    }

    void choose(ProjectTool tool) {
        var now = chosen.get();
        if (now != null && now.tool().equals(tool)) {
            return;
        }
        framework
                .catalog()
                .find(tool.name())
                .ifPresent(
                        found -> {
                            result.set(null);
                            chosen.set(new Chosen(tool, new ToolForm(found), checks()));
                        });
    }

    private FieldChecks checks() {
        return new FieldChecks(known, model.names());
    }

    /// What the database says about the fields, by field; empty texts where nothing is wrong.
    Map<String, String> problems() {
        var now = chosen.get();
        var found = new HashMap<String, String>();
        if (now != null) {
            var values = new HashMap<String, String>();
            now.form().fields().forEach(f -> values.put(f.name(), f.textProperty().get()));
            for (var field : now.form().fields()) {
                found.put(
                        field.name(),
                        now.checks()
                                .problem(
                                        now.tool().name(),
                                        field.name(),
                                        values.getOrDefault(field.name(), ""),
                                        values));
            }
        }
        return found;
    }

    Optional<FormField> field(String name) {
        var now = chosen.get();
        return now == null
                ? Optional.empty()
                : now.form().fields().stream().filter(f -> f.name().equals(name)).findFirst();
    }

    void run() {
        var now = chosen.get();
        if (now == null || running.get() != null) {
            return;
        }
        var input = now.form().input().orElse(null);
        if (input == null || problems().values().stream().anyMatch(p -> !p.isEmpty())) {
            return;
        }
        result.set(null);
        var actor = session.actor();
        model.ask(
                target -> framework.start(now.tool().name(), input, target, actor),
                work -> {
                    running.set(work);
                    model.aside(
                            _ -> work.join(),
                            report -> {
                                if (now == chosen.get() || sameTool(now)) {
                                    result.set(report);
                                }
                                model.refresh();
                            },
                            () -> running.set(null));
                });
    }

    private boolean sameTool(Chosen then) {
        var now = chosen.get();
        return now != null && now.tool().equals(then.tool());
    }

    void cancel() {
        var work = running.get();
        if (work != null) {
            work.cancel();
        }
    }

    ReadOnlyBooleanProperty openProperty() {
        return open.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable Chosen> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable Work<ToolReport>> runningProperty() {
        return running.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable ToolReport> resultProperty() {
        return result.getReadOnlyProperty();
    }
}

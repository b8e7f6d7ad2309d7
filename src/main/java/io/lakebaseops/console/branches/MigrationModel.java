package io.lakebaseops.console.branches;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.agents.provisioning.migration.MigrationTestBoard.Test;
import io.lakebaseops.agents.provisioning.migration.MigrationTestStages;
import io.lakebaseops.agents.provisioning.migration.TestMigrationOnBranch;
import io.lakebaseops.change.approval.ApprovalDesk;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.framework.work.Work;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The migration test that is shown: the form before it, its steps while it runs, its result, and
/// the plans that apply it.
final class MigrationModel {
    private final BranchesViewModel model;
    private final AgentFramework framework;
    private final ApprovalDesk desk;
    private final Function<TargetId, Optional<Test>> tests;
    private final ConsoleSession session;
    private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Test> test = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<MigrationForm> form =
            new ReadOnlyObjectWrapper<>(
                    new MigrationForm("", "", "staging", "production", "", "1 s"));
    private final ReadOnlyObjectWrapper<String> failure = new ReadOnlyObjectWrapper<>("");
    private final ReadOnlyObjectWrapper<Map<String, Followed>> applied =
            new ReadOnlyObjectWrapper<>(Map.of());
    private @Nullable Work<ToolReport> work;
    private boolean again;

    MigrationModel(
            BranchesViewModel model,
            AgentFramework framework,
            ApprovalDesk desk,
            Function<TargetId, Optional<Test>> tests,
            ConsoleSession session) {
        this.model = model;
        this.framework = framework;
        this.desk = desk;
        this.tests = tests;
        this.session = session;
    }

    void open() {
        var names = model.names();
        var typed = form.get();
        if (!names.contains(typed.source())) {
            // Where there is no staging, the branch everything comes from is tested against.
            var root = model.root().orElse(typed.source());
            form.set(
                    new MigrationForm(
                            typed.pr(),
                            typed.files(),
                            root,
                            root,
                            typed.checks(),
                            typed.lockLimit()));
        }
        tick();
        open.set(true);
    }

    void close() {
        open.set(false);
        again = false;
    }

    void forget() {
        close();
        test.set(null);
        failure.set("");
        applied.set(Map.of());
        work = null;
    }

    void form(MigrationForm next) {
        form.set(next);
    }

    Map<String, String> problems() {
        return form.get().problems(model.names());
    }

    /// The form once more, with what was typed.
    void again() {
        again = true;
        failure.set("");
        test.set(null);
    }

    void start() {
        var typed = form.get();
        if (!problems().isEmpty()) {
            return;
        }
        failure.set("");
        applied.set(Map.of());
        var actor = session.actor();
        model.ask(
                target -> {
                    for (var file : typed.fileList()) {
                        if (!Files.exists(Path.of(file))) {
                            throw new OpsException(
                                    OpsException.Kind.NOT_FOUND,
                                    Texts.of("Reading the migration"),
                                    Texts.of("there is no file or folder %s", file),
                                    Texts.of("check the path"));
                        }
                    }
                    return framework.start(
                            "test_migration_on_branch", typed.input(), target, actor);
                },
                started -> {
                    work = started;
                    again = false;
                    tick();
                });
    }

    void cancel() {
        var running = work;
        if (running != null) {
            running.cancel();
        }
    }

    /// The test as it is now; asks no server.
    void tick() {
        if (!again) {
            var now = tests.apply(session.target()).orElse(null);
            if (now != test.get()) {
                test.set(now);
            }
        }
        var running = work;
        var report = running == null ? null : running.resultOrNull();
        if (report != null) {
            work = null;
            if (report.status() != ToolReport.Status.OK) {
                failure.set(String.valueOf(report.error()));
            }
            model.refresh();
        }
    }

    boolean running() {
        var shown = test.get();
        return shown != null && shown.running();
    }

    /// The branch it is to be applied on next: first where it was tested against, then production.
    Optional<String> next() {
        var shown = test.get();
        if (shown == null) {
            return Optional.empty();
        }
        for (var branch : targets(shown.input())) {
            var plan = applied.get().get(branch);
            if (plan == null || !plan.done()) {
                return Optional.of(branch);
            }
        }
        return Optional.empty();
    }

    static List<String> targets(TestMigrationOnBranch.Input input) {
        return input.source().equals(input.live())
                ? List.of(input.live())
                : List.of(input.source(), input.live());
    }

    /// Why the next step cannot be taken; empty when it can.
    Optional<String> whyNoApply() {
        var shown = test.get();
        if (shown == null) {
            return Optional.of(Texts.of("Nothing was tested."));
        }
        if (shown.running()) {
            return Optional.of(Texts.of("The test runs."));
        }
        var output = shown.output();
        boolean went =
                output != null
                        && output.steps().stream()
                                .anyMatch(
                                        s ->
                                                s.number() == 4
                                                        && s.state()
                                                                == MigrationTestStages.State.DONE);
        if (!went) {
            return Optional.of(Texts.of("It did not apply on the copy."));
        }
        return next().map(applied.get()::get)
                .filter(Followed::open)
                .map(f -> f.words() + ".")
                .or(
                        () ->
                                next().isEmpty()
                                        ? Optional.of(Texts.of("It is applied."))
                                        : Optional.empty());
    }

    void apply() {
        var shown = test.get();
        var branch = next().orElse(null);
        if (shown == null || branch == null || whyNoApply().isPresent()) {
            return;
        }
        var input = JsonNodeFactory.instance.objectNode();
        var list = input.putArray("files");
        shown.input().files().forEach(list::add);
        var actor = session.actor();
        model.ask(
                at ->
                        framework.run(
                                "apply_schema_migration",
                                input,
                                new TargetId(at.profile(), at.project(), branch),
                                actor),
                report -> {
                    if (report.status() != ToolReport.Status.OK) {
                        failure.set(String.valueOf(report.error()));
                    } else if (report.plans().isEmpty()) {
                        failure.set(String.join("; ", report.caveats()));
                    } else {
                        put(branch, new Followed(report.plans().getFirst()));
                    }
                });
    }

    private void put(String branch, Followed plan) {
        var all = new LinkedHashMap<>(applied.get());
        all.put(branch, plan);
        applied.set(Map.copyOf(all));
    }

    boolean follows() {
        return applied.get().values().stream().anyMatch(Followed::open);
    }

    /// A plan was decided or ended somewhere.
    void follow() {
        applied.get()
                .forEach(
                        (branch, plan) -> {
                            if (plan.open()) {
                                model.aside(
                                        _ -> desk.find(plan.filed().id()),
                                        found -> found.ifPresent(f -> put(branch, new Followed(f))),
                                        () -> {});
                            }
                        });
    }

    ReadOnlyBooleanProperty openProperty() {
        return open.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable Test> testProperty() {
        return test.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<MigrationForm> formProperty() {
        return form.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<String> failureProperty() {
        return failure.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Map<String, Followed>> appliedProperty() {
        return applied.getReadOnlyProperty();
    }
}

package io.lakebaseops.console.branches;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.agents.provisioning.migration.CaptureSchemaDiff;
import io.lakebaseops.console.ConsoleSession;
import io.lakebaseops.console.Texts;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.ToolReport;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

/// The comparison of two schemas that is shown: begun, and replaced by its result.
final class SchemaDiffs {
    private final BranchesViewModel model;
    private final AgentFramework framework;
    private final ConsoleSession session;
    private final ReadOnlyObjectWrapper<@Nullable SchemaDiffRun> run =
            new ReadOnlyObjectWrapper<>();

    SchemaDiffs(BranchesViewModel model, AgentFramework framework, ConsoleSession session) {
        this.model = model;
        this.framework = framework;
        this.session = session;
    }

    ReadOnlyObjectProperty<@Nullable SchemaDiffRun> runProperty() {
        return run.getReadOnlyProperty();
    }

    void close() {
        run.set(null);
    }

    /// @param wake a suspended compute may be started
    void compare(String source, String target, boolean wake) {
        var begun = SchemaDiffRun.begun(source, target, wake, session.now());
        if (source.equals(target)) {
            run.set(begun.failed(Texts.of("these are one and the same branch"), session.now()));
            return;
        }
        run.set(begun);
        var input =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("source", source)
                        .put("target", target)
                        .put("wake", wake);
        var actor = session.actor();
        model.ask(
                at -> framework.run("capture_schema_diff", input, at, actor),
                report -> {
                    // Another comparison, or none, may be wanted by now.
                    if (begun.equals(run.get())) {
                        run.set(ended(begun, report));
                    }
                });
    }

    private SchemaDiffRun ended(SchemaDiffRun begun, ToolReport report) {
        return report.status() == ToolReport.Status.OK
                        && report.data() instanceof CaptureSchemaDiff.Output output
                ? begun.done(output, report.caveats(), session.now())
                : begun.failed(String.valueOf(report.error()), session.now());
    }
}

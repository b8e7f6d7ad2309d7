package io.lakebaseops.framework;

import com.fasterxml.jackson.databind.JsonNode;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.work.Work;

import java.util.List;

/// Runs tools. Console, command line, scheduler and chat all come through here, which gives
/// deadline, cancel, progress, run record, findings and the filing of plans once.
public interface AgentFramework {
    ToolCatalog catalog();

    /// Starts the run on a virtual thread; the work item is shown, cancellable, and yields the
    /// report. It never completes exceptionally: failures are reports.
    Work<ToolReport> start(String tool, JsonNode input, TargetId target, Actor actor);

    /// Runs a read tool anew and files the plan that mends one of its findings, and no other. No
    /// plan comes of it when the finding is no longer there.
    Work<ToolReport> mend(String tool, String fingerprint, TargetId target, Actor actor);

    /// The same and waits.
    default ToolReport run(String tool, JsonNode input, TargetId target, Actor actor) {
        return start(tool, input, target, actor).join();
    }

    /// The same as part of something larger: cancelled when that is.
    default ToolReport run(
            String tool, JsonNode input, TargetId target, Actor actor, Deadline within) {
        var work = start(tool, input, target, actor);
        try (var _ = within.onCancel(work::cancel)) {
            return work.join();
        }
    }

    /// The last runs, newest first.
    List<ToolReport> recent(int limit);
}

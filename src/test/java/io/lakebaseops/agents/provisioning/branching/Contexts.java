package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.testing.TestTargets;

import java.time.Clock;
import java.util.UUID;

/// Contexts of runs that are about a project, not a server.
public final class Contexts {
    private Contexts() {}

    public static ToolContext project(String project) {
        return new ToolContext(
                UUID.randomUUID(),
                new TargetId("local", project, "production"),
                Actor.human("ada"),
                TestTargets.deadline(),
                Clock.systemUTC(),
                ToolContext.Progress.SILENT);
    }
}

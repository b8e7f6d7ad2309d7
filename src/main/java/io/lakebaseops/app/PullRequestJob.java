package io.lakebaseops.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.agents.provisioning.branching.PullRequests;
import io.lakebaseops.agents.provisioning.branching.PullRequests.PullRequest;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.AgentFramework;
import io.lakebaseops.framework.work.TaskExecutor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;

/// Keeps the branches of open pull requests alive. They have 4 h, the branch manager comes every 6
/// h only, so projects with an open one are looked at in between.
final class PullRequestJob {
    /// Well below the life left at which the policy extends them.
    private static final Duration EVERY = Duration.ofMinutes(30);

    private static final String NAME = "pull requests";

    private static final Logger log = LoggerFactory.getLogger(PullRequestJob.class);

    private final Supplier<List<TargetId>> known;
    private final PullRequests pullRequests;
    private final AgentFramework framework;

    PullRequestJob(
            Supplier<List<TargetId>> known, PullRequests pullRequests, AgentFramework framework) {
        this.known = known;
        this.pullRequests = pullRequests;
        this.framework = framework;
    }

    void start(TaskExecutor room) {
        room.every(NAME, EVERY, () -> room.launch(NAME, this::look));
    }

    private void look() {
        var looked = new HashSet<String>();
        for (var target : known.get()) {
            try {
                if (looked.add(target.profile() + "/" + target.project())
                        && pullRequests.all(target).stream().anyMatch(PullRequest::open)) {
                    framework.start(
                            "enforce_ttl_policies",
                            JsonNodeFactory.instance.objectNode(),
                            target,
                            Actor.agent("provisioning"));
                }
            } catch (OpsException e) {
                log.warn("Branches of pull requests on {}: {}", target, e.getMessage());
            }
        }
    }
}

package io.lakebaseops.app;

import io.lakebaseops.agents.provisioning.branching.PlatformExpiry;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.work.TaskExecutor;
import io.lakebaseops.state.StateDb;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;

/// Notices branches that the platform deleted at their end. Every few minutes, one process of a
/// team at a time.
final class BranchExpiryJob {
    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final String NAME = "expired branches";
    private static final Logger log = LoggerFactory.getLogger(BranchExpiryJob.class);

    private final Supplier<List<TargetId>> known;
    private final PlatformExpiry expiry;
    private final Supplier<StateDb> state;

    BranchExpiryJob(
            Supplier<List<TargetId>> known, PlatformExpiry expiry, Supplier<StateDb> state) {
        this.known = known;
        this.expiry = expiry;
        this.state = state;
    }

    void start(TaskExecutor room) {
        room.every(NAME, EVERY, () -> room.launch(NAME, this::look));
    }

    private void look() {
        try {
            var turn = state.get().tryLease("expired-branches");
            if (turn.isPresent()) {
                try (var _ = turn.get()) {
                    lookAtAll();
                }
            }
        } catch (OpsException e) {
            log.warn("Expired branches were not looked for: {}", e.getMessage());
        }
    }

    private void lookAtAll() {
        var looked = new HashSet<String>();
        for (var target : known.get()) {
            try {
                if (looked.add(target.profile() + "/" + target.project())) {
                    expiry.look(target);
                }
            } catch (OpsException e) {
                log.warn("Expired branches of {}: {}", target, e.getMessage());
            }
        }
    }
}

package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.Branch;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the platform or our policy would refuse about a branch. Asked before anything is sent, so
/// that a person reads a reason instead of an error code.
final class BranchObstacles {
    private final ControlPlane plane;
    private final BranchPolicy policy;

    BranchObstacles(ControlPlane plane, BranchPolicy policy) {
        this.plane = plane;
        this.policy = policy;
    }

    record Obstacle(String why, String remedy) {}

    Optional<Obstacle> find(BranchSpec wanted, List<Branch> branches, Deadline deadline) {
        var known =
                inListing(
                        wanted.source(),
                        wanted.ttl(),
                        wanted.isProtected(),
                        branches,
                        policy.limits());
        if (known.isPresent()) {
            return known;
        }
        var count = BranchCount.of(plane, branches, policy.limits().branches(), deadline);
        if (count.unarchived() >= count.limit()) {
            var idle =
                    count.candidates().stream()
                            .map(BranchCount.Candidate::branch)
                            .collect(Collectors.joining(", "));
            return because(
                    "%d of %d branches are in use".formatted(count.unarchived(), count.limit()),
                    idle.isEmpty()
                            ? "delete a branch first"
                            : "delete one of the idle ones: " + idle);
        }
        return Optional.empty();
    }

    /// What the listing alone tells.
    ///
    /// @param ttl null = no expiry
    static Optional<Obstacle> inListing(
            String sourceId,
            @Nullable Duration ttl,
            boolean isProtected,
            List<Branch> branches,
            BranchPolicy.Limits limits) {
        var source = branches.stream().filter(b -> b.id().equals(sourceId)).findFirst();
        if (source.isEmpty()) {
            return because(
                    "there is no branch %s to copy".formatted(sourceId),
                    "choose one of "
                            + branches.stream().map(Branch::id).collect(Collectors.joining(", ")));
        }
        if (source.get().expiresAt() != null) {
            return because(
                    "%s expires, and a branch that expires cannot have children"
                            .formatted(sourceId),
                    "copy a branch without an expiry, or remove that of " + sourceId);
        }
        if (ttl != null && ttl.compareTo(limits.longestTtl()) > 0) {
            return because(
                    "a branch may live %d days at most".formatted(limits.longestTtl().toDays()),
                    "ask for less, or for none");
        }
        var holder = branches.stream().filter(Branch::isProtected).findFirst();
        if (isProtected && holder.isPresent()) {
            return because(
                    "only one branch of a project can be protected, and %s is"
                            .formatted(holder.get().id()),
                    "unprotect it first");
        }
        return Optional.empty();
    }

    static OpsException badTtl(String text, @Nullable Throwable cause) {
        return new OpsException(
                OpsException.Kind.INVALID_INPUT,
                "Reading the life of the branch",
                "'%s' is not a length of time".formatted(text),
                "write 30m, 4h, 7d or none",
                cause);
    }

    private static Optional<Obstacle> because(String why, String remedy) {
        return Optional.of(new Obstacle(why, remedy));
    }
}

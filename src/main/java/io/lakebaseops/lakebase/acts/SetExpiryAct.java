package io.lakebaseops.lakebase.acts;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.CanonicalForm;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/// Gives a branch an end, another end, or none. The service deletes it then without asking again.
///
/// @param ttlSeconds from the moment it runs; null = no expiry
public record SetExpiryAct(String project, String branch, @Nullable Long ttlSeconds)
        implements ControlPlaneAct {
    /// The least notice a branch gets that no plan of ours made.
    public static final Duration NOTICE = Duration.ofDays(3);

    @Override
    public String inWords() {
        return "branch %s of %s: %s".formatted(branch, project, ActText.life(ttlSeconds));
    }

    @Override
    public Optional<BranchRef> touches() {
        return Optional.of(new BranchRef(project, branch, null));
    }

    @Override
    public void canonical(CanonicalForm out) {
        out.branch(project, branch).text("ttl", ttlSeconds);
    }

    @Override
    public BranchEffect effect() {
        return new BranchEffect.LifeSet(project, branch, ttlSeconds);
    }

    @Override
    public RiskFact risk(Standing standing) {
        if (ttlSeconds == null) {
            return new RiskFact("remove_expiry", "nothing is deleted, the branch stays");
        }
        if (standing.oursToEnd()) {
            return new RiskFact(
                    "expire_own_branch", "a plan of ours made the branch to end; its end changes");
        }
        return ttlSeconds < NOTICE.toSeconds()
                ? new RiskFact(
                        "expire_other_branch_soon",
                        "the service deletes the branch when it is due, in less than %d days"
                                .formatted(NOTICE.toDays()))
                : new RiskFact(
                        "expire_other_branch", "the service deletes the branch when it is due");
    }

    @Override
    public Optional<CreatedResource> run(
            ControlPlane plane, Deadline deadline, OperationProgress progress) {
        plane.expireBranch(project, branch, ActText.duration(ttlSeconds), deadline);
        return Optional.empty();
    }
}

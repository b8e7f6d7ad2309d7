package io.lakebaseops.lakebase.acts;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.plan.BranchEffect;
import io.lakebaseops.domain.plan.CanonicalForm;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.OperationProgress;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;

/// Makes a branch and waits until it can be used.
///
/// @param ttlSeconds null = no expiry
/// @param at moment of the source's past to copy; null = as it is when the step runs
/// @param trial statements will be tried on it, without an approval of each
public record CreateBranchAct(
        String project,
        String branch,
        String source,
        @Nullable Long ttlSeconds,
        boolean isProtected,
        @Nullable Instant at,
        boolean trial)
        implements ControlPlaneAct {
    public CreateBranchAct(
            String project,
            String branch,
            String source,
            @Nullable Long ttlSeconds,
            boolean isProtected) {
        this(project, branch, source, ttlSeconds, isProtected, null, false);
    }

    @Override
    public String inWords() {
        return "create branch %s of %s from %s%s, %s%s%s"
                .formatted(
                        branch,
                        project,
                        source,
                        at == null ? "" : " as of " + at,
                        ActText.life(ttlSeconds),
                        isProtected ? ", protected" : "",
                        trial ? ", for a trial" : "");
    }

    @Override
    public void canonical(CanonicalForm out) {
        out.branch(project, branch).text("source", source);
        out.text("ttl", ttlSeconds).flag("protected", isProtected).text("at", at);
        out.flag("trial", trial);
    }

    @Override
    public BranchEffect effect() {
        return new BranchEffect.Made(
                project, branch, BranchEffect.Made.Way.COPIED, source, ttlSeconds, isProtected);
    }

    @Override
    public RiskFact risk(Standing standing) {
        return isProtected
                ? new RiskFact(
                        "create_protected_branch",
                        "the only protected branch of the project is taken")
                : new RiskFact("create_branch", "a new branch changes nothing that is there");
    }

    @Override
    public Optional<CreatedResource> run(
            ControlPlane plane, Deadline deadline, OperationProgress progress) {
        var made =
                plane.createBranch(
                        new ControlPlane.NewBranch(
                                project,
                                branch,
                                source,
                                ActText.duration(ttlSeconds),
                                isProtected,
                                at,
                                null),
                        deadline,
                        progress);
        return Optional.of(new CreatedResource(project, branch, made.uid(), ttlSeconds, trial));
    }
}

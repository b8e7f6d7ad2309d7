package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.ControlPlane.Endpoint;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of a project's branches, from the listing all of the product shares and from the
/// ledger of their lives. Blocking.
public interface BranchBoard {
    /// A time in which a branch's compute ran statements.
    record Active(Instant from, Instant until) {}

    BranchPolicy policy();

    /// Empty for a server that has no branches.
    Optional<ProjectBranches> read(TargetId target);

    /// The computes of these branches; one whose computes could not be read is left out.
    Map<String, List<Endpoint>> endpoints(TargetId target, List<String> branches);

    /// When statements ran on each branch, no finer than the interval of measuring.
    Map<String, List<Active>> activity(TargetId target);

    /// What was listed last of a branch and its read-write compute.
    ///
    /// @param branch null when it was not listed yet, or there is no such thing
    /// @param compute null when it was not listed yet
    record Listed(@Nullable Branch branch, @Nullable Endpoint compute) {}

    /// Asks nobody: what screens and jobs listed before, and may be old.
    Listed listed(TargetId target);

    /// A plan that deletes the branch; it is not filed yet.
    ///
    /// @param uid of the branch that was looked at
    ChangePlan delete(TargetId target, String branch, String uid, String why, Actor by);

    /// A plan that gives the branch this life from now.
    ///
    /// @param ttl null = no expiry
    ChangePlan live(
            TargetId target,
            String branch,
            String uid,
            @Nullable Duration ttl,
            String why,
            Actor by);
}

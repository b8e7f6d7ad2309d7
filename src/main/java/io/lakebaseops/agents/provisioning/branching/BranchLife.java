package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.lakebase.ControlPlane.Branch;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// A branch with what our ledger and the branch policy say of it.
///
/// @param type of the branch policy, by its name
/// @param owner who had it made; null when no plan of ours did
/// @param lifeFrom since when its present life counts, for the share that is left
/// @param pullRequest the open one that uses it
public record BranchLife(
        Branch branch,
        String type,
        @Nullable String owner,
        Actor.@Nullable Kind ownerKind,
        Instant lifeFrom,
        @Nullable Long pullRequest) {
    public String id() {
        return branch.id();
    }

    /// Where in its parent's past it begins.
    public Instant forkedAt() {
        var source = branch.sourceTime();
        return source == null ? branch.createdAt() : source;
    }

    /// Its data is older than it is itself.
    public boolean ofThePast() {
        return forkedAt().isBefore(branch.createdAt().minusSeconds(120));
    }

    /// 0 to 1; empty for one that stays.
    public @Nullable Double shareLeft(Instant now) {
        var end = branch.expiresAt();
        if (end == null) {
            return null;
        }
        double all = Duration.between(lifeFrom, end).toMillis();
        return all <= 0 ? 0.0 : Math.clamp(Duration.between(now, end).toMillis() / all, 0, 1);
    }
}

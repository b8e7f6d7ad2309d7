package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Actor;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What cannot be done to a branch, and why. Said before anybody tries: the platform would answer
/// with an error code.
public record BranchRules(BranchPolicy policy, ProjectBranches known, Actor by) {
    public enum Act {
        RESET,
        EXTEND,
        PROTECT,
        UNPROTECT,
        DELETE
    }

    /// Empty when it can be done.
    public Optional<String> whyNot(Act act, BranchLife life) {
        var branch = life.branch();
        return switch (act) {
            case RESET -> reset(life);
            case EXTEND ->
                    branch.expiresAt() == null
                            ? Optional.of("It has no expiry.")
                            : branch.isProtected()
                                    ? Optional.of("It is protected.")
                                    : Optional.empty();
            case PROTECT -> protect(life);
            case UNPROTECT ->
                    branch.isProtected()
                            ? guarded(PolicyGuard.Act.PROTECT, life)
                            : Optional.of("It is not protected.");
            case DELETE -> delete(life);
        };
    }

    private Optional<String> reset(BranchLife life) {
        var branch = life.branch();
        if (branch.isDefault() || branch.source() == null) {
            return Optional.of("It has no parent to be reset from.");
        }
        if (branch.isProtected()) {
            return Optional.of("It is protected; take the protection off first.");
        }
        if (known.find(branch.source()).isEmpty()) {
            return Optional.of("Its parent %s is gone.".formatted(branch.source()));
        }
        return children(life)
                .map(c -> "Not while it has %s; they would lose their parent.".formatted(c))
                .or(() -> guarded(PolicyGuard.Act.RESET, life));
    }

    private Optional<String> protect(BranchLife life) {
        if (life.branch().isProtected()) {
            return Optional.of("It is protected.");
        }
        var holder =
                known.branches().stream()
                        .filter(b -> b.branch().isProtected())
                        .map(BranchLife::id)
                        .findFirst();
        if (holder.isPresent()) {
            return holder.map("One per project: %s holds it."::formatted);
        }
        return life.branch().expiresAt() != null
                ? Optional.of("It expires; take its expiry off first.")
                : guarded(PolicyGuard.Act.PROTECT, life);
    }

    private Optional<String> delete(BranchLife life) {
        if (life.branch().isDefault()) {
            return Optional.of("It is the default branch.");
        }
        if (life.branch().isProtected()) {
            return Optional.of("It is protected; take the protection off first.");
        }
        return children(life)
                .map("Not while it has %s."::formatted)
                .or(() -> guarded(PolicyGuard.Act.DELETE, life));
    }

    private Optional<String> children(BranchLife life) {
        var children = known.children(life.id());
        return children.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        (children.size() == 1 ? "the child " : children.size() + " children: ")
                                + some(children));
    }

    private static String some(List<String> names) {
        return names.size() <= 3
                ? String.join(", ", names)
                : names.stream().limit(3).collect(Collectors.joining(", "))
                        + " and %d more".formatted(names.size() - 3);
    }

    private Optional<String> guarded(PolicyGuard.Act act, BranchLife life) {
        return new PolicyGuard(policy)
                .refusal(act, life.id(), by)
                .map(why -> Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".");
    }

    /// What stands against copying this branch; empty when it can be copied.
    ///
    /// @param ttl null = no expiry
    /// @param at null = as it is now
    public Optional<String> whyNoCopy(
            BranchLife source, @Nullable Duration ttl, @Nullable Instant at, Instant now) {
        var obstacle =
                BranchObstacles.inListing(source.id(), ttl, false, known.plain(), policy.limits());
        if (obstacle.isPresent()) {
            return obstacle.map(o -> o.why() + ": " + o.remedy());
        }
        if (known.used() >= known.limit()) {
            return Optional.of(
                    "%d of %d branches are in use: delete one first"
                            .formatted(known.used(), known.limit()));
        }
        if (at == null) {
            return Optional.empty();
        }
        if (at.isBefore(source.branch().createdAt())) {
            return Optional.of("%s was not there yet".formatted(source.id()));
        }
        return Optional.ofNullable(PastMoment.obstacle(at, known.project(), now));
    }
}

package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.lakebase.ControlPlane.Branch;
import io.lakebaseops.lakebase.acts.CreatedResource;
import io.lakebaseops.lakebase.acts.SetExpiryAct;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What becomes of one branch by the policy at one moment, and why. Deleted or given another end is
/// only a branch that a plan of ours made with an end; one that others made, or that somebody wants
/// to stay, is named and left alone.
///
/// @param ttl the life to give it from now, for `RENEW` only
/// @param notice what a person should know about it
record TtlVerdict(Branch branch, Fate fate, String reason, @Nullable Duration ttl, Notice notice) {
    enum Fate {
        DELETE,
        /// It gets a later end.
        RENEW,
        KEEP
    }

    enum Notice {
        NONE,
        /// It ends within the policy's time of warning.
        ENDS_SOON,
        /// By the policy a branch of its name has an end, and others made it without one.
        NO_EXPIRY
    }

    /// States in which the service is still at work on a branch.
    private static final Set<String> UNDER_WAY = Set.of("INIT", "IMPORTING", "RESETTING");

    /// @param open pull requests by the branch they use
    record Rules(BranchPolicy policy, Map<String, Long> open, Actor by, Instant now) {

        /// Reasons to keep come first, so that nothing that follows can overrule them.
        ///
        /// @param ours our record of the branch; null when no plan of ours made it
        TtlVerdict on(Branch b, List<String> children, @Nullable CreatedResource ours) {
            if (b.isDefault()) {
                return keep(b, "it is the default branch");
            }
            if (b.isProtected()) {
                return keep(b, "it is protected");
            }
            if (!children.isEmpty()) {
                return keep(b, "it has children: " + String.join(", ", children));
            }
            if (b.source() == null) {
                return keep(b, "it is a root of the project");
            }
            if (UNDER_WAY.contains(b.state())) {
                return keep(b, "the service is still at work on it (%s)".formatted(b.state()));
            }
            var name = policy.typeOf(b.id());
            var type = policy.types().get(name);
            boolean stays = type == null || (type.ttl() == null && type.ttlChildless() == null);
            var pr = open.get(b.id());
            if (b.expiresAt() == null) {
                return endless(b, name, stays, ours);
            }
            if (pr != null) {
                return used(b, pr, type == null ? null : type.ttl(), toEnd(ours));
            }
            return stays
                    ? keep(b, "a %s branch stays".formatted(name))
                    : ending(b, name, b.expiresAt(), toEnd(ours));
        }

        private static boolean toEnd(@Nullable CreatedResource ours) {
            return ours != null && ours.ttlSeconds() != null;
        }

        private TtlVerdict used(Branch b, long pr, @Nullable Duration ttl, boolean ours) {
            var life = ttl == null ? policy.pullRequests().extendBelow() : ttl;
            var least = SetExpiryAct.NOTICE;
            boolean enough =
                    b.expiresAt() != null
                            && b.expiresAt().isAfter(now.plus(policy.pullRequests().extendBelow()));
            return enough
                    ? keep(b, "pull request %d is open".formatted(pr))
                    : new TtlVerdict(
                            b,
                            Fate.RENEW,
                            "pull request %d is open".formatted(pr),
                            ours || life.compareTo(least) > 0 ? life : least,
                            Notice.NONE);
        }

        /// That a branch has no end is somebody's word, and a name does not outweigh it.
        private TtlVerdict endless(
                Branch b, String name, boolean stays, @Nullable CreatedResource ours) {
            if (ours != null) {
                return keep(
                        b,
                        ours.ttlSeconds() == null
                                ? "it was made without an expiry"
                                : "somebody took its expiry off");
            }
            return new TtlVerdict(
                    b,
                    Fate.KEEP,
                    stays
                            ? "a %s branch stays".formatted(name)
                            : "no plan of ours made it, and it has no expiry",
                    null,
                    stays ? Notice.NONE : Notice.NO_EXPIRY);
        }

        private TtlVerdict ending(Branch b, String name, Instant end, boolean ours) {
            if (end.isAfter(now)) {
                boolean soon = !end.isAfter(now.plus(policy.limits().warnAhead()));
                return new TtlVerdict(
                        b,
                        Fate.KEEP,
                        "it lives until " + end,
                        null,
                        soon ? Notice.ENDS_SOON : Notice.NONE);
            }
            if (!ours) {
                return keep(b, "it ended at %s, but no plan of ours made it".formatted(end));
            }
            return new PolicyGuard(policy)
                    .refusal(PolicyGuard.Act.DELETE, b.id(), by)
                    .map(why -> keep(b, "it ended at %s, but %s".formatted(end, why)))
                    .orElseGet(
                            () ->
                                    new TtlVerdict(
                                            b,
                                            Fate.DELETE,
                                            "its life as a %s branch ended at %s"
                                                    .formatted(name, end),
                                            null,
                                            Notice.NONE));
        }

        private static TtlVerdict keep(Branch b, String why) {
            return new TtlVerdict(b, Fate.KEEP, why, null, Notice.NONE);
        }
    }
}

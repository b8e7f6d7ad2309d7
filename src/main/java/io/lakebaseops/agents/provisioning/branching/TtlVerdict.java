package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.lakebase.ControlPlane.Branch;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What becomes of one branch by the policy at one moment, and why?
///
/// @param ttl the life to give it from now, for `RENEW` only
/// @param warn it ends within the policy's time of warning
record TtlVerdict(Branch branch, Fate fate, String reason, @Nullable Duration ttl, boolean warn) {
    enum Fate {
        DELETE,
        /// It gets an expiry, or a later one.
        RENEW,
        KEEP
    }

    /// States in which the service is still at work on a branch.
    private static final Set<String> UNDER_WAY = Set.of("INIT", "IMPORTING", "RESETTING");

    /// @param open pull requests by the branch they use
    record Rules(BranchPolicy policy, Map<String, Long> open, Actor by, Instant now) {

        /// Reasons to keep come first, so that nothing that follows can overrule them.
        TtlVerdict on(Branch b, List<String> children) {
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
            var pr = open.get(b.id());
            if (pr != null) {
                return used(b, pr, type == null ? null : type.ttl());
            }
            if (type == null || (type.ttl() == null && type.ttlChildless() == null)) {
                return keep(b, "a %s branch stays".formatted(name));
            }
            return b.expiresAt() == null ? endless(b, name, type) : ending(b, name, b.expiresAt());
        }

        private TtlVerdict used(Branch b, long pr, @Nullable Duration ttl) {
            var life = ttl == null ? policy.pullRequests().extendBelow() : ttl;
            boolean enough =
                    b.expiresAt() != null
                            && b.expiresAt().isAfter(now.plus(policy.pullRequests().extendBelow()));
            return enough
                    ? keep(b, "pull request %d is open".formatted(pr))
                    : new TtlVerdict(
                            b, Fate.RENEW, "pull request %d is open".formatted(pr), life, false);
        }

        /// By policy it should have an end; nobody is surprised by one that is near.
        private TtlVerdict endless(Branch b, String name, BranchPolicy.Type type) {
            var ttl = type.ttl();
            var left =
                    ttl == null
                            ? type.ttlChildless()
                            : Duration.between(now, b.createdAt().plus(ttl));
            var least = policy.limits().warnAhead();
            var life = left == null || left.compareTo(least) < 0 ? least : left;
            return new TtlVerdict(
                    b,
                    Fate.RENEW,
                    ttl == null
                            ? "a %s branch without children ends after %s"
                                    .formatted(name, BranchSpec.inWords(life))
                            : "it has no expiry; a %s branch lives %s"
                                    .formatted(name, BranchSpec.inWords(ttl)),
                    life,
                    life.equals(least));
        }

        private TtlVerdict ending(Branch b, String name, Instant end) {
            if (end.isAfter(now)) {
                boolean soon = !end.isAfter(now.plus(policy.limits().warnAhead()));
                return new TtlVerdict(b, Fate.KEEP, "it lives until " + end, null, soon);
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
                                            false));
        }

        private static TtlVerdict keep(Branch b, String why) {
            return new TtlVerdict(b, Fate.KEEP, why, null, false);
        }
    }
}

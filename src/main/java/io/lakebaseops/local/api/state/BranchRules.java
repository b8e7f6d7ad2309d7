package io.lakebaseops.local.api.state;

import io.lakebaseops.local.api.http.Fields;
import io.lakebaseops.local.api.http.Refusal;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/// Rules for making, changing and deleting branches. Each rule stands alone and says what it
/// forbids.
public final class BranchRules {
    private BranchRules() {}

    /// When the branch shall expire; null = never. Exactly one of the three forms must be set.
    public static @Nullable Instant expiry(Fields spec, Instant now) {
        long forms = Stream.of("ttl", "expire_time", "no_expiry").filter(spec::has).count();
        if (forms != 1) {
            throw Refusal.invalid(
                    "exactly one of spec.ttl, spec.expire_time or spec.no_expiry must be set");
        }
        if (spec.has("no_expiry")) {
            if (!spec.flag("no_expiry", false)) {
                throw Refusal.invalid("spec.no_expiry must be true when it is set");
            }
            return null;
        }
        Duration ttl = spec.duration("ttl");
        Instant given = spec.time("expire_time");
        Instant at = ttl == null ? given : soon(now, ttl);
        if (at == null || !at.isAfter(now)) {
            throw Refusal.invalid("the expiration time must lie in the future");
        }
        if (at.isAfter(now.plus(Limits.LONGEST_EXPIRY))) {
            throw Refusal.invalid(
                    "branch expiration time exceeds the maximum expiration time of 30 days");
        }
        return at;
    }

    /// Room for one more unarchived branch. A deleted branch does not count.
    public static void quota(State state, String project) {
        long live = state.branchesOf(project).stream().filter(BranchRow::live).count();
        if (live >= Limits.UNARCHIVED_BRANCHES) {
            throw Refusal.quota(project + " has reached its limit of 10 unarchived branches");
        }
    }

    /// Only restores and imports make further roots, see `Imports`.
    public static void rootQuota(State state, String project) {
        long roots = state.branchesOf(project).stream().filter(b -> b.live() && b.root()).count();
        if (roots >= Limits.ROOT_BRANCHES) {
            throw Refusal.quota(project + " has reached its limit of 3 root branches");
        }
    }

    public static void mayHaveChildren(BranchRow source) {
        if (source.state() != BranchRow.State.READY) {
            throw Refusal.badRequest(source.name() + " is not ready to be branched from");
        }
        if (source.expireTime() != null) {
            throw Refusal.badRequest(
                    source.name() + " has an expiration time; such a branch cannot have children");
        }
    }

    /// Protection and expiry must go together with each other, and with what else exists.
    public static void mayBecome(
            State state, String name, boolean guarded, @Nullable Instant expiry) {
        String project = Names.parent(name);
        if (expiry != null) {
            if (guarded) {
                throw Refusal.badRequest("a protected branch cannot have an expiration time");
            }
            if (isDefault(state, name)) {
                throw Refusal.badRequest("the default branch cannot have an expiration time");
            }
            if (!state.childrenOf(name).isEmpty()) {
                throw Refusal.badRequest("a branch with children cannot have an expiration time");
            }
        }
        boolean another =
                state.branchesOf(project).stream()
                        .anyMatch(b -> b.live() && b.isProtected() && !b.name().equals(name));
        if (guarded && another) {
            throw Refusal.badRequest(project + " already has a protected branch");
        }
    }

    public static void mayBeDeleted(State state, BranchRow branch) {
        String name = branch.name();
        if (branch.root() || isDefault(state, name)) {
            throw Refusal.managedByParent(
                    "cannot delete " + name + ": root and default branches go with their project");
        }
        if (branch.isProtected()) {
            throw Refusal.badRequest("cannot delete protected branch");
        }
        if (!state.childrenOf(name).isEmpty()) {
            throw Refusal.badRequest("cannot delete " + name + ": it has child branches");
        }
    }

    public static boolean isDefault(State state, String name) {
        ProjectRow project = state.projects().get(Names.parent(name));
        return project != null && project.settings().defaultBranch().equals(name);
    }

    private static Instant soon(Instant now, Duration ttl) {
        // A century is refused later for its length; this only keeps the sum from overflowing.
        Duration century = Duration.ofDays(36_500);
        return now.plus(ttl.compareTo(century) > 0 ? century : ttl);
    }
}

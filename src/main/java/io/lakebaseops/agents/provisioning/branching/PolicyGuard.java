package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Actor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Checks whether an actor may do something to a branch of a given name. Asked before every act on
/// a branch.
public final class PolicyGuard {
    private final BranchPolicy policy;

    public PolicyGuard(BranchPolicy policy) {
        this.policy = policy;
    }

    public enum Act {
        CREATE,
        DELETE,
        RESET,
        PROTECT
    }

    /// Why not, in words; empty when it may.
    public Optional<String> refusal(Act act, String branch, Actor by) {
        if (policy.attributionRequired() && by.name().isBlank()) {
            return Optional.of(
                    "the branch policy wants to know who asks; this request names nobody");
        }
        var allowed = allowed(act, branch);
        if (allowed.contains(by.kind())) {
            return Optional.empty();
        }
        return Optional.of(
                "the branch policy lets %s %s %s, not %s (%s)"
                        .formatted(
                                allowed.isEmpty()
                                        ? "nobody"
                                        : allowed.stream()
                                                .map(PolicyGuard::word)
                                                .collect(Collectors.joining(" or ")),
                                act.name().toLowerCase(Locale.ROOT),
                                branch,
                                by.name(),
                                word(by.kind())));
    }

    private List<Actor.Kind> allowed(Act act, String branch) {
        var type = policy.types().get(policy.typeOf(branch));
        var own =
                type == null
                        ? null
                        : switch (act) {
                            case DELETE -> type.deleteBy();
                            case RESET -> type.resetBy();
                            case CREATE, PROTECT -> null;
                        };
        if (own != null) {
            return own;
        }
        return switch (act) {
            case CREATE -> policy.who().create();
            case DELETE -> policy.who().delete();
            case RESET -> policy.who().reset();
            case PROTECT -> policy.who().protect();
        };
    }

    private static String word(Actor.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}

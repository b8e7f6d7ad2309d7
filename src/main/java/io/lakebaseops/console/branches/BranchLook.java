package io.lakebaseops.console.branches;

import io.lakebaseops.agents.provisioning.branching.BranchLife;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.branches.BranchLine.Compute;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/// What of the branches is looked at: a filter, a state, and how they are folded.
///
/// @param filter words that all must fit: part of a name, `owner:ci`, `type:dev`, `state:suspended`
/// @param unfolded groups that are open though their kind is folded
record BranchLook(String filter, Shown shown, Fold fold, boolean log, Set<String> unfolded) {
    static final BranchLook ALL = new BranchLook("", Shown.ALL, Fold.NONE, true, Set.of());

    BranchLook {
        unfolded = Set.copyOf(unfolded);
    }

    enum Shown {
        ALL,
        ACTIVE,
        SUSPENDED,
        ENDING
    }

    enum Fold {
        NONE,
        TYPE,
        OWNER
    }

    BranchLook filter(String text) {
        return new BranchLook(text, shown, fold, log, unfolded);
    }

    BranchLook shown(Shown next) {
        return new BranchLook(filter, next, fold, log, unfolded);
    }

    BranchLook fold(Fold next) {
        return new BranchLook(filter, shown, next, log, Set.of());
    }

    BranchLook log(boolean on) {
        return new BranchLook(filter, shown, fold, on, unfolded);
    }

    BranchLook unfolded(Set<String> next) {
        return new BranchLook(filter, shown, fold, log, next);
    }

    boolean fits(BranchLife b, Compute compute, Instant now) {
        var end = b.branch().expiresAt();
        boolean state =
                switch (shown) {
                    case ALL -> true;
                    case ACTIVE -> compute == Compute.ACTIVE || compute == Compute.IDLE;
                    case SUSPENDED -> compute == Compute.SUSPENDED;
                    case ENDING -> end != null && end.isBefore(now.plus(Duration.ofHours(24)));
                };
        if (!state) {
            return false;
        }
        for (var word : filter.strip().toLowerCase(Locale.ROOT).split("\\s+")) {
            if (!word.isEmpty() && !fits(word, b, compute)) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(String word, BranchLife b, Compute compute) {
        int colon = word.indexOf(':');
        var value = word.substring(colon + 1);
        return switch (colon < 0 ? "" : word.substring(0, colon)) {
            case "owner" -> ownerWord(b).contains(value) || said(b.owner()).contains(value);
            case "type" -> b.type().contains(value);
            case "state" ->
                    compute.name().toLowerCase(Locale.ROOT).startsWith(value)
                            || said(b.branch().state()).startsWith(value)
                            || (value.equals("protected") && b.branch().isProtected());
            default -> b.id().contains(word);
        };
    }

    private static String said(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    static String ownerWord(BranchLife b) {
        var kind = b.ownerKind();
        return kind == null ? Texts.of("unknown") : kind.name().toLowerCase(Locale.ROOT);
    }
}

package io.lakebaseops.lakebase.acts;

import io.lakebaseops.lakebase.ControlPlane.Branch;

import org.jspecify.annotations.Nullable;

/// What is known about the branch an act touches, when the risk of the act is judged.
///
/// @param live the branch of that name as the control plane has it; null = there is none
/// @param known false when the control plane could not be asked: the worst is assumed
/// @param ours our record of the branch that is meant; null = no plan of ours made it
/// @param disposable its pipeline builds it anew at any time
/// @param production the target of the plan counts as production
public record Standing(
        @Nullable Branch live,
        boolean known,
        @Nullable CreatedResource ours,
        boolean disposable,
        boolean production) {
    /// For acts that touch no branch.
    public static Standing of(boolean production) {
        return new Standing(null, true, null, false, production);
    }

    boolean guarded() {
        return !known || (live != null && (live.isProtected() || live.isDefault()));
    }

    /// Made by a plan of ours with an end, which nobody took off since.
    boolean oursToEnd() {
        return !guarded()
                && ours != null
                && ours.ttlSeconds() != null
                && (live == null || (live.uid().equals(ours.uid()) && live.expiresAt() != null));
    }
}

package io.lakebaseops.domain.plan;

import org.jspecify.annotations.Nullable;

/// What becomes of a branch through an act on the control plane. Whoever keeps books about branches
/// looks at this and not at the act, so that a new act needs no change there.
public sealed interface BranchEffect {
    /// For acts that leave every branch as it is.
    BranchEffect NONE = new None();

    record None() implements BranchEffect {}

    /// @param source the branch it is a copy of; null for the first branch of a project
    /// @param ttlSeconds null = no expiry
    record Made(
            String project,
            String branch,
            Way way,
            @Nullable String source,
            @Nullable Long ttlSeconds,
            boolean isProtected)
            implements BranchEffect {
        public enum Way {
            COPIED,
            RESTORED,
            WITH_ITS_PROJECT
        }
    }

    /// @param uid of the branch that goes; null in plans of an earlier version
    /// @param way what its going is called in its life story
    record Gone(String project, String branch, @Nullable String uid, Way way)
            implements BranchEffect {
        public enum Way {
            DELETED,
            /// Deleted because its time was over.
            EXPIRED,
            /// It was deleted before; now its name is free and it cannot be brought back.
            PURGED
        }
    }

    record Guarded(String project, String branch, boolean isProtected) implements BranchEffect {}

    /// @param ttlSeconds null = no expiry
    record LifeSet(String project, String branch, @Nullable Long ttlSeconds)
            implements BranchEffect {}
}

package io.lakebaseops.domain.plan;

import io.lakebaseops.domain.Rows;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// What must still be so at the moment the plan runs; re-read just before the first step.
public sealed interface Precondition {
    String description();

    /// A named query on the target must return exactly these rows (compared as text).
    record SqlRows(
            String description, String database, String query, List<SqlParam> params, Rows expected)
            implements Precondition {
        public SqlRows {
            params = List.copyOf(params);
        }
    }

    /// The branch must (not) exist in the control plane.
    record BranchState(String description, String project, String branch, boolean exists)
            implements Precondition {}

    /// It must still be the very branch that was looked at, in the same standing: whoever protects
    /// it, gives it a child or another life meanwhile stops the plan.
    ///
    /// @param uid another branch of the same name has another one
    record BranchAsSeen(
            String description,
            String project,
            String branch,
            String uid,
            boolean isProtected,
            boolean isDefault,
            boolean hasChildren,
            @Nullable Instant expiresAt)
            implements Precondition {}

    /// The name is free in Unity Catalog, or stands for exactly this database.
    ///
    /// @param registered `project/branch/database`; null = nothing of this name may be there
    record CatalogState(String description, String catalog, @Nullable String registered)
            implements Precondition {}

    /// What a change proved when it was done must still be so: its undo takes back that, not what
    /// others have made of it since.
    record StillTrue(String description, Postcondition proof) implements Precondition {}

    /// The principal holds exactly these, so that the undo takes only what was given.
    record GrantsAsSeen(
            String description, String catalog, String principal, List<String> privileges)
            implements Precondition {
        public GrantsAsSeen {
            privileges = privileges.stream().sorted().toList();
        }
    }
}

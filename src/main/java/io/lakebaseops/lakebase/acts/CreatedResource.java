package io.lakebaseops.lakebase.acts;

import org.jspecify.annotations.Nullable;

/// A project or branch that an act made. Our record of these is what makes a branch ours: a name
/// says nothing about who made it.
///
/// @param branch null for the project itself
/// @param uid the control plane's own; another one of the same name has another uid
/// @param ttlSeconds the life it was made with; null = it was made to stay
/// @param trial made to try statements on
public record CreatedResource(
        String project,
        @Nullable String branch,
        String uid,
        @Nullable Long ttlSeconds,
        boolean trial) {}

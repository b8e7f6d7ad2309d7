package io.lakebaseops.lakebase.acts;

import org.jspecify.annotations.Nullable;

/// A branch as an act names it.
///
/// @param uid of the very branch that is meant; null where any branch of that name is
public record BranchRef(String project, String branch, @Nullable String uid) {}

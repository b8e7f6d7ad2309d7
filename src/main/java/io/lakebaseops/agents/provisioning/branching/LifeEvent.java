package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.Actor;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// An event in the life of a branch, as the ledger keeps it.
///
/// @param kind `created`, `deleted`, `expired`, `reset`, `extended`, `protected` or `unprotected`;
///     `skipped` for a reset that was refused
/// @param generated it belongs to the demo's generated past
public record LifeEvent(
        Instant at,
        String branch,
        String kind,
        @Nullable String source,
        String actor,
        Actor.Kind by,
        String reason,
        boolean generated) {}

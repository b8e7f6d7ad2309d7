package io.lakebaseops.domain.plan;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/// A refusal that still holds: the agents do not propose the same again before `until`, unless what
/// they see has become noticeably worse.
///
/// @param title of the plan that was refused, or what the ignored finding says
/// @param target key of the server it is about
/// @param plan the refused plan; null when a finding is ignored
/// @param finding fingerprint of the finding; null for a plan without one
/// @param at null when it was not recorded
/// @param until null = for good
public record HeldBack(
        String title,
        String target,
        @Nullable UUID plan,
        @Nullable String finding,
        String by,
        @Nullable Instant at,
        String why,
        @Nullable Instant until) {}

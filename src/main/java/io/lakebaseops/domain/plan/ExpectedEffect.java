package io.lakebaseops.domain.plan;

import org.jspecify.annotations.Nullable;

/// What the change should bring, with the figures known beforehand.
///
/// @param duration how long it is expected to take, in words (`2–5 s`), null when unknown
/// @param wouldWait who would queue behind its lock, in words, null when nobody
public record ExpectedEffect(
        String summary, @Nullable String duration, @Nullable String wouldWait) {}

package io.lakebaseops.agents.health.diagnosis;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// One figure about a server, with the words a person would use for it.
///
/// @param words a sentence part with the figure in it: `pid 41822 (etl) blocks 7 sessions`
/// @param since when it became so; null when that cannot be told
public record Fact(FactName name, double value, String words, @Nullable Instant since) {}

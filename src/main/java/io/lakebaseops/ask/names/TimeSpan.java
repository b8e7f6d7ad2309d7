package io.lakebaseops.ask.names;

import java.time.Instant;

/// A range of time as a question names it.
///
/// @param words as shown on a chip: `yesterday`, `last 3 hours`
public record TimeSpan(Instant from, Instant until, String words) {}

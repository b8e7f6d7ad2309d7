package io.lakebaseops.change.audit;

import java.time.Instant;

/// The end of the audit chain as it was seen once.
///
/// @param seq number of entries then, and of the last one
/// @param at when it was seen
public record ChainHead(long seq, String hash, Instant at) {}

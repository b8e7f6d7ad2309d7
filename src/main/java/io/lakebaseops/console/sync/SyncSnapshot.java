package io.lakebaseops.console.sync;

import io.lakebaseops.agents.health.sync.SyncMonitor;
import io.lakebaseops.agents.health.sync.SyncMonitor.Pair;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Everything the sync screen shows of a server.
///
/// @param nextCheck when the job compares the pairs again; null when it is paused
public record SyncSnapshot(SyncMonitor.Round round, @Nullable Instant nextCheck, Instant now) {
    List<Pair> pairs() {
        return round.pairs();
    }

    Optional<Pair> pair(String name) {
        return pairs().stream().filter(p -> p.name().equals(name)).findFirst();
    }
}

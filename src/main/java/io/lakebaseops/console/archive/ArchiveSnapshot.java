package io.lakebaseops.console.archive;

import io.lakebaseops.agents.health.archival.ColdCandidate;
import io.lakebaseops.agents.health.archival.ColdLooks;
import io.lakebaseops.lakehouse.history.PastDeeds.PastArchivals;
import io.lakebaseops.state.Archival;
import io.lakebaseops.state.Archival.Status;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Everything the archive screen shows at one moment.
///
/// @param look the last count; null before the first
/// @param archivals the newest first
/// @param running ids of plans that are being carried out now, by any process
/// @param past what was generated for demonstration; null elsewhere
/// @param now as the console's clock says
record ArchiveSnapshot(
        ColdLooks.@Nullable Look look,
        List<Archival> archivals,
        Set<UUID> running,
        @Nullable PastArchivals past,
        Instant now) {
    ArchiveSnapshot {
        archivals = List.copyOf(archivals);
        running = Set.copyOf(running);
    }

    List<ColdCandidate> candidates() {
        return look == null ? List.of() : look.found().candidates();
    }

    Optional<ColdCandidate> candidate(String name) {
        return candidates().stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /// Those that have not come to an end: running, stopped, or cut off with their process.
    List<Archival> open() {
        return archivals.stream()
                .filter(a -> a.status() == Status.RUNNING || a.status() == Status.STOPPED)
                .toList();
    }

    List<Archival> ended() {
        return archivals.stream()
                .filter(a -> a.status() != Status.RUNNING && a.status() != Status.STOPPED)
                .toList();
    }

    boolean runs(Archival archival) {
        return archival.status() == Status.RUNNING && running.contains(archival.planId());
    }

    Optional<Archival> moving(ColdCandidate candidate) {
        return open().stream()
                .filter(a -> (a.schema() + "." + a.table()).equals(candidate.name()))
                .findFirst();
    }
}

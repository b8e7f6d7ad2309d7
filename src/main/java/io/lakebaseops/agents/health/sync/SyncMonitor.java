package io.lakebaseops.agents.health.sync;

import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.reconcile.DifferingKey;
import io.lakebaseops.reconcile.TablePair;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a screen reads of the synced tables of a server, and what it may decide.
public interface SyncMonitor {
    Round read(TargetId target, Instant now);

    /// The check under way; asks no server.
    Optional<SyncBoard.Running> running(TargetId target);

    /// Compare it from now on, or show it no more.
    void decide(TablePair pair, boolean watch, String by);

    /// The plan that makes these rows of PostgreSQL as Delta has them, or why there is none.
    RepairPlans.Answer repair(
            PairList.Known pair, PairResult result, List<DifferingKey> keys, Actor actor);

    /// @param lags of the last day, by table of PostgreSQL
    /// @param found pairs that nobody decided about
    record Round(
            String catalog,
            List<Pair> pairs,
            Map<String, List<Lag>> lags,
            List<PairList.Found> found) {
        public Round {
            pairs = List.copyOf(pairs);
            lags = Map.copyOf(lags);
            found = List.copyOf(found);
        }

        /// Until when lags were generated for demonstration; null when all were measured.
        public @Nullable Instant generatedUntil() {
            return lags.values().stream()
                    .flatMap(List::stream)
                    .filter(Lag::simulated)
                    .map(Lag::at)
                    .max(Comparator.naturalOrder())
                    .orElse(null);
        }
    }

    /// A watched pair with its last result, which may not be there yet.
    record Pair(PairList.Known known, Optional<PairResult> result) {
        public String name() {
            return known.pair().source();
        }
    }

    record Lag(Instant at, double seconds, boolean simulated) {}
}

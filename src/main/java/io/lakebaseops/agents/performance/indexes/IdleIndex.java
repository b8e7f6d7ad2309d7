package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.lakehouse.history.IndexIdle;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// An index that was not scanned for a while, and what speaks for and against dropping it.
///
/// @param indexWrites entries written into each index of the table since the statistics began
/// @param since the last scan, or since when its counters show none
/// @param lastScan null when none was ever counted
/// @param foreignKey that would lose the only index that finds its child rows; null for none
/// @param watched what our history says, where the verdict rests on it; null where it does not
/// @param doubts what the counters cannot see, in words
record IdleIndex(
        IndexShape index,
        CatalogTable table,
        long indexWrites,
        Instant since,
        @Nullable Instant lastScan,
        Duration idle,
        Grade grade,
        @Nullable String foreignKey,
        @Nullable IndexIdle watched,
        List<String> doubts) {
    IdleIndex {
        doubts = List.copyOf(doubts);
    }

    /// How far it is shown that nothing needs the index.
    enum Grade {
        /// Not scanned for more than a year, on the only server there is.
        PROVEN,
        /// Not scanned as long as it was watched; whether a rare job needs it, the code tells.
        CHECK_THE_CODE,
        /// The counters cannot tell: see the doubts.
        INCONCLUSIVE
    }

    boolean droppable() {
        return grade != Grade.INCONCLUSIVE && foreignKey == null && index.row().mayChange();
    }
}

package io.lakebaseops.console.indexes;

import io.lakebaseops.state.Findings.OfTable;
import io.lakebaseops.state.Findings.Sum;
import io.lakebaseops.state.IndexSet;
import io.lakebaseops.state.IndexSummary;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/// All the Indexes screen shows of the stored result; none of it grows with the number of findings.
///
/// @param summary of the last analysis; null before the first
/// @param lines of the chosen group, so many as were asked for
/// @param plans that wait for a decision, by the finding they would mend
/// @param tables with findings, those first where most is to be freed
/// @param sets the best sets of indexes that were searched
/// @param ignored how many are set aside
record IndexesSnapshot(
        @Nullable IndexSummary summary,
        List<Sum> sums,
        FindingGroup group,
        List<FindingLine> lines,
        Map<String, UUID> plans,
        List<OfTable> tables,
        int ignored,
        List<IndexSet> sets) {
    IndexesSnapshot {
        sets = List.copyOf(sets);
        sums = List.copyOf(sums);
        lines = List.copyOf(lines);
        plans = Map.copyOf(plans);
        tables = List.copyOf(tables);
    }

    int count(FindingGroup of) {
        return of == FindingGroup.IGNORED
                ? ignored
                : sums.stream()
                        .filter(s -> of.kinds().contains(s.kind()))
                        .mapToInt(Sum::count)
                        .sum();
    }

    /// How many of them free storage when mended.
    int freeing(FindingGroup of) {
        return sums.stream()
                .filter(s -> of.kinds().contains(s.kind()))
                .mapToInt(Sum::freeing)
                .sum();
    }

    long bytes(FindingGroup of) {
        return sums.stream()
                .filter(s -> of.kinds().contains(s.kind()))
                .mapToLong(Sum::bytesFreed)
                .sum();
    }

    int count(String kind) {
        return sums.stream().filter(s -> s.kind().equals(kind)).mapToInt(Sum::count).sum();
    }

    double msPerHour() {
        return sums.stream().mapToDouble(Sum::msPerHour).sum();
    }
}

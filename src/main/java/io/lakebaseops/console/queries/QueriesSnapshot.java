package io.lakebaseops.console.queries;

import io.lakebaseops.domain.GeneratedHistory;
import io.lakebaseops.domain.WaitClass;
import io.lakebaseops.lakehouse.history.StatementTotals.Work;
import io.lakebaseops.lakehouse.history.TimeRange;
import io.lakebaseops.lakehouse.history.WaitLoad;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The load of a server and what it came from, at one moment.
///
/// @param whole time shown in the chart
/// @param range part of it that the table is of
/// @param means average active sessions of the range by class
/// @param meanBefore of the equally long range before; null where nothing was sampled
/// @param lines most load first
/// @param rest of those not listed, null when all are
/// @param restShare their share of the load
/// @param keys how many there are, listed or not
/// @param generated the stretch that was generated, not measured; null when all of it was measured
/// @param vcpus of the compute; null when not known
/// @param samplingCost of one vCPU, 0 to 1; null when not known
/// @param missing rights and extensions whose lack leaves parts empty, each with its remedy
record QueriesSnapshot(
        Look look,
        TimeRange whole,
        TimeRange range,
        WaitLoad load,
        Map<WaitClass, Double> means,
        @Nullable Double meanBefore,
        List<StatementLine> lines,
        @Nullable Work rest,
        double restShare,
        long keys,
        List<TimeRange> gaps,
        @Nullable GeneratedHistory generated,
        List<Mark> marks,
        @Nullable Integer vcpus,
        @Nullable Double samplingCost,
        List<String> missing) {
    QueriesSnapshot {
        means = Map.copyOf(means);
        lines = List.copyOf(lines);
        gaps = List.copyOf(gaps);
        marks = List.copyOf(marks);
        missing = List.copyOf(missing);
    }

    /// Something that happened, drawn as a flag.
    ///
    /// @param plan that was carried out; null for what has none
    /// @param statement whose execution plan changed; null for what has none
    record Mark(
            Instant at,
            String text,
            boolean bad,
            @Nullable UUID plan,
            @Nullable String statement) {}

    /// When the execution plan of a statement changed last in the range; null when it did not.
    @Nullable Instant planChanged(String queryid) {
        Instant last = null;
        for (var mark : marks) {
            boolean inside = !mark.at().isBefore(range.from()) && !mark.at().isAfter(range.until());
            if (queryid.equals(mark.statement()) && inside) {
                last = mark.at();
            }
        }
        return last;
    }

    double mean() {
        return means.values().stream().mapToDouble(v -> v).sum();
    }

    boolean sampled() {
        return load.slices().stream().anyMatch(WaitLoad.Slice::sampled);
    }
}

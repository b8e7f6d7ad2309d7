package io.lakebaseops.trial;

import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// The outcome of a trial. Figures of a copy: locks and plans as they would be, times of a server
/// without the live load.
///
/// @param failure why the change did not go through; null when it did
/// @param bytesBefore of the database
/// @param cleanup what became of the branch
public record TrialReport(
        TargetId branch,
        @Nullable String failure,
        List<LockTrace> xrays,
        Duration took,
        long bytesBefore,
        long bytesAfter,
        List<QueryComparison> queries,
        List<String> caveats,
        String cleanup) {
    public TrialReport {
        xrays = List.copyOf(xrays);
        queries = List.copyOf(queries);
        caveats = List.copyOf(caveats);
    }

    /// Statements of the workload that got surely slower or fail.
    public List<QueryComparison> worse() {
        return queries.stream()
                .filter(
                        q ->
                                q.verdict() == QueryComparison.Verdict.SLOWER
                                        || q.verdict() == QueryComparison.Verdict.BROKEN)
                .toList();
    }

    TrialReport with(String cleanedUp) {
        return new TrialReport(
                branch, failure, xrays, took, bytesBefore, bytesAfter, queries, caveats, cleanedUp);
    }
}

package io.lakebaseops.state;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// What the last index analysis of a target came to, in figures that do not grow with its findings.
///
/// @param workMsPerHour execution time of the statements that were read
/// @param waiting indexes without a scan that have not been watched long enough
/// @param judgedBy when all of those are judged; null without any
/// @param countedSince when the counters of scans began anew last; null when they never did
/// @param failed checks that could not be carried out: what they found before still stands
/// @param caveats what limits the rest, in sentences
public record IndexSummary(
        Instant at,
        int databases,
        int indexes,
        long indexBytes,
        double workMsPerHour,
        int waiting,
        @Nullable Instant judgedBy,
        @Nullable Instant countedSince,
        List<Failed> failed,
        List<String> caveats) {
    public IndexSummary {
        failed = List.copyOf(failed);
        caveats = List.copyOf(caveats);
    }

    /// @param kind of findings that were not looked for
    public record Failed(String kind, String why) {}
}

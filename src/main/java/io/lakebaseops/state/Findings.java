package io.lakebaseops.state;

import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is wrong, and since when. One row per fingerprint, updated when seen again, closed when
/// a complete look no longer finds it.
public interface Findings {
    /// Stores what a run saw and closes open findings of the covered kinds it did not see.
    Reconciled reconcile(TargetId target, List<Finding> seen, List<String> coversKinds, Instant at);

    /// Notes that the remedies of these findings wait for a decision, so that they are not planned
    /// again before `until` unless they change.
    ///
    /// @param keys fingerprint of the finding to [io.lakebaseops.domain.Remedy#key]
    void remedied(Map<String, String> keys, Instant until);

    /// Open findings, worst and oldest first; of all targets when null.
    List<StoredFinding> open(@Nullable TargetId target);

    Optional<StoredFinding> find(String fingerprint);

    /// A part of the open findings in the same order, for lists that may be long.
    List<StoredFinding> page(Filter filter, int offset, int limit);

    /// The open findings counted by what they have in common, the worst first.
    List<Group> groups(TargetId target);

    /// A part of the open findings of some kinds: the worst first, then by what mending them gives.
    List<StoredFinding> ranked(TargetId target, List<String> kinds, int offset, int limit);

    /// The open findings of some kinds in figures, kind by kind.
    List<Sum> sums(TargetId target, List<String> kinds);

    /// The tables with open findings of some kinds, those first where mending frees most.
    List<OfTable> tables(TargetId target, List<String> kinds, int limit);

    /// Those of some kinds that somebody ignores at this moment, newest first.
    List<Ignored> ignored(TargetId target, List<String> kinds, Instant now, int limit);

    void ignore(String fingerprint, String by, String reason, @Nullable Instant until);

    /// @param unmended those of the opened and updated ones whose remedy is new or changed, or was
    ///     filed so long ago that its plan has expired
    record Reconciled(
            List<Finding> opened,
            List<Finding> updated,
            List<String> closed,
            List<Finding> unmended) {}

    /// Which open findings; what is null does not matter. An empty database or schema stands for
    /// findings about objects that lie in none.
    record Filter(
            @Nullable TargetId target,
            @Nullable String kind,
            @Nullable String database,
            @Nullable String schema) {
        public static Filter of(@Nullable TargetId target) {
            return new Filter(target, null, null, null);
        }
    }

    /// Findings of one kind in one schema.
    ///
    /// @param worst severity among them
    record Group(
            TargetId target,
            String kind,
            String database,
            String schema,
            int count,
            Severity worst,
            Instant firstSeen,
            Instant lastSeen) {
        /// The filter that lists them.
        public Filter filter() {
            return new Filter(target, kind, database, schema);
        }
    }

    /// @param at null when it was not recorded
    /// @param until null for good, as long as it gets no worse
    record Ignored(
            Finding finding,
            String by,
            String reason,
            @Nullable Instant at,
            @Nullable Instant until) {}

    /// @param bytesFreed if all of them are mended
    /// @param freeing how many of them free storage when mended
    /// @param msPerHour saved if all of them are mended
    record Sum(
            String kind,
            int count,
            int freeing,
            Severity worst,
            long bytesFreed,
            double msPerHour,
            Instant lastSeen) {}

    /// @param bytesFreed if all of its findings are mended
    record OfTable(
            String database,
            String schema,
            String table,
            int count,
            Severity worst,
            long bytesFreed) {}

    enum State {
        OPEN,
        CLOSED,
        IGNORED
    }

    record StoredFinding(
            Finding finding,
            State state,
            Instant firstSeen,
            Instant lastSeen,
            int timesSeen,
            @Nullable String ignoreReason) {}
}

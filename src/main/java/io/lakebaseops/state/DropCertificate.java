package io.lakebaseops.state;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// What would change without an index, as far as it is known: every known statement planned again
/// without it in the planner twin, and what the catalog and the counters say besides. Computed, not
/// measured.
///
/// @param verdict in one sentence
/// @param statements known ones
/// @param concerned of them, those that read the table
/// @param kept of these, how many plans stay as they are
/// @param changes the others, the largest loss first
/// @param gaps statements of which it is not known
/// @param checks what was found in order
/// @param reasons against a better grade
/// @param since when no scan of it was seen; null where that is not what it rests on
public record DropCertificate(
        String database,
        String schema,
        String table,
        String index,
        Grade grade,
        String verdict,
        int statements,
        int concerned,
        int kept,
        List<Change> changes,
        List<Gap> gaps,
        List<String> checks,
        List<String> reasons,
        @Nullable Instant since,
        String origin,
        Instant at) {
    public static final String ORIGIN =
            "computed in the planner twin, not measured; the statistics in it stay on this machine";

    /// The most a statement may gain in cost and still count as no slower.
    public static final double TOLERATED = 1.02;

    public DropCertificate {
        changes = List.copyOf(changes);
        gaps = List.copyOf(gaps);
        checks = List.copyOf(checks);
        reasons = List.copyOf(reasons);
    }

    public enum Grade {
        /// Nothing known would get slower, and nothing unknown could need it.
        PROVEN,
        /// Nothing known would get slower; whether something rare needs it, the code tells.
        CHECK_THE_CODE,
        /// It cannot be told: see the reasons.
        INCONCLUSIVE,
        /// Something known needs it.
        NEEDED
    }

    /// @param values for which it changes; null for the generic plan
    /// @param after cost without the index; null when there is no plan then
    public record Change(
            String statement, @Nullable String values, double before, @Nullable Double after) {
        public boolean slower() {
            return after == null || after > before * TOLERATED;
        }
    }

    public record Gap(String statement, String why) {}
}

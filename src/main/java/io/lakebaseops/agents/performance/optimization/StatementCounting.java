package io.lakebaseops.agents.performance.optimization;

import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What pg_stat_statements counts for a login, as `statements/counted_statements` returns it: what
/// is hidden or was reset is not to be taken for what never ran.
record StatementCounting(long statements, long hidden, @Nullable Instant statsReset, Instant at) {
    /// Statements counted for less show nothing of nightly work.
    private static final Duration YOUNG = Duration.ofDays(1);

    static StatementCounting read(ReadSession session) {
        return session.query(OptimizationSql.COUNTED_STATEMENTS, Map.of(), StatementCounting.class)
                .getFirst();
    }

    List<String> caveats(ReadSession session) {
        var caveats = new ArrayList<String>();
        if (hidden > 0) {
            caveats.add(
                    "%d of %d counted statements are hidden from this login: GRANT pg_read_all_stats TO %s"
                            .formatted(
                                    hidden,
                                    statements,
                                    Ident.of(session.capabilities().user()).sql()));
        }
        if (statsReset != null && statsReset.isAfter(at.minus(YOUNG))) {
            caveats.add(
                    "statements are counted since %s only: what runs at night or weekly is not among them"
                            .formatted(Format.utc(statsReset)));
        }
        return caveats;
    }
}

package io.lakebaseops.agents.performance.metrics;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// How the wait sampling of a server goes.
///
/// @param millisPerSample what one sample costs the server, from pg_stat_statements; null when not
///     known yet, or where the extension is missing
/// @param hidden sessions this login may not look into, at the last sample
/// @param ownQuery queryid of the statement that samples
/// @param trouble why the last sample could not be taken; null when it was
public record WaitSampling(
        @Nullable Double millisPerSample,
        long hidden,
        @Nullable Long ownQuery,
        @Nullable String trouble) {
    public static final WaitSampling NONE = new WaitSampling(null, 0, null, null);

    WaitSampling saw(ActiveSessions sample) {
        return new WaitSampling(millisPerSample, sample.hidden(), sample.ownQuery(), null);
    }

    WaitSampling failed(OpsException e) {
        return new WaitSampling(millisPerSample, hidden, ownQuery, e.why());
    }

    /// Measured at our own statement.
    WaitSampling cost(ReadSession session) {
        var query = ownQuery;
        if (query == null || !session.capabilities().has("pg_stat_statements")) {
            return this;
        }
        var cost = session.one(MetricsSql.STATEMENT_COST, Map.of("queryid", query), Cost.class);
        return cost == null || cost.calls() == 0
                ? this
                : new WaitSampling(cost.spentMillis() / cost.calls(), hidden, ownQuery, trouble);
    }

    private record Cost(long calls, double spentMillis) {}

    /// What cannot be seen and the right that would show it; null when everything can be.
    public @Nullable String missing() {
        return hidden == 0
                ? null
                : "%d sessions of other roles are hidden (GRANT pg_read_all_stats shows them)"
                        .formatted(hidden);
    }
}

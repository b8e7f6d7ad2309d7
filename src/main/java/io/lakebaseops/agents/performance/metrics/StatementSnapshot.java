package io.lakebaseops.agents.performance.metrics;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// All statement counters of a server at one moment.
///
/// @param evictions entries thrown out since `statsReset`
/// @param hidden entries the login may not see
/// @param texts which statements' texts we have stored, so that each is fetched once
record StatementSnapshot(
        Instant at,
        Instant postmasterStart,
        @Nullable Instant statsReset,
        long evictions,
        int hidden,
        Map<StatementEntry.Key, StatementEntry> entries,
        Map<Long, KnownText> texts) {
    StatementSnapshot {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        texts = Map.copyOf(texts);
    }

    /// @param storedOn epoch day on which the text was last written to the history
    /// @param ours sent by this console: left out of what we measure
    record KnownText(long storedOn, boolean ours) {}

    StatementSnapshot withTexts(Map<Long, KnownText> more) {
        var all = new HashMap<>(texts);
        all.putAll(more);
        return new StatementSnapshot(
                at, postmasterStart, statsReset, evictions, hidden, entries, all);
    }

    boolean ours(StatementEntry.Key key) {
        var known = texts.get(key.queryid());
        return known != null && known.ours();
    }
}

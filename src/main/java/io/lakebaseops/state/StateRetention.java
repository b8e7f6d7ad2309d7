package io.lakebaseops.state;

import io.lakebaseops.postgres.SqlName;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The retention of the state tables: what ended long ago is removed, in small transactions.
///
/// The audit chain is not among them, it has a span and a proof of its own.
public final class StateRetention {
    /// A quarter, so that a month can be compared with the two before it.
    public static final Duration KEPT = Duration.ofDays(90);

    /// The full outputs of tools are what takes room; a week is enough to look into one.
    public static final Duration REPORTS_KEPT = Duration.ofDays(7);

    private static final int BATCH = 2000;

    /// @param kept counted from the end of what the row is about
    private record Rule(String what, SqlName sql, Duration kept) {}

    private static final List<Rule> RULES =
            List.of(
                    new Rule("reports emptied", StateSql.PRUNE_REPORTS, REPORTS_KEPT),
                    new Rule("tool runs", StateSql.PRUNE_TOOL_RUNS, KEPT),
                    new Rule("job runs", StateSql.PRUNE_JOB_RUNS, KEPT),
                    new Rule("alerts", StateSql.PRUNE_ALERTS, KEPT),
                    new Rule("mutes", StateSql.PRUNE_ALERT_MUTES, KEPT),
                    new Rule("findings", StateSql.PRUNE_FINDINGS, KEPT),
                    new Rule("plans", StateSql.PRUNE_PLANS, KEPT),
                    new Rule("conversations", ConversationSql.PRUNE, KEPT),
                    new Rule("requests to models", ModelRequestStore.PRUNE, REPORTS_KEPT),
                    new Rule("notes on idle indexes", StateSql.PRUNE_IDLE_INDEXES, KEPT),
                    new Rule("index analyses", StateSql.PRUNE_INDEX_SUMMARIES, KEPT),
                    new Rule("sets of indexes", IndexAdviceStore.PRUNE_SETS, KEPT),
                    new Rule("drop certificates", IndexAdviceStore.PRUNE_CERTIFICATES, KEPT),
                    new Rule("notes on migrations", StateSql.PRUNE_SETTINGS, KEPT));

    private final StateDb db;

    public StateRetention(StateDb db) {
        this.db = db;
    }

    /// Returns how many rows went, by what they were.
    public Map<String, Long> prune(Instant now) {
        var removed = new LinkedHashMap<String, Long>();
        for (var rule : RULES) {
            removed.put(rule.what(), prune(rule, now.minus(rule.kept())));
        }
        return removed;
    }

    private long prune(Rule rule, Instant cutoff) {
        var params = Map.of("cutoff", cutoff, "limit", BATCH);
        long all = 0;
        int some;
        do {
            some = db.tx(tx -> tx.update(rule.sql(), params));
            all += some;
        } while (some > 0);
        return all;
    }
}

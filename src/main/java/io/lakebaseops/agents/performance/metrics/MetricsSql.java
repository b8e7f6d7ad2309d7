package io.lakebaseops.agents.performance.metrics;

import io.lakebaseops.postgres.SqlName;

/// The named queries of the statement history and of wait sampling.
final class MetricsSql {
    static final SqlName COUNTERS = SqlName.of("metrics/statement_counters");
    static final SqlName EPOCH = SqlName.of("metrics/statement_epoch");
    static final SqlName TEXTS = SqlName.of("metrics/statement_texts");
    static final SqlName TEXTS_RAW = SqlName.of("metrics/statement_texts_raw");
    static final SqlName HIDDEN = SqlName.of("metrics/hidden_statements");
    static final SqlName NAMES = SqlName.of("metrics/oid_names");

    static final SqlName ACTIVE_SESSIONS = SqlName.of("metrics/active_sessions");
    static final SqlName STATEMENT_COST = SqlName.of("metrics/statement_cost");

    private MetricsSql() {}
}

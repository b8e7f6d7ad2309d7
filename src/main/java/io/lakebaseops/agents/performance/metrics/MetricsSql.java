package io.lakebaseops.agents.performance.metrics;

import io.lakebaseops.postgres.SqlName;

/// The named queries of the statement history.
final class MetricsSql {
    static final SqlName COUNTERS = SqlName.of("metrics/statement_counters");
    static final SqlName EPOCH = SqlName.of("metrics/statement_epoch");
    static final SqlName TEXTS = SqlName.of("metrics/statement_texts");
    static final SqlName TEXTS_RAW = SqlName.of("metrics/statement_texts_raw");
    static final SqlName HIDDEN = SqlName.of("metrics/hidden_statements");
    static final SqlName NAMES = SqlName.of("metrics/oid_names");

    private MetricsSql() {}
}

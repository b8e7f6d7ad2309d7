package io.lakebaseops.agents.performance.optimization;

import io.lakebaseops.postgres.SqlName;

/// The named queries of the module.
final class OptimizationSql {
    static final SqlName SLOW_STATEMENTS = SqlName.of("statements/slow_statements");
    static final SqlName COUNTED_STATEMENTS = SqlName.of("statements/counted_statements");
    static final SqlName PLAN_TABLES = SqlName.of("statements/plan_tables");
    static final SqlName PLAN_INDEXES = SqlName.of("statements/plan_indexes");

    private OptimizationSql() {}
}

package io.lakebaseops.trial;

import io.lakebaseops.postgres.SqlName;

/// The statements of this room, by name; their text is in `sql/trial/`.
final class TrialSql {
    static final SqlName TOP_STATEMENTS = SqlName.of("trial/top_statements");
    static final SqlName COLUMN_SAMPLES = SqlName.of("trial/column_samples");
    static final SqlName DATABASE_SIZE = SqlName.of("trial/database_size");
    static final SqlName UNSOUND = SqlName.of("trial/unsound");
    static final SqlName READ_ONLY = SqlName.of("trial/read_only");
    static final SqlName CUSTOM_PLANS = SqlName.of("trial/custom_plans");

    private TrialSql() {}
}

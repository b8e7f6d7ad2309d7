package io.lakebaseops.postgres;

import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.plan.Step;

/// One connection used for one approved plan's steps on one database.
public interface WriteSession extends AutoCloseable {
    /// Runs the step exactly as approved, with its own lock and statement timeouts; returns its
    /// rows (empty for DDL). Never retried once sent.
    Rows run(Step.SqlStep step);

    @Override
    void close();
}

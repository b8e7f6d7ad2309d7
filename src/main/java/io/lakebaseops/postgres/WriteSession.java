package io.lakebaseops.postgres;

import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.plan.ScriptTrace;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;

import java.util.List;
import java.util.function.Function;

/// One connection used for one approved plan's steps on one database.
public interface WriteSession extends AutoCloseable {
    /// Runs the step exactly as approved, with its own lock and statement timeouts; returns its
    /// rows (empty for DDL). Never retried once sent.
    Rows run(Step.SqlStep step);

    /// Runs the statements in order and stops at the first that fails; in a transaction nothing of
    /// them stays then. The failure is in the trace of the statement, which is the last one.
    ScriptTrace run(Step.ScriptStep step);

    /// Does some of an archival's work in one transaction, which commits when `work` returns and
    /// takes nothing with it when `work` throws.
    <T> T move(Step.ArchiveStep step, Function<ArchiveStatements, T> work);

    /// The statements of an archive step, inside one transaction.
    interface ArchiveStatements {
        /// @param sql one of the step's own statements, to the letter
        Rows run(String sql, List<SqlParam> params);

        /// @param sql one of the step's own statements, a binary COPY to the client
        void copy(String sql, CopiedRows rows);
    }

    @Override
    void close();
}

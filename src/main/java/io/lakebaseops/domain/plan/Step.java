package io.lakebaseops.domain.plan;

import java.time.Duration;
import java.util.List;

/// One act of a plan, complete and exact: what a person approves is what runs.
public sealed interface Step {

    /// What this step does, as a heading.
    String title();

    LockLevel lock();

    Reversibility reversibility();

    /// One statement on one database.
    ///
    /// @param sql the exact text, identifiers quoted, values as `:name` markers
    /// @param transactional false for statements that refuse a transaction block (VACUUM,
    ///     CONCURRENTLY)
    /// @param bytesTouched size of what is touched, for the risk; 0 when unknown or nothing
    record SqlStep(
            String title,
            String database,
            String sql,
            List<SqlParam> params,
            LockLevel lock,
            Reversibility reversibility,
            boolean transactional,
            Duration lockTimeout,
            Duration statementTimeout,
            long bytesTouched)
            implements Step {
        public SqlStep {
            params = List.copyOf(params);
            if (sql.isBlank()) {
                throw new IllegalArgumentException("A SQL step needs its statement");
            }
        }
    }

    /// Several statements on one connection: in one transaction, or one after the other.
    ///
    /// @param transactional all take effect or none; false for what refuses a transaction block
    /// @param statementTimeout of each statement
    /// @param traced record the locks, rewrites and scans of each statement; costs a look at the
    ///     whole catalog after each, so for trials only
    record ScriptStep(
            String title,
            String database,
            List<Statement> statements,
            LockLevel lock,
            Reversibility reversibility,
            boolean transactional,
            Duration lockTimeout,
            Duration statementTimeout,
            long bytesTouched,
            boolean traced)
            implements Step {
        public ScriptStep {
            statements = List.copyOf(statements);
            if (statements.isEmpty()) {
                throw new IllegalArgumentException("A script needs a statement");
            }
        }

        /// @param sql one statement; sent to the letter when it has no `params`, else with
        ///     `:name` markers
        public record Statement(String sql, List<SqlParam> params) {
            public Statement {
                params = List.copyOf(params);
                if (sql.isBlank()) {
                    throw new IllegalArgumentException("A statement needs its text");
                }
            }

            public static Statement of(String sql) {
                return new Statement(sql, List.of());
            }
        }
    }

    /// One call to the control plane.
    record ApiStep(String title, ApiAct act, Reversibility reversibility) implements Step {
        @Override
        public LockLevel lock() {
            return LockLevel.NONE;
        }
    }

    /// Rows moved between a table and its archive in Delta, in portions that a journal keeps, so
    /// that the step can be killed and continued.
    ///
    /// @param order what is moved which way, with every statement that is sent for it
    /// @param limit of the whole move; each statement has the two timeouts
    record ArchiveStep(
            String title,
            String database,
            ArchiveOrder order,
            LockLevel lock,
            Reversibility reversibility,
            Duration lockTimeout,
            Duration statementTimeout,
            Duration limit,
            long bytesTouched)
            implements Step {}
}

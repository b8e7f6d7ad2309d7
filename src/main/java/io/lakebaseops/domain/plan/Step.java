package io.lakebaseops.domain.plan;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
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

    /// One call to the control plane.
    record ApiStep(String title, ApiAct act, Reversibility reversibility) implements Step {
        @Override
        public LockLevel lock() {
            return LockLevel.NONE;
        }
    }

    /// The calls to the control plane that plans may hold.
    sealed interface ApiAct {
        /// @param ttlSeconds null = no expiry
        /// @param at moment of the source's past to copy; null = as it is when the step runs
        record CreateBranch(
                String project,
                String branch,
                String source,
                @Nullable Long ttlSeconds,
                boolean isProtected,
                @Nullable Instant at)
                implements ApiAct {
            public CreateBranch(
                    String project,
                    String branch,
                    String source,
                    @Nullable Long ttlSeconds,
                    boolean isProtected) {
                this(project, branch, source, ttlSeconds, isProtected, null);
            }
        }

        record DeleteBranch(String project, String branch) implements ApiAct {}
    }
}

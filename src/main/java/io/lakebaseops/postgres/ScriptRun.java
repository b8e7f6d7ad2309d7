package io.lakebaseops.postgres;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.plan.ScriptTrace;
import io.lakebaseops.domain.plan.ScriptTrace.OfStatement;
import io.lakebaseops.domain.plan.Step;

import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Sends the statements of one script, each once, and keeps what came of each.
///
/// @param mark the comment that tells our statements apart
/// @param limits sets the timeouts of the connection
record ScriptRun(
        String what,
        PgConnection connection,
        StatementExecutor wire,
        StatementTracer witness,
        String mark,
        Runnable limits) {
    private static final Logger LOG = LoggerFactory.getLogger(ScriptRun.class);

    ScriptTrace run(Step.ScriptStep step) {
        var done = new ArrayList<OfStatement>();
        try {
            connection.setAutoCommit(true);
            limits.run();
            connection.setAutoCommit(!step.transactional());
            if (step.traced()) {
                witness.begin(step.transactional());
            }
            for (var statement : step.statements()) {
                var one = one(step, statement, done.size() + 1);
                done.add(one);
                if (one.error() != null) {
                    takeBack(step);
                    return new ScriptTrace(done);
                }
            }
            if (step.transactional()) {
                commit(done);
            }
            return new ScriptTrace(done);
        } catch (SQLException e) {
            throw ApprovedWriteSession.unknownOutcome(SqlFailure.of(what, e));
        }
    }

    private OfStatement one(Step.ScriptStep step, Step.ScriptStep.Statement statement, int number) {
        var about = what + ", statement " + number;
        ParameterizedSql marked;
        try {
            marked = marked(statement);
        } catch (IllegalArgumentException e) {
            return new OfStatement(number, Duration.ZERO, 0, null, String.valueOf(e.getMessage()));
        }
        long began = System.nanoTime();
        try {
            long rows = send(step, statement, about, marked);
            var took = Duration.ofNanos(System.nanoTime() - began);
            return new OfStatement(
                    number, took, rows, step.traced() ? witness.observe() : null, null);
        } catch (OpsException e) {
            var took = Duration.ofNanos(System.nanoTime() - began);
            return new OfStatement(number, took, 0, null, error(e));
        }
    }

    private long send(
            Step.ScriptStep step,
            Step.ScriptStep.Statement statement,
            String about,
            ParameterizedSql marked) {
        var ours = new ParameterizedSql(mark + marked.jdbc(), marked.markers());
        StatementExecutor.Values values =
                (s, i, m) -> {
                    var param = ApprovedWriteSession.param(statement.params(), m);
                    PgLiterals.bind(s, i, param.type(), param.value());
                };
        if (!step.traced() || step.transactional()) {
            return wire.count(about, ours, values);
        }
        try (var _ = witness.watchLocks()) {
            return wire.count(about, ours, values);
        }
    }

    private static ParameterizedSql marked(Step.ScriptStep.Statement statement) {
        return statement.params().isEmpty()
                ? ParameterizedSql.verbatim(statement.sql())
                : ParameterizedSql.of(statement.sql());
    }

    /// Deferred constraints speak up only now; the whole script fails with them.
    private void commit(List<OfStatement> done) throws SQLException {
        try {
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            var last = done.removeLast();
            var why = ApprovedWriteSession.unknownOutcome(SqlFailure.of(what + ", commit", e));
            done.add(
                    new OfStatement(
                            last.number(), last.took(), last.rows(), last.observed(), error(why)));
        }
    }

    private void takeBack(Step.ScriptStep step) {
        try {
            if (step.transactional() && !connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            // The server rolls back what it has when the connection ends.
            LOG.warn("Rollback of {} failed: {}", what, e.getMessage());
        }
    }

    private static String error(OpsException e) {
        var told = ApprovedWriteSession.unknownOutcome(e);
        @Nullable String remedy = told.remedy().isBlank() ? null : told.remedy();
        return told.why() + (remedy == null ? "" : " — " + remedy);
    }
}

package io.lakebaseops.postgres;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;

import org.postgresql.copy.CopyOut;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/// Transactions of an archive step: each runs some of the step's own statements.
record ArchiveTransaction(
        String what, PgConnection connection, StatementExecutor wire, String comment) {
    /// Signature, flags, and the length of an extension that the header may have.
    private static final int HEADER = 19;

    private static final int EXTENSION = 15;
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveTransaction.class);

    <T> T run(Step.ArchiveStep step, Function<WriteSession.ArchiveStatements, T> work) {
        boolean committed = false;
        try {
            connection.setAutoCommit(false);
            T result = work.apply(new Statements(step));
            connection.commit();
            committed = true;
            return result;
        } catch (SQLException e) {
            throw ApprovedWriteSession.unknownOutcome(SqlFailure.of(what, e));
        } finally {
            if (!committed) {
                takeBack();
            }
        }
    }

    /// The step's own statements on this connection.
    private final class Statements implements WriteSession.ArchiveStatements {
        private final Step.ArchiveStep step;

        Statements(Step.ArchiveStep step) {
            this.step = step;
        }

        @Override
        public Rows run(String sql, List<SqlParam> params) {
            known(step, sql);
            var marked = ParameterizedSql.of(sql);
            return wire.run(
                    what,
                    new ParameterizedSql(comment + " " + marked.jdbc(), marked.markers()),
                    (s, i, m) -> {
                        var param = ApprovedWriteSession.param(params, m);
                        PgLiterals.bind(s, i, param.type(), param.value());
                    });
        }

        @Override
        public void copy(String sql, CopiedRows rows) {
            known(step, sql);
            wire.watched(
                    what,
                    wire.deadline().remaining(),
                    () -> {
                        var out = connection.getCopyAPI().copyOut(comment + " " + sql);
                        try {
                            return read(out, rows);
                        } finally {
                            if (out.isActive()) {
                                out.cancelCopy();
                            }
                        }
                    });
        }
    }

    /// @return how many rows there were
    private static long read(CopyOut out, CopiedRows into) throws SQLException {
        long rows = 0;
        int from = -1;
        for (var message = out.readFromCopy(); message != null; message = out.readFromCopy()) {
            // The header comes with the first row, or with the end where there is none.
            from = from < 0 ? HEADER + ByteBuffer.wrap(message).getInt(EXTENSION) : 0;
            boolean end = message[from] < 0;
            if (!end) {
                into.row(message, from, message.length - from);
                rows++;
            }
        }
        return rows;
    }

    private void known(Step.ArchiveStep step, String sql) {
        boolean known =
                step.order().pieces().stream()
                        .anyMatch(
                                p ->
                                        sql.equals(p.remake())
                                                || p.statements().stream()
                                                        .anyMatch(s -> s.sql().equals(sql)));
        if (!known) {
            throw new OpsException(
                    OpsException.Kind.DENIED,
                    what,
                    "a statement that is not in the approved step",
                    "file a plan and have it approved");
        }
    }

    private void takeBack() {
        try {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            // The server rolls back what it has when the connection ends.
            LOG.warn("Rollback failed: {}", e.getMessage());
        }
    }
}

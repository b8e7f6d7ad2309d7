package io.lakebaseops.postgres;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;

import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/// Transactions of an archive step: each runs some of the step's own statements.
record ArchiveTransaction(
        String what, PgConnection connection, StatementExecutor wire, String comment) {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveTransaction.class);

    <T> T run(Step.ArchiveStep step, Function<WriteSession.ArchiveStatements, T> work) {
        boolean committed = false;
        try {
            connection.setAutoCommit(false);
            T result = work.apply((sql, params) -> statement(step, sql, params));
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

    private Rows statement(Step.ArchiveStep step, String sql, List<SqlParam> params) {
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
        var marked = ParameterizedSql.of(sql);
        return wire.run(
                what,
                new ParameterizedSql(comment + " " + marked.jdbc(), marked.markers()),
                (s, i, m) -> {
                    var param = ApprovedWriteSession.param(params, m);
                    PgLiterals.bind(s, i, param.type(), param.value());
                });
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

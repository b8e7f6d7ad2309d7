package io.lakebaseops.postgres;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.plan.ScriptTrace;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;

import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/// A write session with a connection of its own, closed with it. What was sent is never sent twice.
final class ApprovedWriteSession implements WriteSession {
    private static final Logger LOG = LoggerFactory.getLogger(ApprovedWriteSession.class);
    private static final SqlName STEP_TIMEOUTS = new SqlName("capability", "step_timeouts");

    /// A cancelled REINDEX or VACUUM needs a moment to clean up behind itself.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final OpenConnection opened;
    private final ServerConnections server;
    private final PgConnection connection;
    private final SqlLibrary sql;
    private final WritePermit permit;
    private final StatementExecutor wire;
    private final Supplier<OpenConnection> another;
    private final Executor background;

    /// @param another opens a second connection, to watch this one
    ApprovedWriteSession(
            String name,
            OpenConnection opened,
            ServerConnections server,
            SqlLibrary sql,
            WritePermit permit,
            Deadline deadline,
            Executor background,
            Supplier<OpenConnection> another) {
        this.name = name;
        this.opened = opened;
        this.server = server;
        this.connection = opened.physical;
        this.sql = sql;
        this.permit = permit;
        this.another = another;
        this.background = background;
        this.wire = new StatementExecutor(connection, deadline, PATIENCE, background);
    }

    @Override
    public Rows run(Step.SqlStep step) {
        var what = "Step \"" + step.title() + "\" on " + name;
        if (!permit.allows(step)) {
            throw refused(what);
        }
        // Read before anything is sent: a text with two statements must not half run.
        var marked = ParameterizedSql.of(step.sql());
        var ours = new ParameterizedSql(permit.comment() + " " + marked.jdbc(), marked.markers());
        try {
            connection.setAutoCommit(true);
            limit(step.title(), step.lockTimeout(), step.statementTimeout());
            connection.setAutoCommit(!step.transactional());
            var rows =
                    wire.run(
                            what,
                            ours,
                            (s, i, m) -> {
                                var param = param(step.params(), m);
                                PgLiterals.bind(s, i, param.type(), param.value());
                            });
            if (step.transactional()) {
                connection.commit();
            }
            return rows;
        } catch (SQLException e) {
            throw unknownOutcome(SqlFailure.of(what, e));
        } catch (OpsException e) {
            takeBack(step);
            throw unknownOutcome(e);
        }
    }

    @Override
    public ScriptTrace run(Step.ScriptStep step) {
        var what = "Script \"" + step.title() + "\" on " + name;
        if (!permit.allows(step)) {
            throw refused(what);
        }
        return new ScriptRun(
                        what,
                        connection,
                        wire,
                        new StatementTracer(
                                connection,
                                wire,
                                sql,
                                () -> new LockSampler(another.get(), server::release, sql, opened),
                                background),
                        "/* lakebaseops:change/" + permit.planId() + " */ ",
                        () -> limit(step.title(), step.lockTimeout(), step.statementTimeout()))
                .run(step);
    }

    @Override
    public <T> T move(Step.ArchiveStep step, Function<ArchiveStatements, T> work) {
        var what = "Step \"" + step.title() + "\" on " + name;
        if (!permit.allows(step)) {
            throw refused(what);
        }
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw SqlFailure.of(what, e);
        }
        limit(step.title(), step.lockTimeout(), step.statementTimeout());
        return new ArchiveTransaction(what, connection, wire, permit.comment()).run(step, work);
    }

    private static OpsException refused(String what) {
        return new OpsException(
                OpsException.Kind.DENIED,
                what,
                "it is no step of the approved plan, or the plan has ended",
                "file a plan and have it approved");
    }

    private void limit(String title, Duration lock, Duration statement) {
        var file = sql.file(STEP_TIMEOUTS, 0);
        var values =
                Map.of(
                        "lock_ms", lock.toMillis(),
                        "statement_ms", statement.toMillis());
        wire.run(
                "Setting the limits of step \"" + title + "\"",
                ParameterizedSql.of(SqlLibrary.sent(file, Map.of())),
                (s, i, m) -> PgLiterals.bind(s, i, "int8", values.get(m)));
    }

    static SqlParam param(List<SqlParam> params, String marker) {
        return params.stream()
                .filter(p -> p.name().equals(marker))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No value for :" + marker));
    }

    private void takeBack(Step.SqlStep step) {
        try {
            if (step.transactional() && !connection.isClosed()) {
                connection.rollback();
            }
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            // The server rolls back what it has when the connection ends.
            LOG.warn("Rollback on {} failed: {}", name, e.getMessage());
        }
    }

    /// A broken line says nothing about what the server did with the statement.
    static OpsException unknownOutcome(OpsException e) {
        boolean broken =
                e.kind() == OpsException.Kind.UNREACHABLE
                        || (e.getCause() instanceof SQLException s
                                && SqlFailure.state(s).startsWith("08"));
        return broken
                ? new OpsException(
                        e.kind(),
                        e.what(),
                        e.why() + "; whether it took effect is not known",
                        "look at the object's state before running it again",
                        e)
                : e;
    }

    @Override
    public void close() {
        opened.spoilt = true;
        server.release(opened);
    }
}

package io.lakebaseops.guard;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.Ident;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.guard.CatalogFacts.Named;
import io.lakebaseops.guard.StatementGuard.Judgement;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.postgres.TypedSqlSession;
import io.lakebaseops.postgres.TypedSqlSessions;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Runs a statement that somebody typed, if it can do nothing but read.
///
/// Two layers: the guard judges the text, by lists that allow; the server runs it in a read-only
/// transaction, with limits of time, rows and bytes. Judged is in the transaction that runs it,
/// while it holds the relations that the statement reads, so that no view is altered between. A
/// statement that is not understood for certain is refused.
public final class ReadSql {
    private static final SqlName PATH = SqlName.of("guard/search_path");
    private static final SqlName LIMITS = SqlName.of("guard/limits");
    private static final SqlName AS_READER = SqlName.of("guard/as_reader");
    private static final String READER = "pg_read_all_data";

    private final TypedSqlSessions sessions;
    private final ReadCaps caps;

    public ReadSql(TypedSqlSessions sessions, ReadCaps caps) {
        this.sessions = sessions;
        this.caps = caps;
    }

    private record Path(String searchPath) {}

    private record Limits(String constraintExclusion) {}

    public ReadCaps caps() {
        return caps;
    }

    /// What can be said without asking a server, also while somebody types; empty when the server
    /// has to be asked.
    public static Optional<ReadResult.Refused> judge(String sql) {
        return StatementGuard.judge(sql) instanceof Judgement.No no
                ? Optional.of(no.refused())
                : Optional.empty();
    }

    /// On the target's default database.
    public ReadResult run(TargetId target, String sql, Deadline deadline) {
        return run(target, null, sql, deadline);
    }

    /// Judges and runs it; cancelling the deadline stops it at the server. Fails never: what went
    /// wrong is an answer.
    public ReadResult run(
            TargetId target, @Nullable String database, String sql, Deadline deadline) {
        return switch (StatementGuard.judge(sql)) {
            case Judgement.No no -> no.refused();
            case Judgement.Open open -> run(target, database, open, deadline);
        };
    }

    private ReadResult run(
            TargetId target, @Nullable String database, Judgement.Open open, Deadline deadline) {
        var statement = open.statement();
        try (var session = sessions.typed(target, database, deadline)) {
            return judged(session, open);
        } catch (OpsException e) {
            int at = TypedSqlSession.position(e);
            return new ReadResult.Failed(e, at < 0 ? -1 : at + statement.start());
        }
    }

    private ReadResult judged(TypedSqlSession session, Judgement.Open open) {
        var text = open.statement().text();
        var facts = new CatalogFacts(session);
        session.query(LIMITS, Map.of(), Limits.class);
        session.usualPath();
        var login = facts.session();
        var relations =
                open.mentions().stream()
                        .filter(m -> m.what() == Mention.What.RELATION)
                        .map(CatalogJudge::ident)
                        .distinct()
                        .collect(Collectors.toMap(Ident::sql, i -> i));
        var named =
                facts.relationsNamed(relations.keySet()).stream()
                        .collect(Collectors.toMap(Named::name, Named::oid));
        relations.forEach(
                (name, ident) -> {
                    if (named.containsKey(name)) {
                        session.hold(ident);
                    }
                });
        session.ownPath();
        var judge = new CatalogJudge(facts, login);
        var refused = judge.judge(open.mentions(), named);
        if (refused != null) {
            return refused;
        }
        session.query(PATH, Map.of("path", login.path()), Path.class);
        var role = login.login();
        if (login.superuser() && login.reader() && judge.onlyPlainTables() && !asks(open)) {
            session.execute(AS_READER);
            role = READER;
        }
        long began = System.nanoTime();
        var rows = session.run(text, caps.rows(), caps.bytes(), caps.cell(), caps.time());
        return new ReadResult.Rows(rows, role, Duration.ofNanos(System.nanoTime() - began));
    }

    /// Does it ask who it is? As another role it would get another answer.
    private static boolean asks(Judgement.Open open) {
        return open.statement().tree().all().anyMatch(n -> n.is("SQLValueFunction"));
    }
}

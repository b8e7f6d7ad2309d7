package io.lakebaseops.agents.health.connections;

import io.lakebaseops.agents.CheckSql;
import io.lakebaseops.agents.MaskedStatements;
import io.lakebaseops.agents.SuspendGuard;
import io.lakebaseops.domain.Confidence;
import io.lakebaseops.domain.Doc;
import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Finding;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Source;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.framework.Outcome;
import io.lakebaseops.framework.ReadTool;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.framework.ToolDescriptor;
import io.lakebaseops.postgres.SqlLibrary;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Shows who is connected, who idles inside a transaction, who blocks whom, and whether a pool is
/// missing.
public final class MonitorConnections
        implements ReadTool<MonitorConnections.Input, MonitorConnections.Output> {
    static final String IDLE_IN_TRANSACTION = "idle_in_transaction";
    static final String BLOCKING = "blocking_session";

    private final Targets targets;
    private final SqlLibrary sql;

    public MonitorConnections(Targets targets, SqlLibrary sql) {
        this.targets = targets;
        this.sql = sql;
    }

    public record Input(
            @Doc(value = "Minutes idle in a transaction before it is reported", defaultValue = "5")
                    int idleInTransactionMinutes) {}

    /// @param utilization client sessions of `limit`, 0 to 1
    /// @param poolAdvice null when the sessions give no reason for one
    public record Output(
            int sessions,
            int limit,
            double utilization,
            Map<String, Long> byState,
            Map<String, Long> byUser,
            Map<String, Long> byApplication,
            Map<String, Long> byAge,
            List<OpenTransaction> idleInTransaction,
            List<Blocked> blocking,
            @Nullable String poolAdvice) {}

    /// @param xminAge transactions since the oldest row version it may still need
    public record OpenTransaction(
            int pid,
            String user,
            String application,
            double idleSeconds,
            long locks,
            List<String> lockedTables,
            @Nullable Long xminAge) {}

    /// @param waitsFor null for the root of a queue
    /// @param behind sessions that wait for it, directly or not
    public record Blocked(
            int pid,
            @Nullable Integer waitsFor,
            int depth,
            int behind,
            @Nullable String user,
            @Nullable String lockMode,
            @Nullable String relation,
            @Nullable Double waitingSeconds) {}

    @Override
    public ToolDescriptor descriptor() {
        return ToolDescriptor.of(
                        MonitorConnections.class,
                        "Sessions by state, user, application and age; idle transactions; the blocking"
                                + " tree",
                        "C.connections")
                .within(Duration.ofSeconds(30))
                .every("* * * * *");
    }

    @Override
    public Outcome<Output> run(Input input, ToolContext context) {
        var asleep = SuspendGuard.<Output>unlessAsked(targets, context);
        if (asleep.isPresent()) {
            return asleep.get();
        }
        try (var session = targets.read(context.target(), context.deadline())) {
            var sessions = session.query(ConnectionSql.SESSIONS, Map.of(), ServerSession.class);
            var blocking = MaskedStatements.in(session.query(ConnectionSql.BLOCKING));
            var capabilities = session.capabilities();
            int limit = Integer.parseInt(capabilities.setting("max_connections").orElse("0"));
            var tree = BlockingTree.of(blocking);
            var findings = new ArrayList<Finding>();
            var open =
                    sessions.stream()
                            .filter(s -> s.idleInTransaction() && !s.isOurs())
                            .sorted(Comparator.comparingDouble(ServerSession::inState).reversed())
                            .toList();
            open.stream()
                    .filter(s -> s.inState() >= input.idleInTransactionMinutes() * 60.0)
                    .forEach(s -> findings.add(openTransaction(s, session.database(), context)));
            tree.roots().forEach(r -> findings.add(root(r, blocking, session.database(), context)));
            var caveats =
                    capabilities.canMonitor()
                            ? List.<String>of()
                            : List.of(
                                    "without pg_monitor the state of other roles' sessions is"
                                            + " hidden");
            return new Outcome.Found<>(
                    output(sessions, limit, open, tree),
                    Source.LIVE,
                    findings,
                    capabilities.canMonitor() ? List.of(IDLE_IN_TRANSACTION, BLOCKING) : List.of(),
                    caveats);
        }
    }

    private static Output output(
            List<ServerSession> sessions, int limit, List<ServerSession> open, BlockingTree tree) {
        return new Output(
                sessions.size(),
                limit,
                limit == 0 ? 0 : (double) sessions.size() / limit,
                by(sessions, s -> s.state() == null ? "hidden" : s.state()),
                by(sessions, s -> String.valueOf(s.userName())),
                by(sessions, s -> s.application().isBlank() ? "(none)" : s.application()),
                by(sessions, MonitorConnections::age),
                open.stream()
                        .map(
                                s ->
                                        new OpenTransaction(
                                                s.pid(),
                                                String.valueOf(s.userName()),
                                                s.application(),
                                                s.inState(),
                                                s.locksHeld(),
                                                s.relations() == null ? List.of() : s.relations(),
                                                s.xminAge()))
                        .toList(),
                tree.nodes().stream()
                        .map(
                                n ->
                                        new Blocked(
                                                n.pid(),
                                                n.waitsFor(),
                                                n.depth(),
                                                n.behind(),
                                                n.user(),
                                                n.lockMode(),
                                                n.relation(),
                                                n.waitingSeconds()))
                        .toList(),
                PoolAdvice.of(sessions, limit));
    }

    private static Map<String, Long> by(
            List<ServerSession> sessions, Function<ServerSession, String> what) {
        return sessions.stream()
                .collect(Collectors.groupingBy(what, TreeMap::new, Collectors.counting()));
    }

    private static String age(ServerSession s) {
        double seconds = s.sessionSeconds() == null ? 0 : s.sessionSeconds();
        if (seconds < 60) {
            return "under 1 min";
        }
        return seconds < 3600 ? "under 1 h" : seconds < 86_400 ? "under 1 day" : "1 day and more";
    }

    private Finding openTransaction(ServerSession s, String database, ToolContext context) {
        var now = context.clock().instant();
        var since = Format.duration(Duration.ofMillis((long) (s.inState() * 1000)));
        var held =
                s.xminAge() == null
                        ? ""
                        : "; vacuum keeps row versions of the last %s transactions for it"
                                .formatted(Format.grouped(s.xminAge()));
        var row = new TreeMap<String, @Nullable Object>();
        row.put("pid", s.pid());
        row.put("user_name", s.userName());
        row.put("application", s.application());
        row.put("state_seconds", s.inState());
        row.put("locks_held", s.locksHeld());
        row.put("relations", s.relations() == null ? "" : String.join(", ", s.relations()));
        row.put("xmin_age", s.xminAge());
        return Finding.of(
                context.target(),
                IDLE_IN_TRANSACTION,
                s.inState() >= 1800 ? Severity.CRITICAL : Severity.WARNING,
                session(database, s.pid()),
                "%s has idled inside a transaction for %s and holds %d locks%s"
                        .formatted(s.who(), since, s.locksHeld(), held),
                new Confidence(1, "read from the server's list of sessions"),
                null,
                CheckSql.of(sql, ConnectionSql.SESSIONS, Map.of()),
                List.of(
                        new Evidence(
                                ConnectionSql.SESSIONS.path(),
                                Map.of(),
                                new Rows(List.of(row)),
                                now)),
                now);
    }

    private Finding root(BlockingTree.Node r, Rows rows, String database, ToolContext context) {
        var now = context.clock().instant();
        return Finding.of(
                context.target(),
                BLOCKING,
                r.behind() >= 10 ? Severity.CRITICAL : Severity.WARNING,
                session(database, r.pid()),
                "%s makes %s wait"
                        .formatted(BlockingTree.words(r), Format.count(r.behind(), "session")),
                new Confidence(1, "pg_blocking_pids names it"),
                null,
                CheckSql.of(sql, ConnectionSql.BLOCKING, Map.of()),
                List.of(new Evidence(ConnectionSql.BLOCKING.path(), Map.of(), rows.head(20), now)),
                now);
    }

    private static Subject session(String database, int pid) {
        return new Subject("session", database, null, null, Integer.toString(pid));
    }
}

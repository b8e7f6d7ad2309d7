package io.lakebaseops.agents.health.diagnosis;

import io.lakebaseops.agents.health.connections.BlockingTree;
import io.lakebaseops.agents.health.connections.BlockingTree.Node;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.sqltext.SqlMask;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// Facts about sessions and the locks they wait for. Who blocks whom is looked at three times: a
/// wait that is over a moment later is everyday life.
final class SessionFacts {
    static final SqlName FACTS = SqlName.of("diagnosis/session_facts");
    private static final int SAMPLES = 3;
    private static final Duration BETWEEN = Duration.ofMillis(400);

    private final ReadSession session;
    private final Clock clock;
    private final Facts facts;

    SessionFacts(ReadSession session, Clock clock, Facts facts) {
        this.session = session;
        this.clock = clock;
        this.facts = facts;
    }

    private record Row(
            long sessions,
            long youngSessions,
            long idleSessions,
            long longIdleSessions,
            long hiddenSessions,
            int maxConnections,
            @Nullable Double longestSeconds,
            @Nullable String longestSession,
            @Nullable String longestStatement,
            @Nullable Double openSeconds,
            @Nullable Double openSinceSeconds,
            @Nullable String openWords,
            long hotRowWaiters,
            @Nullable String hotRelation) {}

    void read() {
        var row = session.query(FACTS, Map.of(), Row.class).getFirst();
        if (row.hiddenSessions() > 0) {
            facts.gap(
                    "%s of other roles are hidden: GRANT pg_monitor to this login"
                            .formatted(Format.count(row.hiddenSessions(), "session")));
        }
        sessions(row);
        statements(row);
        blocking(row);
    }

    private void sessions(Row row) {
        if (row.maxConnections() > 0) {
            facts.add(
                    FactName.CONNECTIONS_USED,
                    (double) row.sessions() / row.maxConnections(),
                    "%d of %d connections are used"
                            .formatted(row.sessions(), row.maxConnections()));
        }
        facts.add(
                FactName.NEW_SESSIONS,
                row.youngSessions(),
                Format.count(row.youngSessions(), "session") + " began within the last minute");
        if (row.sessions() > 0) {
            facts.add(
                    FactName.IDLE_SHARE,
                    (double) row.idleSessions() / row.sessions(),
                    "%d of %d sessions are idle".formatted(row.idleSessions(), row.sessions()));
        }
        facts.add(
                FactName.LONG_IDLE_SESSIONS,
                row.longIdleSessions(),
                Format.count(row.longIdleSessions(), "session")
                        + " idle for more than half an hour");
    }

    /// What it says is kept and told to others: without its literals.
    static String longest(String session, String statement, double seconds) {
        return "%s: %s runs for %s"
                .formatted(
                        session, SqlMask.mask(statement).replaceAll("\\s+", " "), seconds(seconds));
    }

    private void statements(Row row) {
        if (row.longestSeconds() != null) {
            facts.add(
                    FactName.LONGEST_STATEMENT_SECONDS,
                    row.longestSeconds(),
                    longest(
                            String.valueOf(row.longestSession()),
                            String.valueOf(row.longestStatement()),
                            row.longestSeconds()),
                    ago(row.longestSeconds()));
        }
        if (row.openSeconds() != null) {
            facts.add(
                    FactName.IDLE_TRANSACTION_SECONDS,
                    row.openSeconds(),
                    "%s idles in its transaction for %s"
                            .formatted(row.openWords(), seconds(row.openSeconds())),
                    ago(Objects.requireNonNullElse(row.openSinceSeconds(), row.openSeconds())));
        }
    }

    private void blocking(Row row) {
        var looks = new ArrayList<Map<Integer, Node>>();
        var tree = BlockingTree.read(session);
        looks.add(waiting(tree));
        while (looks.size() < SAMPLES && !tree.nodes().isEmpty()) {
            pause(BETWEEN);
            tree = BlockingTree.read(session);
            looks.add(waiting(tree));
        }
        var lasting = new HashMap<>(looks.getLast());
        looks.forEach(look -> lasting.keySet().retainAll(look.keySet()));
        // Who waits each time in another transaction makes progress. A wait for a row begins anew
        // whenever somebody changed it, so it is no measure.
        double whole = BETWEEN.multipliedBy(SAMPLES - 1).toMillis() / 1000.0;
        lasting.values()
                .removeIf(n -> n.transactionSeconds() != null && n.transactionSeconds() < whole);
        boolean seen = looks.size() == SAMPLES && !lasting.isEmpty();
        facts.add(
                FactName.BLOCKED_SESSIONS,
                seen ? lasting.size() : 0,
                Format.count(seen ? lasting.size() : 0, "session") + " waits for a lock",
                seen ? longest(lasting.values()) : null);
        facts.add(
                FactName.HOT_ROW_WAITERS,
                seen ? row.hotRowWaiters() : 0,
                "%s wait for a row%s that others change"
                        .formatted(
                                Format.count(row.hotRowWaiters(), "session"),
                                row.hotRelation() == null ? "" : " of " + row.hotRelation()));
        if (seen) {
            roots(tree, lasting);
        }
    }

    /// What the queue stands behind: the root of the tree with the most sessions, and a request for
    /// ACCESS EXCLUSIVE that waits itself with others behind it.
    private void roots(BlockingTree tree, Map<Integer, Node> lasting) {
        tree.roots().stream()
                .max(Comparator.comparingInt(Node::behind))
                .ifPresent(root -> root(root, lasting));
        tree.nodes().stream()
                .filter(n -> lasting.containsKey(n.pid()) && n.behind() > 0)
                .filter(n -> "AccessExclusiveLock".equals(n.lockMode()))
                .max(Comparator.comparingInt(Node::behind))
                .ifPresent(
                        n ->
                                facts.add(
                                        FactName.BEHIND_WAITING_DDL,
                                        n.behind(),
                                        "%s waits for ACCESS EXCLUSIVE on %s, and %s behind it"
                                                .formatted(
                                                        who(n),
                                                        n.relation(),
                                                        Format.count(n.behind(), "session")),
                                        ago(Objects.requireNonNullElse(n.waitingSeconds(), 0.0))));
    }

    private void root(Node root, Map<Integer, Node> lasting) {
        var since = longest(lasting.values());
        var words = who(root) + " blocks " + Format.count(root.behind(), "session");
        if (root.pid() == BlockingTree.PREPARED) {
            facts.add(
                    FactName.BEHIND_PREPARED_TRANSACTION,
                    root.behind(),
                    "a prepared transaction blocks " + Format.count(root.behind(), "session"),
                    since);
        } else if (root.state() != null && root.state().startsWith("idle in transaction")) {
            facts.add(FactName.BEHIND_IDLE_TRANSACTION, root.behind(), words, since);
        } else {
            facts.add(FactName.BEHIND_RUNNING_STATEMENT, root.behind(), words, since);
        }
    }

    private static String who(Node n) {
        return "pid %d (%s, %s, %s)".formatted(n.pid(), n.user(), n.application(), n.state());
    }

    /// Sessions that wait, by pid.
    private static Map<Integer, Node> waiting(BlockingTree tree) {
        var waiting = new HashMap<Integer, Node>();
        tree.nodes().stream().filter(n -> n.depth() > 0).forEach(n -> waiting.put(n.pid(), n));
        return waiting;
    }

    private @Nullable Instant longest(java.util.Collection<Node> waiting) {
        return waiting.stream()
                .map(Node::waitingSeconds)
                .filter(Objects::nonNull)
                .max(Double::compare)
                .map(this::ago)
                .orElse(null);
    }

    private Instant ago(double seconds) {
        return clock.instant().minusMillis((long) (seconds * 1000));
    }

    private static String seconds(double seconds) {
        return Format.duration(Duration.ofMillis((long) (seconds * 1000)));
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpsException(
                    OpsException.Kind.CANCELLED,
                    "Looking who waits for whom",
                    "it was stopped",
                    "run it again");
        }
    }
}
